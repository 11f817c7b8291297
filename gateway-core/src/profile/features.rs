//! The features of the Gateway API by name (FEAT-R1, FEAT-01..58).

use alloc::collections::BTreeSet;
use core::fmt;

/// How binding a feature is for an implementation that claims its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupportLevel {
    /// Part of the kind itself.
    Core,
    /// Claimed one by one (FEAT-R3).
    Extended,
}

/// The channel of the API that a feature or field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeatureChannel {
    /// In both channels.
    Standard,
    /// In the experimental channel alone (FEAT-R4).
    Experimental,
}

macro_rules! features {
    ($($(#[$meta:meta])* $feature:ident = $name:literal, $level:ident, $channel:ident;)*) => {
        /// A feature that an implementation may claim, in the order of the names: that is the order of
        /// `status.supportedFeatures` (ATT-119b).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Feature {
            $($(#[$meta])* $feature,)*
        }

        impl Feature {
            /// All features, by name.
            pub const ALL: &'static [Self] = &[$(Self::$feature),*];

            /// The name that stands in `status.supportedFeatures`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$feature => $name,)*
                }
            }

            /// How binding it is.
            pub const fn level(self) -> SupportLevel {
                match self {
                    $(Self::$feature => SupportLevel::$level,)*
                }
            }

            /// The channel it belongs to.
            pub const fn channel(self) -> FeatureChannel {
                match self {
                    $(Self::$feature => FeatureChannel::$channel,)*
                }
            }
        }
    };
}

features! {
    /// BackendTLSPolicy kind: SNI, hostname verification, one ConfigMap CA, conflict resolution, fail-closed (FEAT-01).
    BackendTlsPolicy = "BackendTLSPolicy", Core, Standard;
    /// Validation.subjectAltNames (Hostname and URI) (FEAT-02).
    BackendTlsPolicySanValidation = "BackendTLSPolicySANValidation", Extended, Standard;
    /// GRPCRoute kind (FEAT-14).
    GrpcRoute = "GRPCRoute", Core, Standard;
    /// Rules\[\].name (FEAT-15).
    GrpcRouteNamedRouteRule = "GRPCRouteNamedRouteRule", Extended, Standard;
    /// Gateway + GatewayClass basics; may be omitted only by mesh-only implementations (FEAT-03).
    Gateway = "Gateway", Core, Standard;
    /// Spec.addresses\[\].value empty : address assigned (FEAT-09).
    GatewayAddressEmpty = "GatewayAddressEmpty", Extended, Standard;
    /// Spec.tls.backend.clientCertificateRef (FEAT-11).
    GatewayBackendClientCertificate = "GatewayBackendClientCertificate", Extended, Standard;
    /// Spec.tls.frontend client-cert validation (FEAT-12).
    GatewayFrontendClientCertificateValidation = "GatewayFrontendClientCertificateValidation", Extended, Standard;
    /// Mode AllowInsecureFallback (FEAT-13).
    GatewayFrontendClientCertificateValidationInsecureFallback = "GatewayFrontendClientCertificateValidationInsecureFallback", Extended, Standard;
    /// HTTP listener isolation (FEAT-06).
    GatewayHttpListenerIsolation = "GatewayHTTPListenerIsolation", Extended, Standard;
    /// 421 on Host/SNI listener mismatch (FEAT-07).
    GatewayHttpsListenerDetectMisdirectedRequests = "GatewayHTTPSListenerDetectMisdirectedRequests", Extended, Standard;
    /// Spec.infrastructure labels/annotations propagate (FEAT-08).
    GatewayInfrastructurePropagation = "GatewayInfrastructurePropagation", Extended, Standard;
    /// Gateway can also listen on 8080 (FEAT-04).
    GatewayPort8080 = "GatewayPort8080", Extended, Standard;
    /// Requested spec.addresses are honoured (FEAT-05).
    GatewayStaticAddresses = "GatewayStaticAddresses", Extended, Standard;
    /// HTTPRoute core: Exact/PathPrefix, header Exact, RequestHeaderModifier, RequestRedirect (host, 301/302), weights, cross-namespace rules (FEAT-16).
    HttpRoute = "HTTPRoute", Core, Standard;
    /// Redirect 303 (FEAT-37).
    HttpRoute303RedirectStatusCode = "HTTPRoute303RedirectStatusCode", Extended, Standard;
    /// Redirect 307 (FEAT-38).
    HttpRoute307RedirectStatusCode = "HTTPRoute307RedirectStatusCode", Extended, Standard;
    /// Redirect 308 (FEAT-39).
    HttpRoute308RedirectStatusCode = "HTTPRoute308RedirectStatusCode", Extended, Standard;
    /// AppProtocol kubernetes.io/h2c (FEAT-33).
    HttpRouteBackendProtocolH2c = "HTTPRouteBackendProtocolH2C", Extended, Standard;
    /// AppProtocol kubernetes.io/ws (FEAT-34).
    HttpRouteBackendProtocolWebSocket = "HTTPRouteBackendProtocolWebSocket", Extended, Standard;
    /// RequestHeaderModifier in backendRefs\[\].filters (FEAT-18).
    HttpRouteBackendRequestHeaderModification = "HTTPRouteBackendRequestHeaderModification", Extended, Standard;
    /// Timeouts.backendRequest (FEAT-31).
    HttpRouteBackendTimeout = "HTTPRouteBackendTimeout", Extended, Standard;
    /// CORS filter (FEAT-36).
    HttpRouteCors = "HTTPRouteCORS", Extended, Standard;
    /// ParentRef.port that matches no listener : NoMatchingParent (older feature name for port matching) (FEAT-17).
    HttpRouteDestinationPortMatching = "HTTPRouteDestinationPortMatching", Extended, Experimental;
    /// UrlRewrite.hostname (FEAT-25).
    HttpRouteHostRewrite = "HTTPRouteHostRewrite", Extended, Standard;
    /// Method matches (FEAT-20).
    HttpRouteMethodMatching = "HTTPRouteMethodMatching", Extended, Standard;
    /// Rules\[\].name (FEAT-35).
    HttpRouteNamedRouteRule = "HTTPRouteNamedRouteRule", Extended, Standard;
    /// ParentRef.port (FEAT-32).
    HttpRouteParentRefPort = "HTTPRouteParentRefPort", Extended, Standard;
    /// Redirect.path (FEAT-24).
    HttpRoutePathRedirect = "HTTPRoutePathRedirect", Extended, Standard;
    /// UrlRewrite.path (FEAT-26).
    HttpRoutePathRewrite = "HTTPRoutePathRewrite", Extended, Standard;
    /// Redirect.port (FEAT-22).
    HttpRoutePortRedirect = "HTTPRoutePortRedirect", Extended, Standard;
    /// Query matches (FEAT-19).
    HttpRouteQueryParamMatching = "HTTPRouteQueryParamMatching", Extended, Standard;
    /// RequestMirror (FEAT-27).
    HttpRouteRequestMirror = "HTTPRouteRequestMirror", Extended, Standard;
    /// Several RequestMirror filters in one rule (FEAT-28).
    HttpRouteRequestMultipleMirrors = "HTTPRouteRequestMultipleMirrors", Extended, Standard;
    /// Percent / fraction (FEAT-29).
    HttpRouteRequestPercentageMirror = "HTTPRouteRequestPercentageMirror", Extended, Standard;
    /// Timeouts.request (FEAT-30).
    HttpRouteRequestTimeout = "HTTPRouteRequestTimeout", Extended, Standard;
    /// ResponseHeaderModifier (FEAT-21).
    HttpRouteResponseHeaderModification = "HTTPRouteResponseHeaderModification", Extended, Standard;
    /// Rules\[\].retry (FEAT-40).
    HttpRouteRetry = "HTTPRouteRetry", Extended, Experimental;
    /// Retry after a backendRequest timeout (FEAT-41).
    HttpRouteRetryBackendTimeout = "HTTPRouteRetryBackendTimeout", Extended, Experimental;
    /// Retry after connection errors (FEAT-42).
    HttpRouteRetryConnectionError = "HTTPRouteRetryConnectionError", Extended, Experimental;
    /// Redirect.scheme (FEAT-23).
    HttpRouteSchemeRedirect = "HTTPRouteSchemeRedirect", Extended, Standard;
    /// ListenerSet kind (FEAT-10).
    ListenerSet = "ListenerSet", Extended, Standard;
    /// Mesh (GAMMA) basics: Service parentRef (FEAT-43).
    Mesh = "Mesh", Core, Standard;
    /// Frontend identified by ClusterIP, not Host (FEAT-44).
    MeshClusterIpMatching = "MeshClusterIPMatching", Extended, Standard;
    /// Consumer routes (FEAT-45).
    MeshConsumerRoute = "MeshConsumerRoute", Extended, Standard;
    /// Mesh: backend-level header modifier (FEAT-50).
    MeshHttpRouteBackendRequestHeaderModification = "MeshHTTPRouteBackendRequestHeaderModification", Extended, Standard;
    /// Mesh: rules\[\].name (FEAT-52).
    MeshHttpRouteNamedRouteRule = "MeshHTTPRouteNamedRouteRule", Extended, Standard;
    /// Mesh: query matches (FEAT-51).
    MeshHttpRouteQueryParamMatching = "MeshHTTPRouteQueryParamMatching", Extended, Standard;
    /// Mesh: redirect.path (FEAT-49).
    MeshHttpRouteRedirectPath = "MeshHTTPRouteRedirectPath", Extended, Standard;
    /// Mesh: redirect.port (FEAT-48).
    MeshHttpRouteRedirectPort = "MeshHTTPRouteRedirectPort", Extended, Standard;
    /// Mesh: path rewrite (FEAT-46).
    MeshHttpRouteRewritePath = "MeshHTTPRouteRewritePath", Extended, Standard;
    /// Mesh: redirect.scheme (FEAT-47).
    MeshHttpRouteSchemeRedirect = "MeshHTTPRouteSchemeRedirect", Extended, Standard;
    /// ReferenceGrant kind (FEAT-53).
    ReferenceGrant = "ReferenceGrant", Core, Standard;
    /// TCPRoute kind (FEAT-54).
    TcpRoute = "TCPRoute", Extended, Standard;
    /// TLSRoute kind with Passthrough (FEAT-55).
    TlsRoute = "TLSRoute", Core, Standard;
    /// Terminate and Passthrough TLS listeners on one port (FEAT-57).
    TlsRouteModeMixed = "TLSRouteModeMixed", Extended, Experimental;
    /// TLS listener mode Terminate for TLSRoute (FEAT-56).
    TlsRouteModeTerminate = "TLSRouteModeTerminate", Extended, Standard;
    /// UDPRoute kind (FEAT-58).
    UdpRoute = "UDPRoute", Core, Standard;
}

impl Feature {
    /// The feature of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.binary_search_by(|feature| feature.name().cmp(name)).ok().map(|index| Self::ALL[index])
    }

    /// Every feature, as [`Profile::spec`](super::Profile::spec) claims them.
    pub fn all() -> BTreeSet<Self> {
        Self::ALL.iter().copied().collect()
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Feature;

    #[test]
    fn names_are_sorted_and_found() {
        assert!(Feature::ALL.is_sorted_by(|one, other| one.name() < other.name()));
        for feature in Feature::ALL {
            assert_eq!(Feature::from_name(feature.name()), Some(*feature));
        }
        assert_eq!(Feature::from_name("HTTPRouteExternalAuth"), None);
    }
}
