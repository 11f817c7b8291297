//! Filters of an HTTPRoute, on a rule or on a backend.

use serde::{Deserialize, Serialize};

use super::{
    HttpCorsFilter, HttpExternalAuthFilter, HttpHeaderFilter, HttpRequestMirrorFilter,
    HttpRequestRedirectFilter, HttpRouteFilterType, HttpUrlRewriteFilter, LocalObjectReference,
};

/// One step of processing; `type` names the field that holds it (MODEL-HF-01..09).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRouteFilter {
    /// Which field counts (MODEL-HF-08).
    pub r#type: HttpRouteFilterType,
    /// Changes request headers (MODEL-HF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_header_modifier: Option<HttpHeaderFilter>,
    /// Changes response headers (MODEL-HF-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_header_modifier: Option<HttpHeaderFilter>,
    /// Copies requests elsewhere (MODEL-HF-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_mirror: Option<HttpRequestMirrorFilter>,
    /// Answers with a redirect (MODEL-HF-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_redirect: Option<HttpRequestRedirectFilter>,
    /// Changes host and path (MODEL-HF-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_rewrite: Option<HttpUrlRewriteFilter>,
    /// Handles cross-origin requests (MODEL-HF-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors: Option<HttpCorsFilter>,
    /// Asks another service; experimental (MODEL-HF-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_auth: Option<HttpExternalAuthFilter>,
    /// A filter of the implementation (MODEL-HF-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_ref: Option<LocalObjectReference>,
}
