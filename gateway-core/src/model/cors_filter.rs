//! Cross-origin resource sharing of an HTTPRoute.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{CorsMethod, CorsOrigin, HeaderName};

/// Answers and marks cross-origin requests (MODEL-CORS-01..06).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpCorsFilter {
    /// Origins that may ask, at most 64 (MODEL-CORS-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_origins: Option<Vec<CorsOrigin>>,
    /// Whether credentials may be sent; absent means no (MODEL-CORS-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_credentials: Option<bool>,
    /// Methods that may be used, at most 9 (MODEL-CORS-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_methods: Option<Vec<CorsMethod>>,
    /// Request headers that may be sent, at most 64 (MODEL-CORS-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_headers: Option<Vec<HeaderName>>,
    /// Response headers that may be read, at most 64 (MODEL-CORS-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expose_headers: Option<Vec<HeaderName>>,
    /// Seconds a preflight answer may be kept, at least 1; absent means 5 (MODEL-CORS-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<i32>,
}

impl HttpCorsFilter {
    /// Whether credentials may be sent, with the default (MODEL-CORS-01).
    pub fn allow_credentials(&self) -> bool {
        self.allow_credentials.unwrap_or(false)
    }

    /// Seconds a preflight answer may be kept, with the default (MODEL-R15).
    pub fn max_age(&self) -> i32 {
        self.max_age.unwrap_or(5)
    }
}
