//! Everything that follows from a snapshot: statuses, and an answer to every request.

mod arrival;
mod credentials;
mod doors;
mod places;
mod security;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::net::IpAddr;

use crate::act::{self, Connection, Decision, Draw, Forward, Reason, Reject};
use crate::attach::{GatewayNode, Graph, Protocol};
use crate::compile::{Index, IndexRules};
use crate::error::BuildError;
use crate::explain::{self, ConnectionExplanation, RequestExplanation, RouteExplanation};
use crate::key::{NamespacedName, ObjectKey};
use crate::matching::{RequestView, WithPath, request_host};
use crate::model::{ControllerName, GatewayStatusAddress, Timestamp};
use crate::profile::{Feature, Profile};
use crate::snapshot::{Change, Snapshot};
use crate::sorted::Sorted;
use crate::status::{self, Author, GeneratedMetadata, KindStatus, MergedStatus, ObjectStatus, StatusWriter};
use crate::table::{GatewayTable, ListenerTable, ServiceTable, Tables};

pub(crate) use arrival::Taker;
pub use arrival::{Arrival, Arrived, Entrance, Transport};
pub use credentials::Credentials;
pub use places::{Place, PlaceHost};
pub use security::{Authorities, Security};

/// A built snapshot. Immutable: share it between threads behind an `Arc`.
#[derive(Clone, Debug)]
pub struct Router {
    graph: Graph,
    tables: Tables,
    /// One for each listener of each Gateway's table.
    indexes: Vec<Arc<[Index]>>,
    profile: Arc<Profile>,
}

/// What [`Router::status_changes_since`] found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusChanges {
    /// Statuses that are new, or not what they were.
    pub changed: Vec<ObjectStatus>,
    /// Objects that had a status and are gone.
    pub removed: Vec<ObjectKey>,
}

impl Router {
    /// Builds everything that follows from the snapshot. A bad object never fails the build: it
    /// becomes a status. Only limits do.
    pub fn build(snapshot: &Snapshot, profile: &Profile) -> Result<Self, BuildError> {
        check_limits(snapshot, profile)?;
        let graph = Graph::build(snapshot, profile);
        let tables = Tables::default().next((snapshot, &graph), (&Graph::default(), &[]), profile);
        let indexes = indexes(&tables, None, profile);
        Ok(Self { graph, tables, indexes, profile: Arc::new(profile.clone()) })
    }

    /// The router of a snapshot that has changed since this one was built: it equals [`Self::build`] of the
    /// snapshot with this router's profile, and shares with this router what no change can reach. A batch
    /// of changes is one rebuild, in any order, and with changes that undo each other.
    ///
    /// `changes` must name every object that was added, replaced or removed since; what else there is in the
    /// list costs time and changes nothing. This router stays as it is: readers go on with it, and what it
    /// does not share is freed when the last of them drops it.
    ///
    /// Everything is built anew when the first object of a kind appears, or the last one goes, that the
    /// profile wants assumed (`Profile::assume`).
    pub fn rebuild(&self, snapshot: &Snapshot, changes: &[Change]) -> Result<Self, BuildError> {
        let profile = &self.profile;
        check_limits(snapshot, profile)?;
        let graph = self.graph.rebuild(snapshot, profile, changes);
        let tables = self.tables.next((snapshot, &graph), (&self.graph, changes), profile);
        let indexes = indexes(&tables, Some(self), profile);
        Ok(Self { graph, tables, indexes, profile: Arc::clone(profile) })
    }

    /// How the objects belong together.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The ordered tables, by Gateway.
    pub fn tables(&self) -> &[Arc<GatewayTable>] {
        &self.tables.gateways
    }

    /// The table of one Gateway; `None` when there is no such Gateway.
    pub fn gateway(&self, namespace: &str, name: &str) -> Option<&GatewayTable> {
        let known = |table: &Arc<GatewayTable>| {
            (table.name.namespace.as_str(), table.name.name.as_str()).cmp(&(namespace, name))
        };
        self.tables()
            .binary_search_by(known)
            .ok()
            .and_then(|index| self.tables().get(index))
            .map(|table| &**table)
    }

