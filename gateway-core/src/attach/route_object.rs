//! A Route of any kind: what the five kinds have in common.

use alloc::sync::Arc;

use crate::key::{NamespacedName, ObjectKey};
use crate::model::{
    GrpcRoute, Hostname, HttpRoute, ObjectKind, ObjectMeta, ParentReference, RouteStatus, TcpRoute, TlsRoute,
    UdpRoute, UseDefaultGateways, Version,
};
use crate::snapshot::Snapshot;

macro_rules! route_object {
    ($($kind:ident($route:ident) as $object_kind:ident in $shelf:ident,)*) => {
        /// A Route as the user wrote it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum RouteObject {
            $(
                #[doc = concat!("Of kind ", stringify!($route), ".")]
                $kind(Arc<$route>),
            )*
        }

        impl RouteObject {
            /// The kinds of Routes.
            pub const KINDS: [ObjectKind; 5] = [$(ObjectKind::$object_kind,)*];

            /// The Route of a key.
            pub(crate) fn find(snapshot: &Snapshot, key: &ObjectKey) -> Option<Self> {
                let name = NamespacedName::new(key.namespace.clone(), key.name.clone());
                match key.kind {
                    $(ObjectKind::$object_kind => snapshot.$shelf.get(&name).cloned().map(Self::$kind),)*
                    _ => None,
                }
            }

            /// Its kind.
            pub fn kind(&self) -> ObjectKind {
                match self {
                    $(Self::$kind(_) => ObjectKind::$object_kind,)*
                }
            }

            /// The version it was written in.
            pub fn version(&self) -> Version {
                match self {
                    $(Self::$kind(route) => route.version,)*
                }
            }

            /// Name, age and the rest of what every object has.
            pub fn metadata(&self) -> &ObjectMeta {
                match self {
                    $(Self::$kind(route) => &route.metadata,)*
                }
            }

            /// What it attaches to.
            pub fn parent_refs(&self) -> &[ParentReference] {
                match self {
                    $(Self::$kind(route) => route.spec.parent_refs.as_deref().unwrap_or_default(),)*
                }
            }

            /// Whether it also attaches to default Gateways (ATT-200).
            pub fn uses_default_gateways(&self) -> bool {
                let wish = match self {
                    $(Self::$kind(route) => route.spec.use_default_gateways.as_ref(),)*
                };
                wish == Some(&UseDefaultGateways::All)
            }

            /// The status that its manifest carries.
            pub fn status(&self) -> Option<&RouteStatus> {
                match self {
                    $(Self::$kind(route) => route.status.as_ref(),)*
                }
            }
        }
    };
}

route_object! {
    Http(HttpRoute) as HttpRoute in http_routes,
    Grpc(GrpcRoute) as GrpcRoute in grpc_routes,
    Tls(TlsRoute) as TlsRoute in tls_routes,
    Tcp(TcpRoute) as TcpRoute in tcp_routes,
    Udp(UdpRoute) as UdpRoute in udp_routes,
}

impl RouteObject {
    /// The hostnames it names; TCPRoute and UDPRoute have none.
    pub fn hostnames(&self) -> &[Hostname] {
        match self {
            Self::Http(route) => route.spec.hostnames.as_deref(),
            Self::Grpc(route) => route.spec.hostnames.as_deref(),
            Self::Tls(route) => route.spec.hostnames.as_deref(),
            Self::Tcp(_) | Self::Udp(_) => None,
        }
        .unwrap_or_default()
    }
}
