//! Gateways, ListenerSets and their listeners (AMBIG-01..21, 58).

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use super::declared as rule;
use super::policies::core_group;
use crate::attach::{
    CertificateFault, GatewayNode, Graph, HostPattern, ListenerNode, ListenerOwner, ListenerRefusal,
    ListenerSetNode, Protocol,
};
use crate::key::ObjectKey;
use crate::lint::declared::Findings;
use crate::lint::hostnames::wider;
use crate::model::{FromNamespaces, ListenerTlsConfig, ObjectKind, TlsMode};
use crate::status::{listener_advice, overlap_words};

pub(super) fn check(graph: &Graph, found: &mut Findings) {
    for (index, gateway) in graph.gateways.indexed().filter(|(_, gateway)| gateway.is_owned()) {
        let merged: Vec<_> = graph.owners_of(index).flat_map(|owner| graph.listeners(owner)).collect();
        for listener in &merged {
            check_listener(listener, found);
        }
        isolation(&merged, found);
        check_gateway(graph, gateway, found);
    }
    for set in graph.listener_sets.iter() {
        check_set(graph, set, found);
    }
}

/// AMBIG-11, AMBIG-12
fn check_set(graph: &Graph, set: &ListenerSetNode, found: &mut Findings) {
    let Some(gateway) = set.taken_by().map(|gateway| &graph.gateways[gateway]) else { return };
    let key = ObjectKey::new(ObjectKind::ListenerSet, set.name.namespace.clone(), set.name.name.clone());
    if set.has_valid_listener() && !gateway.is_programmed() {
        let message = "the Gateway is not programmed; here the reason is ParentNotProgrammed";
        let remedy = "correct what keeps the Gateway from being programmed";
        found.add(&rule::PARENT_NOT_PROGRAMMED, &key, "spec.parentRef", message, remedy);
    }
    if let [listener] = set.listeners.as_slice() {
        let mut faults = listener.certificates.problems.iter().map(|problem| &problem.fault);
        if faults.any(|fault| *fault == CertificateFault::NotPermitted) {
            let message =
                "its only listener may not use its certificate; here the set is not accepted and not counted";
            let remedy = "add a ReferenceGrant in the namespace of the Secret";
            found.add(&rule::SET_WITHOUT_GRANT, &key, "spec.listeners[0]", message, remedy);
        }
    }
}

fn check_listener(listener: &ListenerNode, found: &mut Findings) {
    let key = &listener.key.owner;
    let path = format!("spec.listeners[{}]", listener.index);
    let set = key.kind == ObjectKind::ListenerSet;
    if let (Some(ListenerRefusal::Conflict(_)), Some(advice)) = (&listener.refusal, listener_advice(listener))
    {
        let (rule, choice) = if set {
            (&rule::CONFLICT_IN_SET, "here the reason on all three conditions is that of the conflict")
        } else {
            (&rule::CONFLICT_IN_GATEWAY, "here the Gateway may be accepted with its other listeners")
        };
        found.add(rule, key, path.clone(), format!("{}; {choice}", advice.message), advice.remedy);
    }
    let validation = listener.client_validation.as_ref();
    if validation.is_some_and(|validation| validation.usable > 0 && !validation.problems.is_empty()) {
        let message = "some certificate authorities for its clients are invalid; here the listener is accepted and uses the others";
        let remedy = "correct the caCertificateRefs that do not resolve";
        found.add(&rule::SOME_CA_INVALID, key, path.clone(), message, remedy);
    }
    if listener.protocol == Protocol::Https && listener.spec.tls.is_none() {
        let message =
            "the listener has no `tls`, which the documentation requires and the API server does not";
        found.add(&rule::HTTPS_WITHOUT_TLS, key, path.clone(), message, "add `tls` with a certificateRef");
    }
    let allowed = listener.spec.allowed_routes.as_ref();
    for (index, kind) in allowed.iter().flat_map(|allowed| allowed.kinds.iter().flatten()).enumerate() {
        let path = format!("{path}.allowedRoutes.kinds[{index}]");
        if listener.protocol == Protocol::Tls && kind.kind != *ObjectKind::TlsRoute.kind() {
            let message = format!(
                "{} on a TLS listener is allowed by some pages; here it takes TLSRoutes only",
                kind.kind
            );
            found.add(&rule::KIND_ON_TLS, key, path.clone(), message, "list TLSRoute, or use protocol HTTPS");
        }
        core_group(key, &path, kind.group(), found);
    }
    if listener.spec.routes_from() == FromNamespaces::None {
        let message = "`None` is a word of the Go API that the CRD refuses; here it opens nothing";
        found.add(
            &rule::FROM_NONE,
            key,
            format!("{path}.allowedRoutes.namespaces.from"),
            message,
            "use Same, All or Selector",
        );
    }
    let certificates = listener.spec.tls.iter().flat_map(|tls| tls.certificate_refs.iter().flatten());
    for (index, reference) in certificates.enumerate() {
        core_group(key, &format!("{path}.tls.certificateRefs[{index}]"), reference.group(), found);
    }
    let passes = listener.spec.tls.as_ref().map(ListenerTlsConfig::mode) == Some(TlsMode::Passthrough);
    if let Some((_, words)) = overlap_words(listener).filter(|_| set || passes) {
        let what = if set { "a listener of a ListenerSet" } else { "a passthrough listener" };
        let message = format!("{words}; here {what} counts for OverlappingTLSConfig");
        found.add(&rule::OVERLAP_KINDS, key, path, message, "know that elsewhere it may not");
    }
}

