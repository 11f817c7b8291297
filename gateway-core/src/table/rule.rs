//! What a rule does, ready to be carried out.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::key::ObjectKey;
use crate::model::{HttpRouteFilter, HttpRouteRetry, SessionPersistence};
use crate::table::{BackendTraffic, Retries, Sessions, Timeouts};

/// One rule of a Route.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The Route.
    pub route: ObjectKey,
    /// The rule's index in the Route.
    pub index: usize,
    /// The rule's name.
    pub name: Option<String>,
    /// Filters of the rule that change the request or the response, in order.
    pub filters: Vec<HttpRouteFilter>,
    /// Mirrors of the rule that can be sent, in order.
    pub mirrors: Vec<Mirror>,
    /// Backends, in order, with their own filters.
    pub backends: Vec<Backend>,
    /// Sum of all weights, of valid and invalid backends alike (FILT-100).
    pub total_weight: u64,
    /// How long it may take.
    pub timeouts: Timeouts,
    /// When requests are tried again.
    pub retries: Option<Retries>,
    /// How clients stay with their endpoint.
    pub sessions: Option<Sessions>,
    /// `retry`, as written.
    pub retry: Option<HttpRouteRetry>,
    /// `sessionPersistence`, as written.
    pub session_persistence: Option<SessionPersistence>,
}

/// A backend of a rule.
#[derive(Clone, Debug)]
pub struct Backend {
    /// The kind as written.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The port.
    pub port: Option<u16>,
    /// Its share (FILT-100).
    pub weight: u32,
    /// Whether it can be used; its share fails otherwise (FILT-111).
    pub valid: bool,
    /// Its own filters.
    pub filters: Vec<HttpRouteFilter>,
    /// Its own mirrors.
    pub mirrors: Vec<Mirror>,
    /// What an XBackendTrafficPolicy says of it.
    pub traffic: Option<Arc<BackendTraffic>>,
}

/// A copy of the request for another backend.
#[derive(Clone, Debug)]
pub struct Mirror {
    /// The kind as written.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The port.
    pub port: Option<u16>,
    /// Mirrored in `numerator` of `denominator` cases (FILT-061).
    pub numerator: u64,
    /// At least 1.
    pub denominator: u64,
    /// Whether the backend can be used; a mirror without one is not sent (REF-41).
    pub valid: bool,
}
