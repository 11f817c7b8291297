//! What a client is told when carrying a decision out fails (FILT-119).

use crate::profile::{Choices, FailedHandshake, TimeoutStatus};

/// What can go wrong on the way to a backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It took too long: the whole, or the last try (FILT-120, FILT-121).
    Timeout,
    /// No connection to the backend, or one that broke before there was an answer.
    Connection,
    /// The TLS handshake with the backend (FILT-173).
    Handshake,
    /// The backend takes no more retries (FILT-138).
    RetryBudget,
    /// The endpoint of the session is gone, and the profile wants no other (FILT-187).
    LostSession,
    /// Nobody answers who could allow the request (FILT-085).
    ExternalAuth,
    /// The body is larger than external authorization takes (FILT-089).
    LargeBody,
}

impl Failure {
    /// The HTTP status to answer with.
    pub(crate) fn status(self, choices: Choices) -> u16 {
        match self {
            // AMBIG-66
            Self::Timeout => match choices.timeout_status {
                TimeoutStatus::GatewayTimeout => 504,
                TimeoutStatus::RequestTimeout => 408,
            },
            Self::Connection => 502,
            // AMBIG-64
            Self::Handshake => match choices.failed_handshake {
                FailedHandshake::BadGateway => 502,
                FailedHandshake::ServiceUnavailable => 503,
            },
            Self::RetryBudget | Self::LostSession => 503,
            // AMBIG-45, AMBIG-46
            Self::ExternalAuth => 403,
            Self::LargeBody => 413,
        }
    }

    /// The gRPC status that a call gets instead (AMBIG-66 for the first).
    pub(crate) fn grpc_status(self) -> u8 {
        match self {
            Self::Timeout => 4,
            Self::ExternalAuth => 7,
            Self::LargeBody => 8,
            Self::Connection | Self::Handshake | Self::RetryBudget | Self::LostSession => 14,
        }
    }
}

/// What a client is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailureAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The gRPC status to send instead, if the request is a gRPC call.
    pub grpc_status: Option<u8>,
}
