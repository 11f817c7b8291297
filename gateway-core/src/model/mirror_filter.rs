//! Mirroring of requests, shared by HTTPRoute and GRPCRoute.

use serde::{Deserialize, Serialize};

use super::BackendObjectReference;

/// Sends a copy of some or all requests elsewhere (MODEL-MIR-01..05).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRequestMirrorFilter {
    /// Where the copies go (MODEL-MIR-01).
    pub backend_ref: BackendObjectReference,
    /// How many of 100 requests are copied, 0 to 100 (MODEL-MIR-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<i32>,
    /// How many are copied, as a fraction; instead of `percent` (MODEL-MIR-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<Fraction>,
}

/// A share of the requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fraction {
    /// How many are taken, at least 0 (MODEL-MIR-04).
    pub numerator: i32,
    /// Of how many, at least 1; absent means 100 (MODEL-MIR-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i32>,
}

impl Fraction {
    /// The denominator with its default (MODEL-R15).
    pub fn denominator(&self) -> i32 {
        self.denominator.unwrap_or(100)
    }
}
