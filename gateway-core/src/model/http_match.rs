//! What an HTTPRoute rule asks of a request.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{HeaderMatchType, HeaderName, HeaderValue, HttpMethod, PathMatchType, QueryParamMatchType};

/// Conditions that must all hold (MODEL-HM-01..12).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRouteMatch {
    /// The path; absent means any (MODEL-HM-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<HttpPathMatch>,
    /// Headers, at most 16 (MODEL-HM-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<HttpHeaderMatch>>,
    /// Query parameters, at most 16 (MODEL-HM-09).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_params: Option<Vec<HttpQueryParamMatch>>,
    /// The method; absent means any (MODEL-HM-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<HttpMethod>,
}

impl HttpRouteMatch {
    /// The path with its default (MODEL-R13).
    pub fn path(&self) -> Cow<'_, HttpPathMatch> {
        self.path.as_ref().map_or_else(|| Cow::Owned(HttpPathMatch::any()), Cow::Borrowed)
    }

    /// The match that the API server writes where none is given (MODEL-R13).
    pub fn any() -> Self {
        Self { path: Some(HttpPathMatch::any()), ..Self::default() }
    }
}

/// What is asked of the path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpPathMatch {
    /// How it is compared; absent means `PathPrefix` (MODEL-HM-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<PathMatchType>,
    /// With what, at most 1024 characters; absent means `/` (MODEL-HM-08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl HttpPathMatch {
    /// How the path is compared, with the default (MODEL-R13).
    pub fn match_type(&self) -> PathMatchType {
        self.r#type.clone().unwrap_or(PathMatchType::PathPrefix)
    }

    /// What the path is compared with, with the default (MODEL-R13).
    pub fn value(&self) -> &str {
        self.value.as_deref().unwrap_or("/")
    }

    /// The path that the API server writes where none is given (MODEL-R13).
    pub fn any() -> Self {
        Self { r#type: Some(PathMatchType::PathPrefix), value: Some("/".into()) }
    }
}

/// What is asked of a header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpHeaderMatch {
    /// How it is compared; absent means `Exact` (MODEL-HM-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<HeaderMatchType>,
    /// Name, compared without regard to case (MODEL-HM-02).
    pub name: HeaderName,
    /// With what (MODEL-HM-04).
    pub value: HeaderValue,
}

impl HttpHeaderMatch {
    /// How the header is compared, with the default (MODEL-R13).
    pub fn match_type(&self) -> HeaderMatchType {
        self.r#type.clone().unwrap_or(HeaderMatchType::Exact)
    }
}

/// What is asked of a query parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpQueryParamMatch {
    /// How it is compared; absent means `Exact` (MODEL-HM-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<QueryParamMatchType>,
    /// Name, compared with regard to case (MODEL-HM-10).
    pub name: HeaderName,
    /// With what, 1 to 1024 characters (MODEL-HM-12).
    pub value: String,
}

impl HttpQueryParamMatch {
    /// How the parameter is compared, with the default (MODEL-R13).
    pub fn match_type(&self) -> QueryParamMatchType {
        self.r#type.clone().unwrap_or(QueryParamMatchType::Exact)
    }
}
