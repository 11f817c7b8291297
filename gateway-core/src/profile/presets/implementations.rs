//! What implementations claim in their published conformance reports, the newest that could be read of
//! each. Report paths are those of the repository `kubernetes-sigs/gateway-api`.
//!
//! Every feature that a report names is one of rules 07, so none had to be left out. A feature that
//! stands in no conformance profile is claimed when its provisional test succeeded (FEAT-R3, FEAT-R7).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::super::{Choices, Feature, PathNormalization};
use crate::model::{Group, Kind};

/// The claims of one implementation.
#[derive(Debug)]
pub(super) struct Implementation {
    pub(super) name: &'static str,
    /// Name and version.
    pub(super) title: &'static str,
    /// Path of the report, with the version of the API and the date.
    pub(super) report: &'static str,
    /// Documents for all that the report does not say.
    pub(super) references: &'static [&'static str],
    pub(super) controller: Option<&'static str>,
    /// Group and kind of its own `parametersRef`.
    parameter_kinds: &'static [(&'static str, &'static str)],
    pub(super) choices: Choices,
    /// Core features of the conformance profiles it reports (FEAT-P1..P7).
    profiles: &'static [&'static [&'static str]],
    /// Extended features it supports.
    extended: &'static str,
}

impl Implementation {
    pub(super) fn features(&self) -> BTreeSet<Feature> {
        let core = self.profiles.iter().flat_map(|profile| profile.iter().copied());
        core.chain(self.extended.split_whitespace()).filter_map(Feature::from_name).collect()
    }

    /// Its own, beside the one that every profile knows.
    pub(super) fn parameter_kinds(&self) -> Vec<(Group, Kind)> {
        let own = self.parameter_kinds.iter().map(|(group, kind)| (Group::from(*group), Kind::from(*kind)));
        core::iter::once((Group::from(""), Kind::from("ConfigMap"))).chain(own).collect()
    }
}

const GATEWAY_HTTP: &[&str] = &["Gateway", "ReferenceGrant", "HTTPRoute"];
const GATEWAY_GRPC: &[&str] = &["Gateway", "ReferenceGrant", "GRPCRoute"];
const GATEWAY_TLS: &[&str] = &["Gateway", "ReferenceGrant", "TLSRoute"];
const MESH_HTTP: &[&str] = &["Mesh", "HTTPRoute"];
const MESH_GRPC: &[&str] = &["Mesh", "GRPCRoute"];

