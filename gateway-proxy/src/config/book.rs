//! The objects, and the statuses that were last given: changed by one writer at a time.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use gateway_core::model::{Object, Timestamp};
use gateway_core::status::{KindStatus, ObjectStatus};
use gateway_core::{BuildError, NamespacedName, ObjectKey, Profile, Router, Snapshot};

use crate::config::addresses::{self, Giver};
use crate::config::state::State;
use crate::options::Options;
use crate::tls::TlsStore;

/// The objects, and the statuses that were last given.
#[derive(Debug)]
pub(crate) struct Book {
    snapshot: Snapshot,
    giver: Giver,
    /// Statuses as they were given last, and not yet seen in an object.
    statuses: BTreeMap<ObjectKey, ObjectStatus>,
    store: Arc<TlsStore>,
}

/// What a batch of changes comes to.
#[derive(Debug)]
pub(crate) struct Applied {
    pub(crate) state: State,
    /// Statuses that are new or changed.
    pub(crate) statuses: Vec<ObjectStatus>,
    /// Objects that had a status, and are gone.
    pub(crate) removed: Vec<ObjectKey>,
}

impl Book {
    /// An empty one, with the state that follows from nothing.
    pub(crate) fn new(options: &Options, profile: &Profile) -> Result<(Self, State), BuildError> {
        let store = Arc::new(TlsStore::new());
        let book = Self {
            snapshot: Snapshot::new(),
            giver: Giver::new(options.addresses, options.address),
            statuses: BTreeMap::new(),
            store: Arc::clone(&store),
        };
        let router = Router::build(&book.snapshot, profile)?;
        let state = State::new(router, Snapshot::new(), &HashMap::new(), store);
        Ok((book, state))
    }

    /// All statuses as they were given last.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = &ObjectStatus> {
        self.statuses.values()
    }

    /// Changes objects, and works out what follows. After an error everything is as it was.
    pub(crate) fn apply(
        &mut self,
        old: &State,
        upsert: Vec<Object>,
        remove: &[ObjectKey],
    ) -> Result<Applied, BuildError> {
        let mut snapshot = self.snapshot.clone();
        let written: Vec<ObjectKey> = upsert.iter().map(ObjectKey::of).collect();
        let mut changes: Vec<_> = upsert.into_iter().map(|object| snapshot.upsert(object)).collect();
        changes.extend(remove.iter().filter_map(|key| snapshot.remove(key)));
        let router = old.router.rebuild(&snapshot, &changes)?;
        self.snapshot = snapshot;

        let addresses = self.addresses(&router);
        let mut difference = router.status_changes_since(&old.router);
        give_addresses(&router, &mut difference.changed, &addresses);
        let statuses = self.merge(&router, &difference.changed, &written);
        for key in &difference.removed {
            self.statuses.remove(key);
        }
        let state = State::new(router, self.snapshot.clone(), &addresses, Arc::clone(&self.store));
        Ok(Applied { state, statuses, removed: difference.removed })
    }

    /// The addresses that each Gateway listens on.
    fn addresses(&mut self, router: &Router) -> HashMap<NamespacedName, Vec<IpAddr>> {
        let ours = |name: &NamespacedName| router.gateway(&name.namespace, &name.name).is_some();
        self.giver.retain(ours);
        let gateways = router.graph().gateways.iter().filter(|gateway| ours(&gateway.name));
        let listening = gateways.map(|gateway| {
            let mut all: Vec<IpAddr> = addresses::bound(&gateway.addresses.bound).collect();
            all.extend(self.giver.give(&gateway.name, &gateway.addresses));
            (gateway.name.clone(), all)
        });
        listening.collect()
    }

    /// The statuses as they are written back: merged into what objects hold, or into what was given last and
    /// has not come back with an object.
    fn merge(
        &mut self,
        router: &Router,
        changed: &[ObjectStatus],
        written: &[ObjectKey],
    ) -> Vec<ObjectStatus> {
        let held = |key: &ObjectKey| self.snapshot.get(key).as_ref().and_then(KindStatus::of);
        let came_back = |key: &ObjectKey| written.contains(key).then(|| held(key)).flatten();
        let stored = |key: &ObjectKey| {
            let last = || self.statuses.get(key).map(|last| last.status.clone());
            came_back(key).or_else(last).or_else(|| held(key))
        };
        let merged = router.merged_onto(changed, &self.snapshot, &now(), stored);
        for merged in &merged {
            for left_out in &merged.left_out {
                tracing::warn!("{} {}: {left_out}", merged.status.kind, merged.status.metadata.name);
            }
        }
        let statuses: Vec<_> = merged.into_iter().map(|merged| merged.status).collect();
        let keyed = statuses.iter().filter_map(|status| Some((status.key()?, status.clone())));
        self.statuses.extend(keyed);
        statuses
    }
}

/// Writes the addresses that were given out into the statuses of their Gateways.
fn give_addresses(
    router: &Router,
    statuses: &mut [ObjectStatus],
    addresses: &HashMap<NamespacedName, Vec<IpAddr>>,
) {
    for status in statuses {
        let name = NamespacedName::new(
            status.metadata.namespace.clone().unwrap_or_default(),
            status.metadata.name.clone(),
        );
        if let Some(addresses) = addresses.get(&name) {
            router.give_addresses(status, addresses.iter().copied());
        }
    }
}

/// The time in whole seconds, as statuses have it.
fn now() -> Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Timestamp::of_seconds(i64::try_from(seconds).unwrap_or(0))
}