    /// The tables of one Service of a mesh; `None` when there is no such Service, or no mesh.
    pub fn service(&self, namespace: &str, name: &str) -> Option<&ServiceTable> {
        let known =
            |known: &NamespacedName| (known.namespace.as_str(), known.name.as_str()).cmp(&(namespace, name));
        self.tables.services.find(known).map(|table| &**table)
    }

    /// The tables of every Service of a mesh, by name.
    pub fn services(&self) -> &Sorted<Arc<ServiceTable>> {
        &self.tables.services
    }

    /// Finds out who takes a connection to a Gateway, or to a Service of a mesh; call it once for each
    /// connection.
    pub fn arrive<'r>(&'r self, entrance: impl Into<Entrance<'r>>, arrival: &Arrival<'_>) -> Arrived<'r> {
        let entrance = entrance.into();
        Arrived::at(entrance, self.indexes_of(entrance), arrival)
    }

    /// The indexes of a Gateway's listeners; none for tables that are not of this router.
    fn indexes_of(&self, entrance: Entrance<'_>) -> &[Index] {
        let Entrance::Gateway(gateway) = entrance else { return &[] };
        let tables = self.tables();
        let position = tables.binary_search_by(|table| table.name.cmp(&gateway.name)).ok();
        let is_ours = |position: &usize| {
            tables.get(*position).is_some_and(|table| core::ptr::eq(&raw const **table, gateway))
        };
        position.filter(is_ours).and_then(|position| self.indexes.get(position)).map_or(&[], |known| known)
    }

    /// Decides about a connection: where its bytes go, or that it carries requests to ask [`Self::route`]
    /// about. Allocates nothing, and cannot panic.
    pub fn connect<'r>(&self, arrived: Arrived<'r>, draw: impl Into<Draw>) -> Connection<'r> {
        match arrived.taker() {
            Taker::Nobody => {
                Connection::Reject(Reject { reason: Reason::NoMatchingListener, listener: None, entry: None })
            }
            Taker::Http(listener) => Connection::Http(listener),
            Taker::Routes(listener, entry) => {
                act::connect(listener, entry, draw.into(), self.profile.choices)
            }
        }
    }

    /// Decides about a request. Cannot panic, and allocates nothing unless the profile wants paths
    /// normalized and this one is not.
    pub fn route<'r>(
        &self,
        arrived: Arrived<'r>,
        request: &impl RequestView,
        draw: impl Into<Draw>,
    ) -> Decision<'r> {
        let choices = &self.profile.choices;
        let path = choices.path_normalization.apply(request.path());
        let request = &WithPath { request, path: &path };
        let host = request_host(request.authority());
        match self.listener(arrived, host) {
            Err((reason, listener)) => act::refuse(reason, listener, request),
            Ok(listener) => match arrived.find(listener, host, request, choices.hosts) {
                Some(entry) => act::decide(listener, entry, request, draw.into(), *choices),
                None => act::refuse(Reason::NoMatchingRoute, Some(listener), request),
            },
        }
    }

    /// The same decision at another backend of its rule, whatever its weight is now: for the token of a
    /// session ([`Decision::sessions`], FILT-181). `backend` is its index in the rule. A decision that no
    /// rule made, or none with such a backend, stays as it is.
    pub fn stay<'r>(
        &self,
        decision: &Decision<'r>,
        backend: usize,
        request: &impl RequestView,
        draw: impl Into<Draw>,
    ) -> Decision<'r> {
        act::at_backend(decision, backend, request, draw.into(), self.profile.choices)
    }

    /// The decision for a retry of a request: as before, or one with a new draw, as the profile chooses
    /// (AMBIG-51).
    pub fn retry<'r>(
        &self,
        forward: &Forward<'r>,
        request: &impl RequestView,
        draw: impl Into<Draw>,
    ) -> Decision<'r> {
        act::again(forward, request, draw.into(), self.profile.choices)
    }

    /// The one listener that handles requests for a host (MATCH-07, MATCH-13).
    pub(crate) fn listener<'r>(
        &self,
        arrived: Arrived<'r>,
        host: &[u8],
    ) -> Result<&'r ListenerTable, (Reason, Option<&'r ListenerTable>)> {
        if let Some(port) = arrived.in_mesh() {
            return Ok(port);
        }
        let carrying = || arrived.listeners().iter().filter(|listener| listener.protocol.carries_http());
        let Some(by_host) = carrying().find(|listener| listener.hostname.matches(host)) else {
            return Err((Reason::NoMatchingListener, None));
        };
        if by_host.protocol == Protocol::Http {
            return Ok(by_host);
        }
        match arrived.by_sni() {
            // The handshake fails: no listener has a certificate for the name.
            None => Err((Reason::NoMatchingListener, None)),
            // The connection is a TLSRoute's: no HTTP is read from it.
            Some(by_sni) if by_sni.protocol == Protocol::Tls => Err((Reason::NoMatchingListener, None)),
            Some(by_sni) if by_sni.key == by_host.key => Ok(by_host),
            Some(by_sni) if self.profile.supports(Feature::GatewayHttpsListenerDetectMisdirectedRequests) => {
                Err((Reason::MisdirectedRequest, Some(by_sni)))
            }
            Some(by_sni) => Ok(by_sni),
        }
    }

    /// The status of every object of ours, ordered by kind and name.
    pub fn statuses(&self) -> Vec<ObjectStatus> {
        self.author().all()
    }

    /// The status of every object of ours as it is written back: merged into the one that the object
    /// of the snapshot holds, at the time given (ATT-190..199).
    pub fn statuses_onto(&self, snapshot: &Snapshot, now: &Timestamp) -> Vec<MergedStatus> {
        let statuses = self.statuses();
        let controllers = self.controllers(snapshot, &statuses);
        let writer = StatusWriter { controllers: &controllers, now };
        let merged = |status: &ObjectStatus| {
            let object = status.key().and_then(|key| snapshot.get(&key));
            status.merged(object.as_ref().and_then(KindStatus::of).as_ref(), writer)
        };
        statuses.iter().map(merged).collect()
    }

    /// Some statuses of this router as they are written back; `stored` says what an object holds already.
    /// With [`Self::status_changes_since`] it does for a change what [`Self::statuses_onto`] does for all.
    pub fn merged_onto(
        &self,
        statuses: &[ObjectStatus],
        snapshot: &Snapshot,
        now: &Timestamp,
        stored: impl Fn(&ObjectKey) -> Option<KindStatus>,
    ) -> Vec<MergedStatus> {
        let controllers = self.controllers(snapshot, statuses);
        let writer = StatusWriter { controllers: &controllers, now };
        let merged = |status: &ObjectStatus| {
            let stored = status.key().and_then(|key| stored(&key));
            status.merged(stored.as_ref(), writer)
        };
        statuses.iter().map(merged).collect()
    }

    /// Writes the addresses that a Gateway got of those that it leaves open ([`Addresses::open`]) into its
    /// status, behind those that it has already. One that is not accepted has none (ATT-112).
    ///
    /// [`Addresses::open`]: crate::attach::Addresses::open
    pub fn give_addresses(&self, status: &mut ObjectStatus, given: impl IntoIterator<Item = IpAddr>) {
        let Some(key) = status.key() else { return };
        let KindStatus::Gateway(status) = &mut status.status else { return };
        let name = NamespacedName::new(key.namespace, key.name);
        let gateways = &self.graph.gateways;
        if !gateways.find(&name).is_some_and(|gateway| gateways[gateway].is_accepted()) {
            return;
        }
        let addresses = status.addresses.get_or_insert_default();
        for address in given {
            let value = address.to_string();
            if addresses.iter().all(|known| known.value != value) {
                addresses.push(GatewayStatusAddress { r#type: Some("IPAddress".into()), value });
            }
        }
        if addresses.is_empty() {
            status.addresses = None;
        }
    }

    /// The names under which entries of statuses are ours (ATT-193).
    fn controllers(&self, snapshot: &Snapshot, statuses: &[ObjectStatus]) -> BTreeSet<ControllerName> {
        let mut names: BTreeSet<_> =
            statuses.iter().flat_map(|status| status.status.controllers()).cloned().collect();
        names.extend(self.profile.controller.clone());
        if self.profile.controller.is_none() {
            // Every controller of the input is ours.
            names.extend(snapshot.gateway_classes.values().map(|class| class.spec.controller_name.clone()));
            names.extend(snapshot.x_meshes.values().map(|mesh| mesh.spec.controller_name.clone()));
        }
        names
    }

    /// The statuses that are not what they were in another router, and the objects that are gone. Of a
    /// router that was rebuilt from the other one this costs what differs, not what is there.
    pub fn status_changes_since(&self, old: &Self) -> StatusChanges {
        if Arc::ptr_eq(&self.profile, &old.profile) || self.profile == old.profile {
            let (changed, removed) = status::changes(self.author(), old.author());
            return StatusChanges { changed, removed };
        }
        let mut before: BTreeMap<_, _> =
            old.statuses().into_iter().filter_map(|status| Some((status.key()?, status))).collect();
        let is_news = |status: &ObjectStatus| {
            let known = status.key().and_then(|key| before.remove(&key));
            known.as_ref() != Some(status)
        };
        let mut changed = self.statuses();
        changed.retain(is_news);
        StatusChanges { changed, removed: before.into_keys().collect() }
    }

    fn author(&self) -> Author<'_> {
        Author { graph: &self.graph, profile: &self.profile }
    }

    /// Labels and annotations for everything that is created for a Gateway of ours; `None` when there is
    /// no such Gateway (MODEL-R35).
    pub fn generated_metadata(&self, namespace: &str, name: &str) -> Option<GeneratedMetadata> {
        let named = |gateway: &&GatewayNode| gateway.name.namespace == namespace && gateway.name.name == name;
        let gateway = self.graph.gateways.iter().find(|gateway| named(gateway) && gateway.is_owned())?;
        Some(status::generated_metadata(gateway, &self.profile))
    }

    /// Why a request is decided as it is: every listener, Route, rule and match that was considered.
    pub fn explain<'r>(
        &self,
        entrance: impl Into<Entrance<'r>>,
        arrival: &Arrival<'_>,
        request: &impl RequestView,
        draw: impl Into<Draw>,
    ) -> RequestExplanation {
        explain::request(self, entrance.into(), arrival, request, draw.into())
    }

    /// Why a connection is decided as it is: every listener and Route that was considered.
    pub fn explain_connection<'r>(
        &self,
        entrance: impl Into<Entrance<'r>>,
        arrival: &Arrival<'_>,
        draw: impl Into<Draw>,
    ) -> ConnectionExplanation {
        explain::connection(self, entrance.into(), arrival, draw.into())
    }

    /// Why a Route is attached or not, for each of its parents; `None` when there is no such Route.
    pub fn explain_route(&self, key: &ObjectKey) -> Option<RouteExplanation> {
        let node = self.graph.route(key)?;
        Some(explain::route(&self.graph, node))
    }

    /// The names of all Gateways that are ours.
    pub fn gateways(&self) -> impl Iterator<Item = &NamespacedName> {
        self.graph.gateways.iter().filter(|gateway| gateway.is_owned()).map(|gateway| &gateway.name)
    }

    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }
}

