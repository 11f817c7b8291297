//! Header changes, shared by HTTPRoute and GRPCRoute.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{HeaderName, HeaderValue};

/// Headers to set, add and remove (MODEL-HHF-01..07).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpHeaderFilter {
    /// Headers to overwrite or create, at most 16 (MODEL-HHF-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<Vec<HttpHeader>>,
    /// Values to append, at most 16 (MODEL-HHF-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<Vec<HttpHeader>>,
    /// Names to remove in any case, at most 16 (MODEL-HHF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove: Option<Vec<String>>,
}

/// A header with its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpHeader {
    /// Name, compared without regard to case (MODEL-HHF-06).
    pub name: HeaderName,
    /// Value (MODEL-HHF-07).
    pub value: HeaderValue,
}
