//! The kinds, their groups and their versions (MODEL-K01..K13).

use core::fmt;

/// The API group of the Gateway API.
pub const GATEWAY_GROUP: &str = "gateway.networking.k8s.io";
/// The API group of its experimental kinds.
pub const XGATEWAY_GROUP: &str = "gateway.networking.x-k8s.io";
const CORE_GROUP: &str = "";
const DISCOVERY_GROUP: &str = "discovery.k8s.io";
const MULTICLUSTER_GROUP: &str = "multicluster.x-k8s.io";

/// A version of an API. One type of the model holds all versions of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// `v1`.
    #[default]
    V1,
    /// `v1beta1`.
    V1Beta1,
    /// `v1alpha3`.
    V1Alpha3,
    /// `v1alpha2`.
    V1Alpha2,
    /// `v1alpha1`.
    V1Alpha1,
}

impl Version {
    /// All versions, the newest first.
    pub const ALL: [Self; 5] = [Self::V1, Self::V1Beta1, Self::V1Alpha3, Self::V1Alpha2, Self::V1Alpha1];

    /// The version as it stands in `apiVersion`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V1Beta1 => "v1beta1",
            Self::V1Alpha3 => "v1alpha3",
            Self::V1Alpha2 => "v1alpha2",
            Self::V1Alpha1 => "v1alpha1",
        }
    }

    /// The version of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.as_str() == name)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Hands the list of all kinds to another macro.
macro_rules! with_kinds {
    ($then:ident) => {
        $then! {
            GatewayClass, Gateway, ListenerSet, HttpRoute, GrpcRoute, TlsRoute, TcpRoute, UdpRoute,
            ReferenceGrant, BackendTlsPolicy, XBackend, XBackendTrafficPolicy, XMesh,
            Service, Secret, ConfigMap, Namespace, EndpointSlice, ServiceImport,
        }
    };
}

pub(super) use with_kinds;

macro_rules! object_kind {
    ($($kind:ident,)*) => {
        /// A kind of object, with its group.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ObjectKind {
            $(
                #[doc = concat!("See [`", stringify!($kind), "`](super::", stringify!($kind), ").")]
                $kind,
            )*
        }

        impl ObjectKind {
            /// All kinds: first those of the Gateway API, then those of Kubernetes.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];
        }
    };
}

with_kinds!(object_kind);

/// What there is to know about a kind.
struct Facts {
    kind: &'static str,
    group: &'static str,
    plural: &'static str,
    namespaced: bool,
    versions: &'static [Version],
}

impl ObjectKind {
    const fn facts(self) -> Facts {
        use Version::{V1, V1Alpha1, V1Alpha2, V1Alpha3, V1Beta1};

        const A: &str = GATEWAY_GROUP;
        const X: &str = XGATEWAY_GROUP;

        /// Facts about a namespaced kind.
        const fn namespaced(
            kind: &'static str,
            group: &'static str,
            plural: &'static str,
            versions: &'static [Version],
        ) -> Facts {
            Facts { kind, group, plural, namespaced: true, versions }
        }

        /// Facts about a cluster-scoped kind.
        const fn cluster(
            kind: &'static str,
            group: &'static str,
            plural: &'static str,
            versions: &'static [Version],
        ) -> Facts {
            Facts { kind, group, plural, namespaced: false, versions }
        }

        match self {
            Self::GatewayClass => cluster("GatewayClass", A, "gatewayclasses", &[V1, V1Beta1]),
            Self::Gateway => namespaced("Gateway", A, "gateways", &[V1, V1Beta1]),
            Self::ListenerSet => namespaced("ListenerSet", A, "listenersets", &[V1]),
            Self::HttpRoute => namespaced("HTTPRoute", A, "httproutes", &[V1, V1Beta1]),
            Self::GrpcRoute => namespaced("GRPCRoute", A, "grpcroutes", &[V1]),
            Self::TlsRoute => namespaced("TLSRoute", A, "tlsroutes", &[V1, V1Alpha3, V1Alpha2]),
            Self::TcpRoute => namespaced("TCPRoute", A, "tcproutes", &[V1, V1Alpha2]),
            Self::UdpRoute => namespaced("UDPRoute", A, "udproutes", &[V1, V1Alpha2]),
            Self::ReferenceGrant => namespaced("ReferenceGrant", A, "referencegrants", &[V1, V1Beta1]),
            Self::BackendTlsPolicy => {
                namespaced("BackendTLSPolicy", A, "backendtlspolicies", &[V1, V1Alpha3])
            }
            Self::XBackend => namespaced("XBackend", X, "xbackends", &[V1Alpha1]),
            Self::XBackendTrafficPolicy => {
                namespaced("XBackendTrafficPolicy", X, "xbackendtrafficpolicies", &[V1Alpha1])
            }
            Self::XMesh => cluster("XMesh", X, "xmeshes", &[V1Alpha1]),
            Self::Service => namespaced("Service", CORE_GROUP, "services", &[V1]),
            Self::Secret => namespaced("Secret", CORE_GROUP, "secrets", &[V1]),
            Self::ConfigMap => namespaced("ConfigMap", CORE_GROUP, "configmaps", &[V1]),
            Self::Namespace => cluster("Namespace", CORE_GROUP, "namespaces", &[V1]),
            Self::EndpointSlice => namespaced("EndpointSlice", DISCOVERY_GROUP, "endpointslices", &[V1]),
            Self::ServiceImport => {
                namespaced("ServiceImport", MULTICLUSTER_GROUP, "serviceimports", &[V1Beta1, V1Alpha1])
            }
        }
    }

