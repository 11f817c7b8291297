//! How many Routes are attached to each listener (ATT-120).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::route::{ListenerOwner, ParentEdge, RouteNode, Routes};
use crate::sorted::{Keyed, Sorted};

/// The numbers for every owner of listeners that has some.
pub(crate) type Attached = Sorted<OfOwner>;

/// The numbers of one owner, by the index of the listener; what is beyond the end is 0.
#[derive(Clone, Debug)]
pub(crate) struct OfOwner {
    pub(super) owner: ListenerOwner,
    pub(super) listeners: Arc<Vec<usize>>,
}

impl Keyed for OfOwner {
    type Key = ListenerOwner;

    fn key(&self) -> &ListenerOwner {
        &self.owner
    }
}

/// Brings the numbers up to date with the Routes.
pub(super) fn next(old: &Attached, routes: &Routes, old_routes: &Routes) -> Attached {
    let mut changes: BTreeMap<ListenerOwner, BTreeMap<usize, isize>> = BTreeMap::new();
    let mut add = |route: &RouteNode, step: isize| {
        for (owner, listener) in attached(route) {
            *changes.entry(owner).or_default().entry(listener).or_default() += step;
        }
    };
    routes.differences(old_routes, |before, after| {
        for (route, step) in before.map(|route| (route, -1)).into_iter().chain(after.map(|route| (route, 1)))
        {
            add(route, step);
        }
    });
    let mut next = old.clone();
    for (owner, steps) in changes {
        if steps.values().all(|step| *step == 0) {
            continue;
        }
        let known = old.get(&owner);
        let mut listeners = known.map(|known| (*known.listeners).clone()).unwrap_or_default();
        for (listener, step) in steps {
            if listeners.len() <= listener {
                listeners.resize(listener + 1, 0);
            }
            listeners[listener] = listeners[listener].saturating_add_signed(step);
        }
        while listeners.last() == Some(&0) {
            listeners.pop();
        }
        if listeners.is_empty() {
            next.remove(&owner);
        } else {
            next.insert(OfOwner { owner, listeners: Arc::new(listeners) });
        }
    }
    next
}

/// ATT-120: a Route counts once for a listener, however many of its parentRefs select it.
fn attached(route: &RouteNode) -> Vec<(ListenerOwner, usize)> {
    let mut found = BTreeSet::new();
    if route.has_valid_rule() {
        for parent in &route.parents {
            if let ParentEdge::Listeners { owner, candidates } = &parent.edge {
                let listeners = candidates.iter().filter(|candidate| candidate.stop.is_none());
                found.extend(listeners.map(|candidate| (*owner, candidate.listener)));
            }
        }
    }
    found.into_iter().collect()
}
