//! Every match of every rule with the places where it could take requests, and what takes them instead.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::attach::{HostPattern, Protocol};
use crate::key::{ListenerKey, ObjectKey};
use crate::lint::hostnames::wider;
use crate::lint::shadow::candidate::Candidate;
use crate::lint::shadow::cover::covers;
use crate::lint::shadow::search::covering;
use crate::profile::Feature;
use crate::router::Router;
use crate::table::{GatewayTable, ListenerTable};

/// A match of a rule: Route, rule, match.
pub(super) type MatchId<'r> = (&'r ObjectKey, usize, usize);

/// A hostname of a listener where a match could take requests.
#[derive(Clone, Copy)]
pub(super) struct Place<'r> {
    pub(super) listener: &'r ListenerKey,
    pub(super) candidate: Candidate<'r>,
    /// What takes all its requests; `None` when some may reach it.
    pub(super) taken: Option<Taken<'r>>,
}

/// What takes the requests of a match.
#[derive(Clone, Copy)]
pub(super) enum Taken<'r> {
    /// A match that comes first.
    Match(Candidate<'r>),
    /// Another listener of the port with a narrower hostname (MATCH-07).
    Listener(&'r ListenerTable),
}

impl<'r> Place<'r> {
    /// The match that takes the same requests for another Route.
    pub(super) fn original(&self) -> Option<Candidate<'r>> {
        let Some(Taken::Match(winner)) = self.taken else { return None };
        let same = covers(self.candidate.conditions, winner.conditions);
        (same && winner.route != self.candidate.route).then_some(winner)
    }
}

/// All places, by match.
pub(super) fn places(router: &Router) -> BTreeMap<MatchId<'_>, Vec<Place<'_>>> {
    let mut places: BTreeMap<MatchId<'_>, Vec<Place<'_>>> = BTreeMap::new();
    let misdirected = router.profile().supports(Feature::GatewayHttpsListenerDetectMisdirectedRequests);
    for gateway in router.tables() {
        let by_hostname = by_hostname(gateway);
        for (number, listener) in gateway.listeners.iter().enumerate() {
            let candidates: Vec<_> = listener.entries().map(Candidate::from).collect();
            let covering = covering(&candidates);
            for (candidate, winner) in candidates.iter().zip(covering) {
                let elsewhere = || {
                    let other = narrower(&by_hostname, listener.port, candidate.hostname, number)?;
                    let other = &gateway.listeners[other];
                    // Without the check a request may come in by the SNI of this listener (MATCH-13).
                    (other.protocol == Protocol::Http || misdirected).then_some(Taken::Listener(other))
                };
                let taken = winner.map(|winner| Taken::Match(candidates[winner])).or_else(elsewhere);
                let id = (candidate.route, candidate.rule, candidate.index);
                let place = Place { listener: &listener.key, candidate: *candidate, taken };
                places.entry(id).or_default().push(place);
            }
        }
    }
    places
}

type ByHostname<'r> = BTreeMap<(u16, &'r HostPattern), usize>;

/// The listeners that carry HTTP, by port and hostname.
fn by_hostname(gateway: &GatewayTable) -> ByHostname<'_> {
    let listeners = gateway.listeners.iter().enumerate().rev();
    let listeners = listeners.filter(|(_, listener)| listener.protocol.carries_http());
    listeners.map(|(index, listener)| ((listener.port, &listener.hostname), index)).collect()
}

/// The first listener, before the one of that number, that gets every request for the hostname.
fn narrower(listeners: &ByHostname<'_>, port: u16, hostname: &HostPattern, number: usize) -> Option<usize> {
    let before =
        |hostname: &HostPattern| listeners.get(&(port, hostname)).copied().filter(|index| *index < number);
    if *hostname == HostPattern::Any {
        return None;
    }
    core::iter::once(hostname.clone()).chain(wider(hostname)).filter_map(|wide| before(&wide)).min()
}
