//! XBackendTrafficPolicy: retry budgets and sessions of backends; experimental (MODEL-K12).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::metadata::or_default;
use super::{
    GatewayDuration, LocalPolicyTargetReference, ObjectMeta, PolicyStatus, SessionPersistence, Version,
};

/// How traffic to backends is limited and kept together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendTrafficPolicy {
    /// The served version it was written in.
    #[serde(skip)]
    pub version: Version,
    /// Name, namespace, labels and the rest of what every object has.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: ObjectMeta,
    /// What is wanted (MODEL-XBTP-01).
    pub spec: XBackendTrafficPolicySpec,
    /// What became of it (MODEL-XBTP-14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PolicyStatus>,
}

/// What is wanted of an XBackendTrafficPolicy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct XBackendTrafficPolicySpec {
    /// The backends, 1 to 16 (MODEL-XBTP-10).
    pub target_refs: Vec<LocalPolicyTargetReference>,
    /// How many retries there may be (MODEL-XBTP-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_constraint: Option<RetryConstraint>,
    /// How a client stays with its backend (MODEL-XBTP-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_persistence: Option<SessionPersistence>,
}

/// How many retries there may be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetryConstraint {
    /// Retries as a share of all requests (MODEL-XBTP-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<BudgetDetails>,
    /// Retries that are always allowed (MODEL-XBTP-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_retry_rate: Option<RequestRate>,
}

impl RetryConstraint {
    /// The budget with its default (MODEL-XBTP-03).
    pub fn budget(&self) -> BudgetDetails {
        self.budget.clone().unwrap_or_default()
    }

    /// The retries that are always allowed, with the default of the whole (MODEL-XBTP-06).
    pub fn min_retry_rate(&self) -> RequestRate {
        self.min_retry_rate.clone().unwrap_or_else(RequestRate::standard)
    }
}

/// Retries as a share of all requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetDetails {
    /// How many of 100 requests, 0 to 100; absent means 20 (MODEL-XBTP-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<i32>,
    /// The time over which they are counted, 1s to 1h; absent means `10s` (MODEL-XBTP-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<GatewayDuration>,
}

impl BudgetDetails {
    /// The share with its default (MODEL-XBTP-05).
    pub fn percent(&self) -> i32 {
        self.percent.unwrap_or(20)
    }

    /// The interval with its default (MODEL-XBTP-04).
    pub fn interval(&self) -> &str {
        self.interval.as_deref().unwrap_or("10s")
    }
}

/// A number of requests in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRate {
    /// How many, 1 to 1000000 (MODEL-XBTP-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i32>,
    /// In which time, above zero and at most 1h (MODEL-XBTP-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<GatewayDuration>,
}

impl RequestRate {
    /// What the API server writes where no rate is given: 10 in `1s` (MODEL-XBTP-06).
    pub fn standard() -> Self {
        Self { count: Some(10), interval: Some("1s".into()) }
    }
}
