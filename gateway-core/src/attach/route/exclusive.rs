//! HTTPRoutes and GRPCRoutes are never merged (MATCH-24, ATT-188a, AMBIG-04): of two with a hostname in
//! common on one listener, the older is attached there and the other is not.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::attach::hostname::HostPattern;
use crate::attach::route::{ListenerOwner, ParentEdge, RouteNode, Stop, by_age};
use crate::key::ObjectKey;
use crate::model::ObjectKind;
use crate::profile::LosingRouteKind;

/// A Route that is attached to a listener already.
struct Attached {
    route: ObjectKey,
    hostnames: Vec<HostPattern>,
}

/// What is attached to a listener already, by kind: Routes of one kind never clash.
#[derive(Default)]
struct Listener {
    http: Vec<Attached>,
    grpc: Vec<Attached>,
}

pub(super) fn refuse(routes: &mut [RouteNode], word: LosingRouteKind) {
    let mut listeners: BTreeMap<(ListenerOwner, usize), Listener> = BTreeMap::new();
    for index in by_age(routes) {
        let route = &mut routes[index];
        // A Route that is not accepted in any case takes nothing from others.
        let exclusive = matches!(route.key.kind, ObjectKind::HttpRoute | ObjectKind::GrpcRoute);
        if !exclusive || !route.has_valid_rule() {
            continue;
        }
        for parent in &mut route.parents {
            let ParentEdge::Listeners { owner, candidates } = &mut parent.edge else { continue };
            for candidate in candidates.iter_mut().filter(|candidate| candidate.stop.is_none()) {
                let listener = listeners.entry((*owner, candidate.listener)).or_default();
                let (own, other) = match route.key.kind {
                    ObjectKind::GrpcRoute => (&mut listener.grpc, &listener.http),
                    _ => (&mut listener.http, &listener.grpc),
                };
                if let Some(winner) = other.iter().find(|one| intersect(&one.hostnames, &candidate.hostnames))
                {
                    candidate.stop = Some(Stop::RouteKind(winner.route.clone(), word));
                    candidate.hostnames.clear();
                } else if own.last().is_none_or(|last| last.route != route.key) {
                    // Another parentRef may have attached it a moment ago (AMBIG-56).
                    let hostnames = candidate.hostnames.clone();
                    own.push(Attached { route: route.key.clone(), hostnames });
                }
            }
        }
    }
}

fn intersect(one: &[HostPattern], other: &[HostPattern]) -> bool {
    one.iter().any(|one| other.iter().any(|other| one.intersection(other).is_some()))
}
