package main

// smokeTests are quick ones that need the whole way: statuses, and HTTP requests through the proxy.
func smokeTests() []string {
	return []string{
		"GatewayInvalidRouteKind", "GatewayInvalidTLSConfiguration", "GatewayModifyListeners",
		"GatewayObservedGenerationBump", "GatewaySecretInvalidReferenceGrant", "GatewaySecretReferenceGrantSpecific",
		"GatewayWithAttachedRoutes", "GatewayClassObservedGenerationBump", "GatewayListenerUnsupportedProtocol",
		"HTTPRouteCrossNamespace", "HTTPRouteDisallowedKind", "HTTPRouteExactPathMatching", "HTTPRouteHeaderMatching",
		"HTTPRouteHostnameIntersection", "HTTPRouteHTTPSListener", "HTTPRouteInvalidBackendRefUnknownKind",
		"HTTPRouteInvalidCrossNamespaceBackendRef", "HTTPRouteInvalidCrossNamespaceParentRef",
		"HTTPRouteInvalidNonExistentBackendRef", "HTTPRouteListenerHostnameMatching", "HTTPRouteMatching",
		"HTTPRouteMatchingAcrossRoutes", "HTTPRouteMethodMatching", "HTTPRouteObservedGenerationBump",
		"HTTPRoutePathMatchOrder", "HTTPRouteQueryParamMatching", "HTTPRouteRedirectHostAndStatus",
		"HTTPRouteRedirectPath", "HTTPRouteReferenceGrant", "HTTPRouteRequestHeaderModifier",
		"HTTPRouteResponseHeaderModifier", "HTTPRouteRewriteHost", "HTTPRouteRewritePath", "HTTPRouteSimpleSameNamespace",
	}
}
