//! How the process ends.

use std::process::ExitCode;

use gateway_ask::{Answer, Explanation};
use gateway_core::act::{ConnectionReport, DecisionReport};

/// What the caller's script learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All is well.
    Good = 0,
    /// The answer is a negative one.
    Findings = 1,
    /// The question or the input cannot be used.
    Unusable = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What the script learns of a decision. A Gateway that answers for itself, or rejects, has nothing better
/// to say than an error.
impl From<&Answer> for Exit {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Request(decision) => of_request(decision),
            Answer::Connection(decision) => of_connection(decision),
        }
    }
}

impl From<&Explanation> for Exit {
    fn from(explanation: &Explanation) -> Self {
        match explanation {
            Explanation::Request(explanation) => of_request(&explanation.decision),
            Explanation::Connection(explanation) => of_connection(&explanation.decision),
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