    /// The API group, empty for the Kubernetes core.
    pub const fn group(self) -> &'static str {
        self.facts().group
    }

    /// The kind as it stands in a manifest, such as `HTTPRoute`.
    pub const fn kind(self) -> &'static str {
        self.facts().kind
    }

    /// The plural in lower case, as in URLs and `kubectl get`.
    pub const fn plural(self) -> &'static str {
        self.facts().plural
    }

    /// Whether objects of the kind have a namespace.
    pub const fn is_namespaced(self) -> bool {
        self.facts().namespaced
    }

    /// The versions that either channel serves, the newest first; never empty.
    pub const fn served_versions(self) -> &'static [Version] {
        self.facts().versions
    }

    /// The newest served version.
    pub const fn newest_version(self) -> Version {
        self.facts().versions[0]
    }

    /// Whether it is one of the thirteen kinds of the Gateway API.
    pub fn is_gateway_api(self) -> bool {
        self.group() == GATEWAY_GROUP || self.group() == XGATEWAY_GROUP
    }

    /// The kind of that group and name.
    pub fn from_group_kind(group: &str, kind: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.kind() == kind && known.group() == group)
    }

    /// The text of `apiVersion` for a version; for one that is not served, that of the newest.
    pub fn api_version(self, version: Version) -> &'static str {
        let version = if self.served_versions().contains(&version) { version } else { self.newest_version() };
        match (self.group(), version) {
            (GATEWAY_GROUP, Version::V1) => "gateway.networking.k8s.io/v1",
            (GATEWAY_GROUP, Version::V1Beta1) => "gateway.networking.k8s.io/v1beta1",
            (GATEWAY_GROUP, Version::V1Alpha3) => "gateway.networking.k8s.io/v1alpha3",
            (GATEWAY_GROUP, _) => "gateway.networking.k8s.io/v1alpha2",
            (XGATEWAY_GROUP, _) => "gateway.networking.x-k8s.io/v1alpha1",
            (DISCOVERY_GROUP, _) => "discovery.k8s.io/v1",
            (MULTICLUSTER_GROUP, Version::V1Alpha1) => "multicluster.x-k8s.io/v1alpha1",
            (MULTICLUSTER_GROUP, _) => "multicluster.x-k8s.io/v1beta1",
            _ => "v1",
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::ObjectKind;

    #[test]
    fn every_served_version_has_its_text() {
        for kind in ObjectKind::ALL {
            for version in kind.served_versions() {
                let text = kind.api_version(*version);
                let expected = match kind.group() {
                    "" => format!("{version}"),
                    group => format!("{group}/{version}"),
                };
                assert_eq!(text, expected, "{kind}");
            }
            assert_eq!(ObjectKind::from_group_kind(kind.group(), kind.kind()), Some(*kind));
        }
        assert_eq!(ObjectKind::from_group_kind("", "Gateway"), None);
    }
}
