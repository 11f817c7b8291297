//! The shapes of statuses: which of their lists are merged how.

use alloc::vec::Vec;

use super::entry::Entry;
use super::{Merge, is_untouched};
use crate::model::{
    Condition, ControllerName, GatewayClassStatus, GatewayStatus, ListenerSetStatus, ListenerStatus,
    PolicyStatus, RouteStatus, Timestamp, XBackendStatus, XMeshStatus,
};

// The lengths that the schemas allow (ATT-197).
const ADDRESSES: usize = 16;
const LISTENERS: usize = 64;
const PARENTS: usize = 32;
const ANCESTORS: usize = 16;

/// The time of the conditions that the API server writes by default (MODEL-R11).
const EPOCH: &str = "1970-01-01T00:00:00Z";

/// A status that can be merged into a stored one.
pub(crate) trait Onto: Clone {
    /// Its conditions; empty for statuses that have none of their own.
    fn own_conditions(&self) -> &[Condition] {
        &[]
    }

    /// The names in its entries.
    fn controllers(&self) -> Vec<&ControllerName> {
        Vec::new()
    }

    /// The merge itself.
    fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self;

    /// Gives its conditions the time of the API server's defaults.
    fn date_defaults(&mut self) {}

    /// The merge, but for objects that nobody reconciles.
    fn onto(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
        if !is_untouched(self.own_conditions()) {
            return self.merge(stored, merge);
        }
        // ATT-002: what is stored is the API server's, or another controller's.
        if let Some(stored) = stored.filter(|stored| !stored.own_conditions().is_empty()) {
            return stored.clone();
        }
        let mut defaults = self.clone();
        defaults.date_defaults();
        defaults
    }
}

fn list<T>(list: Option<&Vec<T>>) -> &[T] {
    list.map_or(&[], Vec::as_slice)
}

fn date(conditions: &mut Option<Vec<Condition>>) {
    for condition in conditions.iter_mut().flatten() {
        condition.last_transition_time = Some(Timestamp::from(EPOCH));
    }
}

/// Conditions that may be absent as a whole.
fn conditions(
    wanted: Option<&Vec<Condition>>,
    stored: Option<&Vec<Condition>>,
    merge: &mut Merge<'_>,
) -> Option<Vec<Condition>> {
    let merged = merge.conditions("status.conditions", list(wanted), list(stored));
    (wanted.is_some() || stored.is_some()).then_some(merged)
}

/// Listeners are all ours; nothing is said about them where the list is absent.
fn listeners(
    wanted: Option<&Vec<ListenerStatus>>,
    stored: Option<&Vec<ListenerStatus>>,
    merge: &mut Merge<'_>,
) -> Option<Vec<ListenerStatus>> {
    match wanted {
        Some(wanted) => Some(merge.entries("status.listeners", LISTENERS, wanted, list(stored))),
        None => stored.cloned(),
    }
}

/// Conditions and features: GatewayClass and XMesh.
macro_rules! class_shape {
    ($($status:ident)+) => {$(
        impl Onto for $status {
            fn own_conditions(&self) -> &[Condition] {
                list(self.conditions.as_ref())
            }

            fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
                let old = stored.and_then(|stored| stored.conditions.as_ref());
                let features = stored.and_then(|stored| stored.supported_features.clone());
                Self {
                    conditions: conditions(self.conditions.as_ref(), old, merge),
                    supported_features: self.supported_features.clone().or(features),
                }
            }

            fn date_defaults(&mut self) {
                date(&mut self.conditions);
            }
        }
    )+};
}

class_shape!(GatewayClassStatus XMeshStatus);

impl Onto for GatewayStatus {
    fn own_conditions(&self) -> &[Condition] {
        list(self.conditions.as_ref())
    }

    fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
        let addresses = self.addresses.as_ref().map(|addresses| {
            merge.bounded("status.addresses", ADDRESSES, addresses, |address| address.value.clone())
        });
        let wanted = self.listeners.as_ref();
        let old_conditions = stored.and_then(|stored| stored.conditions.as_ref());
        Self {
            // An address that is not known is not one that is gone.
            addresses: addresses.or_else(|| stored.and_then(|stored| stored.addresses.clone())),
            conditions: conditions(self.conditions.as_ref(), old_conditions, merge),
            listeners: listeners(wanted, stored.and_then(|stored| stored.listeners.as_ref()), merge),
            attached_listener_sets: self
                .attached_listener_sets
                .or_else(|| stored.and_then(|stored| stored.attached_listener_sets)),
        }
    }

    fn date_defaults(&mut self) {
        date(&mut self.conditions);
    }
}

impl Onto for ListenerSetStatus {
    fn own_conditions(&self) -> &[Condition] {
        list(self.conditions.as_ref())
    }

    fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
        let wanted = self.listeners.as_ref();
        let old_conditions = stored.and_then(|stored| stored.conditions.as_ref());
        Self {
            conditions: conditions(self.conditions.as_ref(), old_conditions, merge),
            listeners: listeners(wanted, stored.and_then(|stored| stored.listeners.as_ref()), merge),
        }
    }

    fn date_defaults(&mut self) {
        date(&mut self.conditions);
    }
}

impl Onto for RouteStatus {
    fn controllers(&self) -> Vec<&ControllerName> {
        self.parents.iter().filter_map(Entry::controller).collect()
    }

    fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
        let stored = stored.map_or(&[][..], |stored| &stored.parents);
        Self { parents: merge.entries("status.parents", PARENTS, &self.parents, stored) }
    }
}

impl Onto for PolicyStatus {
    fn controllers(&self) -> Vec<&ControllerName> {
        self.ancestors.iter().filter_map(Entry::controller).collect()
    }

    fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
        let stored = stored.map_or(&[][..], |stored| &stored.ancestors);
        Self { ancestors: merge.entries("status.ancestors", ANCESTORS, &self.ancestors, stored) }
    }
}

impl Onto for XBackendStatus {
    fn controllers(&self) -> Vec<&ControllerName> {
        self.parents.iter().flatten().filter_map(Entry::controller).collect()
    }

    fn merge(&self, stored: Option<&Self>, merge: &mut Merge<'_>) -> Self {
        let old = stored.and_then(|stored| stored.parents.as_ref());
        let merged = merge.entries("status.parents", PARENTS, list(self.parents.as_ref()), list(old));
        Self { parents: (self.parents.is_some() || old.is_some()).then_some(merged) }
    }
}
