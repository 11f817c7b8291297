//! HTTPRoutes and GRPCRoutes are never merged (MATCH-24, ATT-188a, AMBIG-04): of two with a hostname in
//! common on one listener, the older is attached there and the other is not.
//!
//! Listeners are independent of each other here, so that only those are judged anew where a Route of one of
//! the kinds changed and the other kind occurs.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::attach::hostname::HostPattern;
use crate::attach::infrastructure::Infrastructure;
use crate::attach::reads::Read;
use crate::attach::route::taken::Taken;
use crate::attach::route::{ListenerOwner, ParentEdge, RouteNode, Routes, Stop, by_age, listeners};
use crate::key::ObjectKey;
use crate::model::ObjectKind;
use crate::profile::LosingRouteKind;

const KINDS: [ObjectKind; 2] = [ObjectKind::HttpRoute, ObjectKind::GrpcRoute];

/// The listeners of one owner that Routes came to or left, and the kinds of Routes that did.
#[derive(Default)]
struct Touched {
    listeners: BTreeSet<usize>,
    kinds: BTreeSet<ObjectKind>,
}

/// What is attached to a listener already, by kind: Routes of one kind never clash.
#[derive(Default)]
struct Listener {
    http: Taken,
    grpc: Taken,
}

/// What becomes of one candidate.
struct Verdict {
    route: Arc<ObjectKey>,
    parent: usize,
    candidate: usize,
    hostnames: Vec<HostPattern>,
    stop: Option<Stop>,
}

pub(super) fn refuse(
    routes: &mut Routes,
    old: &Routes,
    infrastructure: &Infrastructure,
    word: LosingRouteKind,
) {
    for (owner, touched) in touched(routes, old) {
        let Some((kind, name)) = infrastructure.owner(owner) else { continue };
        let of_kind = |route| routes.readers(Read::Listeners(kind, route, name).number());
        let occurs = |route| touched.kinds.contains(&route) || of_kind(route).next().is_some();
        if !KINDS.into_iter().all(occurs) {
            continue;
        }
        let mut nodes: Vec<_> = KINDS.into_iter().flat_map(of_kind).collect();
        by_age(&mut nodes);
        let verdicts = judge(&nodes, owner, &touched.listeners, infrastructure, word);
        for verdict in verdicts {
            routes.change(&verdict.route, |route| {
                let edge = route.parents.get_mut(verdict.parent).map(|parent| &mut parent.edge);
                let Some(ParentEdge::Listeners { candidates, .. }) = edge else { return };
                if let Some(candidate) = candidates.get_mut(verdict.candidate) {
                    candidate.stop = verdict.stop;
                    candidate.hostnames = verdict.hostnames;
                }
            });
        }
    }
}

fn touched(routes: &Routes, old: &Routes) -> BTreeMap<ListenerOwner, Touched> {
    let mut found: BTreeMap<ListenerOwner, Touched> = BTreeMap::new();
    let mut add = |route: &RouteNode| {
        if !KINDS.contains(&route.key.kind) || !route.has_valid_rule() {
            return;
        }
        for parent in &route.parents {
            let ParentEdge::Listeners { owner, candidates } = &parent.edge else { continue };
            let reached = candidates.iter().filter(|one| is_eligible(one.stop.as_ref()));
            let mut reached = reached.map(|candidate| candidate.listener).peekable();
            if reached.peek().is_some() {
                let touched = found.entry(*owner).or_default();
                touched.listeners.extend(reached);
                touched.kinds.insert(route.key.kind);
            }
        }
    };
    routes.differences(old, |before, after| before.into_iter().chain(after).for_each(|route| add(route)));
    found
}

/// Whether nothing but a Route of the other kind could keep it from the listener.
fn is_eligible(stop: Option<&Stop>) -> bool {
    matches!(stop, None | Some(Stop::RouteKind(..)))
}

/// What is to change about Routes, the oldest first, on listeners of one owner.
fn judge(
    routes: &[&Arc<RouteNode>],
    owner: ListenerOwner,
    judged: &BTreeSet<usize>,
    infrastructure: &Infrastructure,
    word: LosingRouteKind,
) -> Vec<Verdict> {
    let nodes = infrastructure.listeners(owner);
    let mut state: BTreeMap<usize, Listener> = BTreeMap::new();
    let mut verdicts = Vec::new();
    for (order, route) in routes.iter().enumerate() {
        let is_valid = route.has_valid_rule();
        for (index, parent) in route.parents.iter().enumerate() {
            let ParentEdge::Listeners { owner: named, candidates } = &parent.edge else { continue };
            if *named != owner {
                continue;
            }
            let eligible = candidates.iter().enumerate().filter(|(_, candidate)| {
                judged.contains(&candidate.listener) && is_eligible(candidate.stop.as_ref())
            });
            for (place, candidate) in eligible {
                let listener = state.entry(candidate.listener).or_default();
                let (own, other) = match route.key.kind {
                    ObjectKind::GrpcRoute => (&mut listener.grpc, &listener.http),
                    _ => (&mut listener.http, &listener.grpc),
                };
                let hostnames = if candidate.stop.is_none() {
                    candidate.hostnames.clone()
                } else {
                    nodes
                        .get(candidate.listener)
                        .map(|node| listeners::shared(&route.object, node))
                        .unwrap_or_default()
                };
                // A Route that is not accepted in any case takes nothing from others.
                let winner = if is_valid { other.oldest(&hostnames) } else { None };
                let stop =
                    winner.and_then(|winner| Some(Stop::RouteKind((*routes.get(winner)?.key).clone(), word)));
                if stop.is_none() && is_valid {
                    // Another parentRef may have attached it a moment ago, which is the same (AMBIG-56).
                    own.take(&hostnames, order);
                }
                if stop != candidate.stop {
                    let hostnames = if stop.is_none() { hostnames } else { Vec::new() };
                    verdicts.push(Verdict {
                        route: route.key.clone(),
                        parent: index,
                        candidate: place,
                        hostnames,
                        stop,
                    });
                }
            }
        }
    }
    verdicts
}
