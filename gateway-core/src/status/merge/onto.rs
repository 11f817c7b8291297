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

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec;

    use super::*;
    use crate::model::{
        ConditionStatus, GatewayStatusAddress, ParentReference, PolicyAncestorStatus, XBackendParentStatus,
    };
    use crate::status::StatusWriter;

    fn condition(kind: &str, time: Option<&str>) -> Condition {
        Condition {
            r#type: kind.into(),
            status: ConditionStatus::True,
            reason: "Accepted".into(),
            last_transition_time: time.map(Into::into),
            ..Condition::default()
        }
    }

    /// The merge, and the lists that were full.
    fn merged<T: Onto>(wanted: &T, stored: Option<&T>) -> (T, Vec<String>) {
        let (controllers, now) =
            (BTreeSet::from(["a.test/ctl".into()]), Timestamp::from("2026-01-02T03:04:05Z"));
        let writer = StatusWriter { controllers: &controllers, now: &now };
        let mut merge = Merge { writer, generation: 1, left_out: Vec::new() };
        let merged = wanted.onto(stored, &mut merge);
        (merged, merge.left_out.into_iter().map(|one| format!("{} {}", one.list, one.entry)).collect())
    }

    fn ancestor(index: usize, controller: &str) -> PolicyAncestorStatus {
        PolicyAncestorStatus {
            ancestor_ref: ParentReference {
                name: format!("gw{index}").as_str().into(),
                ..Default::default()
            },
            controller_name: controller.into(),
            conditions: vec![condition("Accepted", None)],
        }
    }

    #[test]
    fn att_193_and_197_policies() {
        let stored: Vec<_> = (0..15).map(|index| ancestor(index, "b.test/ctl")).collect();
        let wanted = PolicyStatus { ancestors: vec![ancestor(0, "a.test/ctl"), ancestor(1, "a.test/ctl")] };
        let (status, left_out) = merged(&wanted, Some(&PolicyStatus { ancestors: stored.clone() }));
        assert_eq!(status.ancestors[..15], stored);
        assert_eq!(status.ancestors[15].controller_name, "a.test/ctl");
        assert_eq!(left_out, ["status.ancestors Gateway gw1"]);
    }

    #[test]
    fn att_197_addresses() {
        let address = |index| GatewayStatusAddress { r#type: None, value: format!("192.0.2.{index}") };
        let wanted =
            GatewayStatus { addresses: Some((0..17).map(address).collect()), ..GatewayStatus::default() };
        let (status, left_out) = merged(&wanted, None);
        assert_eq!(status.addresses.map(|addresses| addresses.len()), Some(16));
        assert_eq!(left_out, ["status.addresses 192.0.2.16"]);
    }

    #[test]
    fn the_other_shapes() {
        let old = "2025-01-01T00:00:00Z";
        let stored = ListenerSetStatus {
            conditions: Some(vec![condition("Accepted", Some(old))]),
            listeners: Some(vec![ListenerStatus { name: "gone".into(), ..ListenerStatus::default() }]),
        };
        let wanted = ListenerSetStatus {
            conditions: Some(vec![condition("Accepted", None)]),
            listeners: Some(vec![ListenerStatus { name: "a".into(), ..ListenerStatus::default() }]),
        };
        let (set, _) = merged(&wanted, Some(&stored));
        assert_eq!(set.conditions, stored.conditions);
        assert_eq!(set.listeners, wanted.listeners);

        let mesh = XMeshStatus { conditions: wanted.conditions.clone(), supported_features: None };
        let known = XMeshStatus { conditions: None, supported_features: Some(Vec::new()) };
        let (mesh, _) = merged(&mesh, Some(&known));
        assert_eq!(mesh.supported_features, Some(Vec::new()));
        assert!(list(mesh.conditions.as_ref()).iter().all(|one| one.last_transition_time.is_some()));

        let parent = |controller: &str| XBackendParentStatus {
            parent_ref: ParentReference::default(),
            controller_name: controller.into(),
            conditions: None,
        };
        let held = XBackendStatus { parents: Some(vec![parent("a.test/ctl"), parent("b.test/ctl")]) };
        let (backend, _) = merged(&XBackendStatus::default(), Some(&held));
        assert_eq!(backend.parents, Some(vec![parent("b.test/ctl")]));
    }
}
