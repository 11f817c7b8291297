//! How a client stays with its backend; experimental (MODEL-SP-01..05).

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{CookieLifetimeType, GatewayDuration, SessionPersistenceType};

/// How a client stays with its backend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionPersistence {
    /// Name of the cookie or header, at most 128 characters (MODEL-SP-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_name: Option<String>,
    /// How long a session lasts at most (MODEL-SP-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absolute_timeout: Option<GatewayDuration>,
    /// What carries the session; absent means `Cookie` (MODEL-SP-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<SessionPersistenceType>,
    /// Settings of the cookie (MODEL-SP-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cookie_config: Option<CookieConfig>,
}

impl SessionPersistence {
    /// What carries the session, with the default (MODEL-R15).
    pub fn persistence_type(&self) -> SessionPersistenceType {
        self.r#type.clone().unwrap_or(SessionPersistenceType::Cookie)
    }

    /// How long the cookie lives, with both defaults (MODEL-R15).
    pub fn lifetime_type(&self) -> CookieLifetimeType {
        self.cookie_config.as_ref().map_or(CookieLifetimeType::Session, CookieConfig::lifetime_type)
    }
}

/// Settings of a session cookie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CookieConfig {
    /// How long it lives; absent means `Session` (MODEL-SP-03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_type: Option<CookieLifetimeType>,
}

impl CookieConfig {
    /// How long the cookie lives, with the default (MODEL-R15).
    pub fn lifetime_type(&self) -> CookieLifetimeType {
        self.lifetime_type.clone().unwrap_or(CookieLifetimeType::Session)
    }
}
