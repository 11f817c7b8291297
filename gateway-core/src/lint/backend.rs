//! Backends that get no traffic.

use alloc::format;

use crate::attach::Graph;
use crate::lint::declared::{Findings, declare};
use crate::lint::route;
use crate::model::ObjectKind;
use crate::profile::{Choices, LoneZeroWeight};

declare! {
    WEIGHT_ZERO = "weight-zero-backend", Info,
        "a backend with weight 0 beside others",
        "A backend of weight 0 gets no request while the others of its rule share them all (FILT-100). That is right for a canary that waits; otherwise give it a weight or remove it.";
    ALL_ZERO = "single-backend-weight-zero", Error,
        "a rule whose backends all have weight 0",
        "When the weights of a rule add up to 0 nobody gets its traffic, and it is answered as if there were no valid backend: HTTP 500, gRPC UNAVAILABLE, a closed connection (AMBIG-47). Give at least one backend a weight, or leave `weight` out.";
}

pub(in crate::lint) fn check(graph: &Graph, choices: &Choices, found: &mut Findings) {
    for node in &graph.routes {
        for rule in route::rules(&node.object) {
            let zero = |weight: i32| weight <= 0;
            // AMBIG-47: a profile may give a lone backend all of the traffic.
            if choices.lone_zero_weight == LoneZeroWeight::AllTraffic && rule.backends.len() == 1 {
                continue;
            }
            if rule.backends.is_empty() || rule.filters.iter().any(|view| view.filter.answers()) {
                continue;
            }
            if rule.backends.iter().all(|backend| zero(backend.weight)) {
                let outcome = match node.key.kind {
                    ObjectKind::HttpRoute => "every request is answered with 500",
                    ObjectKind::GrpcRoute => "every call is answered with UNAVAILABLE",
                    ObjectKind::UdpRoute => "every datagram is dropped",
                    _ => "every connection is refused",
                };
                let message = if rule.backends.len() == 1 {
                    format!("the only backend has weight 0: {outcome}")
                } else {
                    format!("all {} backends have weight 0: {outcome}", rule.backends.len())
                };
                let path = format!("{}.backendRefs", rule.path);
                found.add(
                    &ALL_ZERO,
                    &node.key,
                    path,
                    message,
                    "give a backend a weight, or leave `weight` out",
                );
            }
            for backend in rule.backends.iter().filter(|backend| zero(backend.weight)) {
                let message = format!(
                    "{} `{}` has weight 0 and gets no traffic",
                    backend.target.kind, backend.target.name
                );
                found.add(
                    &WEIGHT_ZERO,
                    &node.key,
                    format!("{}.weight", backend.path),
                    message,
                    "give it a weight, or remove the backend",
                );
            }
        }
    }
}
