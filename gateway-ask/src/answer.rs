//! What the engine says: about a request, or about a connection.

use gateway_core::act::{ConnectionReport, DecisionReport};
use gateway_core::explain::{ConnectionExplanation, RequestExplanation};
use serde::Serialize;

/// A decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// About a request.
    Request(DecisionReport),
    /// About a connection.
    Connection(ConnectionReport),
}

/// A decision with everything that was considered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Explanation {
    /// About a request.
    Request(Box<RequestExplanation>),
    /// About a connection.
    Connection(Box<ConnectionExplanation>),
}