/// By name.
pub(super) const IMPLEMENTATIONS: &[Implementation] = &[
    Implementation {
        name: "agentgateway",
        title: "agentgateway v1.1.0",
        report: "conformance/reports/v1.5.0/agentgateway-agentgateway/v1.1.0-report.yaml \
            (Gateway API v1.5.1, 2026-04-09)",
        references: &[
            "controller: github.com/agentgateway/agentgateway, GatewayClass of its controller's tests",
        ],
        controller: Some("agentgateway.dev/agentgateway"),
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS],
        extended: "BackendTLSPolicy BackendTLSPolicySANValidation GRPCRouteNamedRouteRule GatewayAddressEmpty \
            GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation \
            GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation \
            GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayPort8080 \
            GatewayStaticAddresses HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode \
            HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket \
            HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching \
            HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite \
            HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror \
            HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect ListenerSet TLSRouteModeMixed \
            TLSRouteModeTerminate",
    },
    Implementation {
        name: "airlock-microgateway",
        title: "Airlock Microgateway 5.0.0",
        report: "conformance/reports/v1.5.0/airlock-microgateway/experimental-5.0.0-default-report.yaml \
            (Gateway API v1.5.0, 2026-03-19)",
        references: &["controller: \
                https://docs.airlock.com/microgateway/5.2/configuration-guides/setup/gateway-deployment/"],
        controller: Some("microgateway.airlock.com/gatewayclass-controller"),
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP],
        extended: "BackendTLSPolicy BackendTLSPolicySANValidation GatewayBackendClientCertificate \
            GatewayFrontendClientCertificateValidation \
            GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation \
            GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayPort8080 \
            HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode \
            HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket HTTPRouteBackendTimeout HTTPRouteCORS \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching \
            HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite \
            HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestTimeout \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect",
    },
    Implementation {
        name: "cilium",
        title: "Cilium 1.19.0-pre.2",
        report: "conformance/reports/v1.4.0/cilium/experimental-v1.19.0-pre.2-default-report.yaml \
            (Gateway API v1.4.0, 2025-11-07)",
        references: &[
            "controller: github.com/cilium/cilium \
                install/kubernetes/cilium/templates/cilium-gateway-api-class.yaml",
            "parameterKinds: https://docs.cilium.io, Gateway API, CiliumGatewayClassConfig",
        ],
        controller: Some("io.cilium/gateway-controller"),
        parameter_kinds: &[("cilium.io", "CiliumGatewayClassConfig")],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS, MESH_HTTP, MESH_GRPC],
        extended: "GRPCRouteNamedRouteRule GatewayAddressEmpty GatewayHTTPListenerIsolation \
            GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses HTTPRouteBackendProtocolH2C \
            HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching \
            HTTPRouteNamedRouteRule HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect \
            HTTPRouteQueryParamMatching HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors \
            HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification \
            HTTPRouteSchemeRedirect MeshClusterIPMatching MeshHTTPRouteBackendRequestHeaderModification \
            MeshHTTPRouteNamedRouteRule MeshHTTPRouteQueryParamMatching MeshHTTPRouteRedirectPath \
            MeshHTTPRouteRedirectPort MeshHTTPRouteRewritePath MeshHTTPRouteSchemeRedirect",
    },
    // Skipped: HTTPRouteHTTPSListener, GatewayStaticAddresses, HTTPRouteInvalidParentRefSectionNameNotMatchingPort,
    // HTTPRouteRedirectPortAndScheme.
    Implementation {
        name: "contour",
        title: "Contour v1.33.0",
        report: "conformance/reports/v1.3.0/projectcontour-contour/experimental-v1.33.0-default-report.yaml \
            (Gateway API v1.3.0, 2025-09-09)",
        references: &[],
        controller: None,
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS],
        extended: "GatewayAddressEmpty GatewayHTTPListenerIsolation GatewayInfrastructurePropagation GatewayPort8080 \
            GatewayStaticAddresses HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket \
            HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteDestinationPortMatching \
            HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteParentRefPort HTTPRoutePathRedirect \
            HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror \
            HTTPRouteRequestMultipleMirrors HTTPRouteRequestTimeout HTTPRouteResponseHeaderModification \
            HTTPRouteSchemeRedirect",
    },
    // Skipped: HTTPRouteHTTPSListenerDetectMisdirectedRequests, ListenerSetHostnameConflict,
    // ListenerSetProtocolConflict.
    Implementation {
        name: "envoy-gateway",
        title: "Envoy Gateway v1.8.0-rc.0",
        report: "conformance/reports/v1.5.1/envoy-gateway/experimental-v1.8.0-rc.0-default-report.yaml \
            (Gateway API v1.5.1, 2026-04-17)",
        references: &["controller: github.com/envoyproxy/gateway examples/kubernetes/quickstart.yaml"],
        controller: Some("gateway.envoyproxy.io/gatewayclass-controller"),
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS],
        extended: "BackendTLSPolicy BackendTLSPolicySANValidation GRPCRouteNamedRouteRule GatewayAddressEmpty \
            GatewayBackendClientCertificate GatewayFrontendClientCertificateValidation \
            GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation \
            GatewayHTTPSListenerDetectMisdirectedRequests GatewayPort8080 GatewayStaticAddresses \
            HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode \
            HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket \
            HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching \
            HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite \
            HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror \
            HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect ListenerSet TLSRouteModeMixed \
            TLSRouteModeTerminate",
    },
    Implementation {
        name: "gke-rxlb",
        title: "GKE Gateway 1.34.4-gke.1047000, regional external load balancer",
        report: "conformance/reports/v1.4.0/gke-gateway/standard-1.34.4-rxlb-report.yaml \
            (Gateway API v1.4.0, 2026-03-19)",
        references: &[],
        controller: None,
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP],
        extended: "GatewayPort8080 HTTPRouteHostRewrite HTTPRoutePathRedirect HTTPRouteRequestMirror \
            HTTPRouteRequestPercentageMirror HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect",
    },
    Implementation {
        name: "haproxy-ingress",
        title: "HAProxy Ingress v0.17.0-alpha.1",
        report: "conformance/reports/v1.4.1/haproxy-ingress/experimental-v0.17.0-alpha.1-default-report.yaml \
            (Gateway API v1.4.1, 2026-03-15)",
        references: &[],
        controller: None,
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_TLS],
        extended: "GatewayAddressEmpty GatewayPort8080 HTTPRouteBackendProtocolWebSocket HTTPRouteCORS \
            HTTPRouteDestinationPortMatching HTTPRouteNamedRouteRule HTTPRouteResponseHeaderModification \
            HTTPRouteSchemeRedirect",
    },
    Implementation {
        name: "istio",
        title: "Istio 1.28",
        report: "conformance/reports/v1.4.0/istio-istio/1.28.0-default-report.yaml \
            (Gateway API v1.4.0, 2025-10-27)",
        references: &[
            "controller: github.com/istio/istio, default of PILOT_GATEWAY_API_CONTROLLER_NAME",
            "pathNormalization: https://istio.io/latest/docs/reference/config/security/normalization \
                (BASE is the default; its change of backslashes is left out)",
        ],
        controller: Some("istio.io/gateway-controller"),
        parameter_kinds: &[],
        choices: Choices { path_normalization: PathNormalization::Rfc3986, ..Choices::DEFAULT },
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS, MESH_HTTP],
        extended: "GRPCRouteNamedRouteRule GatewayAddressEmpty GatewayHTTPListenerIsolation \
            GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses HTTPRouteBackendProtocolH2C \
            HTTPRouteBackendProtocolWebSocket HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout \
            HTTPRouteCORS HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching \
            HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite \
            HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror \
            HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect MeshConsumerRoute \
            MeshHTTPRouteBackendRequestHeaderModification MeshHTTPRouteNamedRouteRule \
            MeshHTTPRouteQueryParamMatching MeshHTTPRouteRedirectPath MeshHTTPRouteRedirectPort \
            MeshHTTPRouteRewritePath MeshHTTPRouteSchemeRedirect",
    },
    Implementation {
        name: "kgateway",
        title: "kgateway v2.3.0-beta.3",
        report: "conformance/reports/v1.5.1/kgateway/v2.3.0-beta.3-report.yaml \
            (Gateway API v1.5.1, 2026-03-20)",
        references: &["controller: github.com/kgateway-dev/kgateway, constant DefaultGatewayControllerName"],
        controller: Some("kgateway.dev/kgateway"),
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS],
        extended: "GRPCRouteNamedRouteRule GatewayAddressEmpty GatewayFrontendClientCertificateValidation \
            GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses \
            HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode \
            HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket \
            HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching \
            HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite \
            HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror \
            HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect ListenerSet TLSRouteModeMixed \
            TLSRouteModeTerminate",
    },
    // Skipped: GRPCExactMethodMatching, GRPCRouteHeaderMatching, GRPCRouteListenerHostnameMatching,
    // GRPCRouteWeight.
    Implementation {
        name: "kong-operator",
        title: "Kong Operator v2.1.12, expressions router",
        report: "conformance/reports/v1.4.1/kong-operator/experimental-v2.1.12-expressions-report.yaml \
            (Gateway API v1.4.1, 2026-09-28)",
        references: &[
            "controller: https://developer.konghq.com/operator/dataplanes/gateway-api",
            "parameterKinds: \
                https://developer.konghq.com/operator/get-started/gateway-api/deploy-gateway/",
        ],
        controller: Some("konghq.com/gateway-operator"),
        parameter_kinds: &[("gateway-operator.konghq.com", "GatewayConfiguration")],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC],
        extended: "GatewayPort8080 HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRoutePathRewrite \
            HTTPRouteQueryParamMatching HTTPRouteResponseHeaderModification",
    },
    Implementation {
        name: "linkerd",
        title: "Linkerd 2.18",
        report: "conformance/reports/v1.3.0/linkerd-linkerd/standard-2.18-default-report.yaml \
            (Gateway API v1.3.0, 2025-06-06)",
        references: &[],
        controller: None,
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[MESH_HTTP, MESH_GRPC],
        extended: "HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket \
            HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteDestinationPortMatching \
            HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteParentRefPort HTTPRoutePathRedirect \
            HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror \
            HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect MeshClusterIPMatching MeshConsumerRoute \
            MeshHTTPRouteBackendRequestHeaderModification",
    },
    // UDPRoute is in no profile of that version; its provisional test succeeded.
    Implementation {
        name: "nginx-gateway-fabric",
        title: "NGINX Gateway Fabric v2.5.0",
        report: "conformance/reports/v1.5.1/nginx-nginx-gateway-fabric/experimental-2.5.0-default-report.yaml \
            (Gateway API v1.5.1, 2026-03-30)",
        references: &[
            "controller: https://docs.nginx.com/nginx-gateway-fabric/, statuses shown in its how-to \
                guides",
        ],
        controller: Some("gateway.nginx.org/nginx-gateway-controller"),
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS],
        extended: "BackendTLSPolicy GatewayAddressEmpty GatewayBackendClientCertificate GatewayHTTPListenerIsolation \
            GatewayHTTPSListenerDetectMisdirectedRequests GatewayInfrastructurePropagation GatewayPort8080 \
            GatewayStaticAddresses HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode \
            HTTPRoute308RedirectStatusCode HTTPRouteBackendProtocolWebSocket HTTPRouteCORS \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRouteParentRefPort \
            HTTPRoutePathRedirect HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching \
            HTTPRouteRequestMirror HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect UDPRoute",
    },
    Implementation {
        name: "traefik",
        title: "Traefik v3.6",
        report: "conformance/reports/v1.4.0/traefik-traefik/experimental-v3.6.0-default-report.yaml \
            (Gateway API v1.4.0, 2025-10-31)",
        references: &["controller: https://doc.traefik.io/traefik/routing/providers/kubernetes-gateway/"],
        controller: Some("traefik.io/gateway-controller"),
        parameter_kinds: &[],
        choices: Choices::DEFAULT,
        profiles: &[GATEWAY_HTTP, GATEWAY_GRPC, GATEWAY_TLS],
        extended: "GatewayPort8080 HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket \
            HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching HTTPRoutePathRedirect \
            HTTPRoutePathRewrite HTTPRoutePortRedirect HTTPRouteQueryParamMatching \
            HTTPRouteResponseHeaderModification HTTPRouteSchemeRedirect",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_a_feature() {
        for one in IMPLEMENTATIONS {
            let core: BTreeSet<_> = one.profiles.iter().copied().flatten().collect();
            let extended: Vec<_> = one.extended.split_whitespace().collect();
            assert!(extended.is_sorted_by(|first, second| first < second), "{}", one.name);
            assert_eq!(one.features().len(), core.len() + extended.len(), "{}", one.name);
        }
    }

    #[test]
    fn claims_are_those_of_the_reports() {
        let supports = |name: &str, feature| {
            let one = IMPLEMENTATIONS.iter().find(|one| one.name == name).expect("it is there");
            one.features().contains(&feature)
        };
        // From `supportedFeatures` and `unsupportedFeatures` of the reports.
        assert!(supports("envoy-gateway", Feature::ListenerSet));
        assert!(!supports("envoy-gateway", Feature::GatewayInfrastructurePropagation));
        assert!(!supports("nginx-gateway-fabric", Feature::HttpRouteRequestTimeout));
        assert!(supports("istio", Feature::MeshConsumerRoute));
        assert!(!supports("istio", Feature::MeshClusterIpMatching));
        assert!(!supports("cilium", Feature::HttpRouteParentRefPort));
        assert!(!supports("traefik", Feature::GatewayHttpListenerIsolation));
        assert!(!supports("linkerd", Feature::Gateway));
    }
}