/// AMBIG-21: a listener below another one's hostname on the same port.
fn isolation(listeners: &[&ListenerNode], found: &mut Findings) {
    let carrying = || listeners.iter().filter(|one| one.is_accepted() && one.protocol.carries_http());
    let known: BTreeSet<(Option<u16>, &HostPattern)> =
        carrying().map(|one| (one.port, &one.hostname)).collect();
    for listener in carrying() {
        let wider = wider(&listener.hostname);
        let Some(other) = wider.into_iter().find(|wide| known.contains(&(listener.port, wide))) else {
            continue;
        };
        let message = format!(
            "a request for `{}` that no rule here matches could fall through to the listener for `{other}`; here it gets 404",
            listener.hostname,
        );
        let path = format!("spec.listeners[{}].hostname", listener.index);
        let remedy = "attach what should serve the rest to this listener as well";
        found.add(&rule::NO_ISOLATION, &listener.key.owner, path, message, remedy);
    }
}

fn check_gateway(graph: &Graph, gateway: &GatewayNode, found: &mut Findings) {
    let name = &gateway.name;
    let key = ObjectKey::new(ObjectKind::Gateway, name.namespace.clone(), name.name.clone());
    let own_accepted = gateway.listeners.iter().any(ListenerNode::is_accepted);
    let mut sets = gateway.listener_sets.iter().map(|set| graph.listeners(ListenerOwner::ListenerSet(*set)));
    if !own_accepted && sets.any(|listeners| listeners.iter().any(ListenerNode::is_accepted)) {
        let message = "no listener of the Gateway itself is valid, so that its valid ListenerSets are not accepted either";
        found.add(
            &rule::ONLY_SETS_VALID,
            &key,
            "spec.listeners",
            message,
            "give the Gateway one valid listener",
        );
    }
    if gateway.is_default {
        let message = "the condition DefaultGateway has no reason in the API; here it is DefaultGateway";
        found.add(&rule::DEFAULT_GATEWAY, &key, "spec.defaultScope", message, "do not rely on the reason");
    }
    let tls = gateway.object.spec.tls.as_ref();
    let Some(frontend) = tls.and_then(|tls| tls.frontend.as_ref()) else { return };
    for listener in gateway.listeners.iter().filter(|one| one.protocol == Protocol::Tls) {
        let terminates = listener.spec.tls.as_ref().is_none_or(|tls| tls.mode() == TlsMode::Terminate);
        let port = frontend.per_port.iter().flatten().find(|port| port.port == listener.spec.port);
        let config = port.map_or(&frontend.default, |port| &port.tls);
        if terminates && config.validation.is_some() {
            let message =
                "clients of this TLS listener are not verified here; the text speaks of HTTPS traffic only";
            let path = format!("spec.listeners[{}]", listener.index);
            found.add(&rule::FRONTEND_ON_TLS, &key, path, message, "do not rely on client certificates here");
        }
    }
}