fn check_limits(snapshot: &Snapshot, profile: &Profile) -> Result<(), BuildError> {
    let (found, limit) = (snapshot.len(), profile.limits.objects);
    if found > limit {
        return Err(BuildError::OverLimit { what: "objects".to_string(), found, limit });
    }
    Ok(())
}

/// The index of every listener of every Gateway. Of an old router's those are kept whose tables are the
/// same, and of the others the hosts that are.
fn indexes(tables: &Tables, old: Option<&Router>, profile: &Profile) -> Vec<Arc<[Index]>> {
    let rules = IndexRules { hash_key: profile.hash_key, limits: &profile.limits };
    let of_gateway = |table: &Arc<GatewayTable>| {
        let known = old.and_then(|old| {
            let index = old.tables().binary_search_by(|known| known.name.cmp(&table.name)).ok()?;
            Some((old.tables().get(index)?, old.indexes.get(index)?))
        });
        if let Some((_, indexes)) = known.filter(|(known, _)| Arc::ptr_eq(known, table)) {
            return Arc::clone(indexes);
        }
        let before: BTreeMap<_, _> = known
            .into_iter()
            .flat_map(|(known, indexes)| known.listeners.iter().zip(indexes.iter()))
            .map(|(listener, index)| (&listener.key, (listener, index)))
            .collect();
        let of_listener = |listener: &Arc<ListenerTable>| match before.get(&listener.key) {
            Some((known, index)) => index.next(&known.hosts, &listener.hosts, rules),
            None => Index::new(&listener.hosts, rules),
        };
        table.listeners.iter().map(of_listener).collect()
    };
    tables.gateways.iter().map(of_gateway).collect()
}
