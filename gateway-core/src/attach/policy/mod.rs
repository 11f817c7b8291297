//! Policies: what they apply to, which of them wins, and which Gateways they concern (ATT-220..247).

mod ancestors;
mod backend_tls;
mod effective;
mod target;
mod traffic;

pub use backend_tls::{BackendTlsPolicyNode, TlsPolicyFault};
pub use effective::{BackendTls, TlsChoice};
pub use target::{PolicyTarget, TargetProblem};
pub use traffic::{TrafficPolicyNode, ValueFault};

pub(crate) use ancestors::uses;
pub(crate) use backend_tls::{authority_problems, backend_tls_policies, fault as validation_fault};
pub(crate) use traffic::{in_effect, traffic_policies};
