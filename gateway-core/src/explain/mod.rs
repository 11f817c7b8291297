//! Why: the same walk as `route`, with every candidate and the first thing that stopped it.

mod connection;
mod filters;
mod place;
mod request;
mod route;

pub use connection::{ConnectionCandidate, ConnectionExplanation};
pub use filters::FilterExplanation;
pub use request::{CandidateExplanation, ListenerExplanation, RequestExplanation, Verdict};
pub use route::{ListenerOutcome, ParentExplanation, PortOutcome, RouteExplanation};

pub(crate) use connection::explain as connection;
pub(crate) use request::explain as request;
pub(crate) use route::explain as route;
