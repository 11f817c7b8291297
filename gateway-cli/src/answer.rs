//! What the engine says: about a request, or about a connection.

use gateway_core::act::{ConnectionReport, DecisionReport};
use gateway_core::explain::{ConnectionExplanation, RequestExplanation};
use serde::Serialize;

use crate::exit::Exit;

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

impl Answer {
    /// A Gateway that answers for itself, or rejects, has nothing better to say than an error.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Request(decision) => of_request(decision),
            Self::Connection(decision) => of_connection(decision),
        }
    }
}

impl Explanation {
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Request(explanation) => of_request(&explanation.decision),
            Self::Connection(explanation) => of_connection(&explanation.decision),
        }
    }
}

fn of_request(decision: &DecisionReport) -> Exit {
    match decision {
        DecisionReport::Forward(_) | DecisionReport::Redirect(_) => Exit::Good,
        DecisionReport::Respond(_) => Exit::Findings,
    }
}

fn of_connection(decision: &ConnectionReport) -> Exit {
    match decision {
        ConnectionReport::Forward(_) | ConnectionReport::Http(_) => Exit::Good,
        ConnectionReport::Reject(_) => Exit::Findings,
    }
}
