//! Redirects and rewrites of an HTTPRoute.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{PathModifierType, PortNumber, PreciseHostname, RedirectScheme};

/// Answers a request with a redirect (MODEL-RED-01..05).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRequestRedirectFilter {
    /// New scheme; absent keeps that of the request (MODEL-RED-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<RedirectScheme>,
    /// New host; absent keeps that of the request (MODEL-RED-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<PreciseHostname>,
    /// Change of the path; absent keeps it (MODEL-RED-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<HttpPathModifier>,
    /// New port (MODEL-RED-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
    /// Status of the answer: 301, 302, 303, 307 or 308; absent means 302 (MODEL-RED-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<i32>,
}

impl HttpRequestRedirectFilter {
    /// The status of the answer with its default (MODEL-R15).
    pub fn status_code(&self) -> i32 {
        self.status_code.unwrap_or(302)
    }
}

/// Changes a request before it goes to the backend (MODEL-REW-01..02).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpUrlRewriteFilter {
    /// New host (MODEL-REW-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<PreciseHostname>,
    /// Change of the path (MODEL-REW-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<HttpPathModifier>,
}

/// Replaces a path or the matched prefix of it (MODEL-PMOD-01..03).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpPathModifier {
    /// What is replaced (MODEL-PMOD-03).
    pub r#type: PathModifierType,
    /// The new path, at most 1024 characters (MODEL-PMOD-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replace_full_path: Option<String>,
    /// The new prefix, at most 1024 characters, may be empty (MODEL-PMOD-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replace_prefix_match: Option<String>,
}
