//! References to backends: five shapes, one target.

use serde::{Deserialize, Serialize};

use super::{Group, Kind, NamespaceName, ObjectName, PortNumber};

/// The backend that a reference names, with the defaults of group and kind filled in (MODEL-R15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackendTarget<'a> {
    /// API group, empty for core.
    pub group: &'a str,
    /// Kind.
    pub kind: &'a str,
    /// Namespace as written; absent means the referrer's (MODEL-R17).
    pub namespace: Option<&'a str>,
    /// Name.
    pub name: &'a str,
    /// Port as written, in or out of range.
    pub port: Option<i32>,
}

impl<'a> BackendTarget<'a> {
    /// The namespace, or else the referrer's own (MODEL-R17).
    pub fn namespace_or(&self, own: &'a str) -> &'a str {
        self.namespace.unwrap_or(own)
    }
}

/// A backend without a weight (MODEL-BOR-01..05).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackendObjectReference {
    /// API group; absent means core (MODEL-BOR-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Service` (MODEL-BOR-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Name (MODEL-BOR-03).
    pub name: ObjectName,
    /// Namespace; absent means the referrer's (MODEL-BOR-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
    /// The Service's port, not the pod's; needed for a Service (MODEL-BOR-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
}

/// A weighted backend of a TLS, TCP or UDP rule (MODEL-BREF-01..06).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackendRef {
    /// API group; absent means core (MODEL-BREF-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Service` (MODEL-BREF-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Name (MODEL-BREF-03).
    pub name: ObjectName,
    /// Namespace; absent means the referrer's (MODEL-BREF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
    /// The Service's port, not the pod's; needed for a Service (MODEL-BREF-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
    /// Share of the rule's traffic, 0 to 1000000; absent means 1 (MODEL-BREF-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i32>,
}

/// Gives a backend reference its effective values.
macro_rules! backend_reference {
    ($name:ty) => {
        impl $name {
            /// The group with its default (MODEL-R15).
            pub fn group(&self) -> &str {
                self.group.as_deref().unwrap_or("")
            }

            /// The kind with its default (MODEL-R15).
            pub fn kind(&self) -> &str {
                self.kind.as_deref().unwrap_or("Service")
            }

            /// The namespace, or else the referrer's own (MODEL-R17).
            pub fn namespace_or<'a>(&'a self, own: &'a str) -> &'a str {
                self.namespace.as_deref().unwrap_or(own)
            }

            /// What it refers to, in the form all backend references share.
            pub fn target(&self) -> $crate::model::BackendTarget<'_> {
                $crate::model::BackendTarget {
                    group: self.group(),
                    kind: self.kind(),
                    namespace: self.namespace.as_deref(),
                    name: &self.name,
                    port: self.port.map(|port| port.0),
                }
            }
        }
    };
    ($name:ty, weighted) => {
        $crate::model::backend_references::backend_reference!($name);

        impl $name {
            /// The weight with its default (MODEL-R15).
            pub fn weight(&self) -> i32 {
                self.weight.unwrap_or(1)
            }
        }
    };
}

pub(super) use backend_reference;

backend_reference!(BackendObjectReference);
backend_reference!(BackendRef, weighted);
