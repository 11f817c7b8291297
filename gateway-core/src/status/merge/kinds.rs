//! Which kinds have a status, and in which shape.

use alloc::vec::Vec;

use super::{Merge, Onto};
use crate::model::{ControllerName, Object};
use crate::status::KindStatus;

macro_rules! statuses {
    ($($shape:ident: $($kind:ident)+;)*) => {
        impl KindStatus {
            /// The status that an object holds; `None` when it has none, or its kind none that we write.
            pub fn of(object: &Object) -> Option<Self> {
                match object {
                    $($(Object::$kind(object) => object.status.clone().map(Self::$shape),)+)*
                    _ => None,
                }
            }

            /// The names of controllers in its entries.
            pub(crate) fn controllers(&self) -> Vec<&ControllerName> {
                match self {
                    $(Self::$shape(status) => status.controllers(),)*
                }
            }

            /// Merges into a stored status; one of another shape counts as none.
            pub(super) fn merge_onto(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
                match self {
                    $(Self::$shape(wanted) => {
                        let stored = match stored {
                            Some(Self::$shape(stored)) => Some(stored),
                            _ => None,
                        };
                        Self::$shape(wanted.onto(stored, merge))
                    })*
                }
            }
        }
    };
}

// A kind with a status is one word here, a new shape one line.
statuses! {
    GatewayClass: GatewayClass;
    Gateway: Gateway;
    ListenerSet: ListenerSet;
    Route: HttpRoute GrpcRoute TlsRoute TcpRoute UdpRoute;
    Policy: BackendTlsPolicy XBackendTrafficPolicy;
    XBackend: XBackend;
    XMesh: XMesh;
}
