//! References to other objects.

use serde::{Deserialize, Serialize};

use super::kind::GATEWAY_GROUP;
use super::{Group, Kind, NamespaceName, ObjectName, PortNumber, SectionName};

/// What a route or policy attaches to (MODEL-PREF-01..06).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentReference {
    /// API group; absent means the Gateway API (MODEL-PREF-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Gateway` (MODEL-PREF-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Namespace; absent means the referrer's (MODEL-PREF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
    /// Name (MODEL-PREF-03).
    pub name: ObjectName,
    /// Only the listener or Service port of this name (MODEL-PREF-06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section_name: Option<SectionName>,
    /// Only listeners or the Service port with this number (MODEL-PREF-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<PortNumber>,
}

impl ParentReference {
    /// The group with its default (MODEL-R15).
    pub fn group(&self) -> &str {
        self.group.as_deref().unwrap_or(GATEWAY_GROUP)
    }

    /// The kind with its default (MODEL-R15).
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("Gateway")
    }

    /// The namespace, or else the referrer's own (MODEL-R17).
    pub fn namespace_or<'a>(&'a self, own: &'a str) -> &'a str {
        self.namespace.as_deref().unwrap_or(own)
    }
}

/// The Gateway that a ListenerSet extends (MODEL-LS-03..07).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentGatewayReference {
    /// API group; absent means the Gateway API (MODEL-LS-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Gateway` (MODEL-LS-05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Name (MODEL-LS-06).
    pub name: ObjectName,
    /// Namespace; absent means the ListenerSet's own (MODEL-LS-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
}

impl ParentGatewayReference {
    /// The group with its default (MODEL-R15).
    pub fn group(&self) -> &str {
        self.group.as_deref().unwrap_or(GATEWAY_GROUP)
    }

    /// The kind with its default (MODEL-R15).
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("Gateway")
    }

    /// The namespace, or else the referrer's own (MODEL-R17).
    pub fn namespace_or<'a>(&'a self, own: &'a str) -> &'a str {
        self.namespace.as_deref().unwrap_or(own)
    }
}

/// An object in the referrer's namespace (MODEL-LREF-01..03).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalObjectReference {
    /// API group, empty for core; there is no default (MODEL-LREF-01).
    pub group: Group,
    /// Kind (MODEL-LREF-02).
    pub kind: Kind,
    /// Name (MODEL-LREF-03).
    pub name: ObjectName,
}

/// The parameters of a cluster-scoped object (MODEL-NREF-01..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParametersReference {
    /// API group (MODEL-NREF-01).
    pub group: Group,
    /// Kind (MODEL-NREF-02).
    pub kind: Kind,
    /// Name (MODEL-NREF-03).
    pub name: ObjectName,
    /// Namespace; set exactly when the kind has one (MODEL-R34).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
}

/// A Secret, or what stands in for one (MODEL-SREF-01..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretObjectReference {
    /// API group; absent means core (MODEL-SREF-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind; absent means `Secret` (MODEL-SREF-02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Name (MODEL-SREF-03).
    pub name: ObjectName,
    /// Namespace; absent means the referrer's (MODEL-SREF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
}

impl SecretObjectReference {
    /// The group with its default (MODEL-R15).
    pub fn group(&self) -> &str {
        self.group.as_deref().unwrap_or("")
    }

    /// The kind with its default (MODEL-R15).
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("Secret")
    }

    /// The namespace, or else the referrer's own (MODEL-R17).
    pub fn namespace_or<'a>(&'a self, own: &'a str) -> &'a str {
        self.namespace.as_deref().unwrap_or(own)
    }
}

/// An object of any kind, with no defaults for group and kind (MODEL-OREF-01..04).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectReference {
    /// API group; must be written, may be empty (MODEL-OREF-01).
    pub group: Group,
    /// Kind (MODEL-OREF-02).
    pub kind: Kind,
    /// Name (MODEL-OREF-03).
    pub name: ObjectName,
    /// Namespace; absent means the referrer's (MODEL-OREF-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<NamespaceName>,
}

impl ObjectReference {
    /// The namespace, or else the referrer's own (MODEL-R17).
    pub fn namespace_or<'a>(&'a self, own: &'a str) -> &'a str {
        self.namespace.as_deref().unwrap_or(own)
    }
}

/// A kind of route that a listener takes (MODEL-RGK-01..02).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteGroupKind {
    /// API group; absent means the Gateway API (MODEL-RGK-01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Kind (MODEL-RGK-02).
    pub kind: Kind,
}

impl RouteGroupKind {
    /// The group with its default (MODEL-R15).
    pub fn group(&self) -> &str {
        self.group.as_deref().unwrap_or(GATEWAY_GROUP)
    }
}

/// What a policy applies to, in its own namespace (MODEL-XBTP-10..13).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalPolicyTargetReference {
    /// API group (MODEL-XBTP-11).
    pub group: Group,
    /// Kind (MODEL-XBTP-12).
    pub kind: Kind,
    /// Name (MODEL-XBTP-13).
    pub name: ObjectName,
}

/// What a policy applies to, or one part of it (MODEL-BTP-03..07).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalPolicyTargetReferenceWithSectionName {
    /// API group (MODEL-BTP-04).
    pub group: Group,
    /// Kind (MODEL-BTP-05).
    pub kind: Kind,
    /// Name (MODEL-BTP-06).
    pub name: ObjectName,
    /// Only this part, a port name for a Service (MODEL-BTP-07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section_name: Option<SectionName>,
}
