//! Entries of lists in a status: what makes two the same, and whose they are (ATT-193).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::model::{
    Condition, ControllerName, ListenerStatus, ParentReference, PolicyAncestorStatus, RouteParentStatus,
    XBackendParentStatus,
};

/// An entry of a keyed list, with conditions of its own.
pub(crate) trait Entry: Clone {
    /// Whether both have the same key.
    fn is_same(&self, other: &Self) -> bool;
    /// Whose it is; `None` when it belongs to the controller of the object.
    fn controller(&self) -> Option<&ControllerName>;
    /// Its conditions.
    fn conditions(&self) -> &[Condition];
    /// The entry with other conditions.
    fn with_conditions(self, conditions: Vec<Condition>) -> Self;
    /// The key, for people.
    fn label(&self) -> String;
}

impl Entry for ListenerStatus {
    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
    }

    fn controller(&self) -> Option<&ControllerName> {
        None
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    fn with_conditions(self, conditions: Vec<Condition>) -> Self {
        Self { conditions, ..self }
    }

    fn label(&self) -> String {
        self.name.to_string()
    }
}

impl Entry for RouteParentStatus {
    fn is_same(&self, other: &Self) -> bool {
        self.controller_name == other.controller_name
            && is_same_reference(&self.parent_ref, &other.parent_ref)
    }

    fn controller(&self) -> Option<&ControllerName> {
        Some(&self.controller_name)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    fn with_conditions(self, conditions: Vec<Condition>) -> Self {
        Self { conditions, ..self }
    }

    fn label(&self) -> String {
        reference_label(&self.parent_ref)
    }
}

impl Entry for PolicyAncestorStatus {
    fn is_same(&self, other: &Self) -> bool {
        self.controller_name == other.controller_name
            && is_same_reference(&self.ancestor_ref, &other.ancestor_ref)
    }

    fn controller(&self) -> Option<&ControllerName> {
        Some(&self.controller_name)
    }

    fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    fn with_conditions(self, conditions: Vec<Condition>) -> Self {
        Self { conditions, ..self }
    }

    fn label(&self) -> String {
        reference_label(&self.ancestor_ref)
    }
}

impl Entry for XBackendParentStatus {
    fn is_same(&self, other: &Self) -> bool {
        self.controller_name == other.controller_name
            && is_same_reference(&self.parent_ref, &other.parent_ref)
    }

    fn controller(&self) -> Option<&ControllerName> {
        Some(&self.controller_name)
    }

    fn conditions(&self) -> &[Condition] {
        self.conditions.as_deref().unwrap_or_default()
    }

    fn with_conditions(self, conditions: Vec<Condition>) -> Self {
        Self { conditions: Some(conditions), ..self }
    }

    fn label(&self) -> String {
        reference_label(&self.parent_ref)
    }
}

/// Defaults filled in; an absent namespace and the object's own stay apart (AMBIG-56).
fn is_same_reference(one: &ParentReference, other: &ParentReference) -> bool {
    (one.group(), one.kind()) == (other.group(), other.kind())
        && (&one.namespace, &one.name) == (&other.namespace, &other.name)
        && (&one.section_name, one.port) == (&other.section_name, other.port)
}

fn reference_label(reference: &ParentReference) -> String {
    let namespace = reference.namespace.as_ref().map(|namespace| format!("{namespace}/")).unwrap_or_default();
    let section = reference.section_name.as_ref().map(|section| format!(":{section}")).unwrap_or_default();
    let port = reference.port.map(|port| format!(" port {port}")).unwrap_or_default();
    format!("{} {namespace}{}{section}{port}", reference.kind(), reference.name)
}
