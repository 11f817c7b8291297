//! Hints about the input as a whole.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::Graph;
use crate::key::ObjectKey;
use crate::lint::declared::{Findings, declare};
use crate::lint::references;
use crate::lint::{Finding, route};
use crate::model::{FromNamespaces, Listener, ObjectKind};
use crate::profile::Profile;
use crate::snapshot::Snapshot;

declare! {
    KINDS_ABSENT = "kinds-absent", Info,
        "the input refers to a kind of which it holds no object",
        "A repository often holds only a part of what a cluster does, and then every reference to the rest looks broken. When a kind is wholly absent, `--assume KIND` takes its objects as existing; without it the findings that follow from the absence are told as they would be in a cluster without them.";
    KINDS_ASSUMED = "kinds-assumed", Info,
        "objects of a kind are assumed to exist",
        "The caller asked to take objects of this kind as existing and as permitting, because the input holds none. What the checks say rests on that: a misspelt name is not noticed.";
}

/// One hint for each kind that is referred to and wholly absent: to assume it, or that it is assumed.
pub(in crate::lint) fn check(snapshot: &Snapshot, graph: &Graph, profile: &Profile, found: &mut Findings) {
    for (absent, referrers) in wanted(snapshot, graph) {
        if snapshot.count(absent) > 0 {
            continue;
        }
        let example: Vec<_> = referrers.iter().take(2).map(|key| format!("{key}")).collect();
        let more = referrers.len().saturating_sub(example.len());
        let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let (kind, who) = (absent.kind(), format!("{}{and_more}", example.join(", ")));
        let (rule, message, remedy) = if profile.assume.contains(&absent) {
            let message = format!("the input holds no {kind}; those that objects need are assumed: {who}");
            (&KINDS_ASSUMED, message, "add them to the input to have them checked".into())
        } else {
            let message = format!("the input holds no {kind}, but objects need some: {who}");
            (&KINDS_ABSENT, message, format!("add them to the input, or pass `--assume {kind}`"))
        };
        found.push(Finding {
            rule: rule.id,
            severity: rule.severity,
            object: None,
            path: String::new(),
            message,
            remedy,
        });
    }
}

/// Who needs objects of which kind.
fn wanted(snapshot: &Snapshot, graph: &Graph) -> BTreeMap<ObjectKind, BTreeSet<ObjectKey>> {
    let mut wanted: BTreeMap<ObjectKind, BTreeSet<ObjectKey>> = BTreeMap::new();
    let mut want = |group: &str, kind: &str, from: &ObjectKey| {
        if let Some(kind) = ObjectKind::from_group_kind(group, kind) {
            wanted.entry(kind).or_default().insert(from.clone());
        }
    };
    let listeners =
        |key: &ObjectKey, listeners: &[Listener], want: &mut dyn FnMut(&str, &str, &ObjectKey)| {
            for listener in listeners {
                for secret in listener.tls.iter().flat_map(|tls| tls.certificate_refs.iter().flatten()) {
                    want(secret.group(), secret.kind(), key);
                }
                if listener.routes_from() == FromNamespaces::Selector {
                    want("", ObjectKind::Namespace.kind(), key);
                }
            }
        };
    for (name, gateway) in &snapshot.gateways {
        let key = ObjectKey::new(ObjectKind::Gateway, name.namespace.clone(), name.name.clone());
        want(ObjectKind::GatewayClass.group(), ObjectKind::GatewayClass.kind(), &key);
        listeners(&key, &gateway.spec.listeners, &mut want);
        if gateway.spec.listeners_from() == FromNamespaces::Selector && !snapshot.listener_sets.is_empty() {
            want("", ObjectKind::Namespace.kind(), &key);
        }
        let tls = gateway.spec.tls.as_ref();
        let client = tls.and_then(|tls| tls.backend.as_ref()?.client_certificate_ref.as_ref());
        if let Some(secret) = client {
            want(secret.group(), secret.kind(), &key);
        }
        let frontend = tls.and_then(|tls| tls.frontend.as_ref());
        let configs = frontend.iter().flat_map(|frontend| {
            let ports = frontend.per_port.iter().flatten().map(|port| &port.tls);
            core::iter::once(&frontend.default).chain(ports)
        });
        for reference in
            configs.filter_map(|config| config.validation.as_ref()).flat_map(|one| &one.ca_certificate_refs)
        {
            want(&reference.group, &reference.kind, &key);
        }
    }
    for (name, set) in &snapshot.listener_sets {
        let key = ObjectKey::new(ObjectKind::ListenerSet, name.namespace.clone(), name.name.clone());
        want(set.spec.parent_ref.group(), set.spec.parent_ref.kind(), &key);
        listeners(&key, &set.spec.listeners, &mut want);
    }
    for (name, policy) in &snapshot.backend_tls_policies {
        let key = ObjectKey::new(ObjectKind::BackendTlsPolicy, name.namespace.clone(), name.name.clone());
        for target in &policy.spec.target_refs {
            want(&target.group, &target.kind, &key);
        }
        for reference in policy.spec.validation.ca_certificate_refs.iter().flatten() {
            want(&reference.group, &reference.kind, &key);
        }
    }
    for node in &graph.routes {
        for parent in node.object.parent_refs() {
            want(parent.group(), parent.kind(), &node.key);
        }
        for rule in route::rules(&node.object) {
            for (_, target) in rule.all_targets() {
                want(target.group, target.kind, &node.key);
            }
        }
    }
    for reference in references::across_namespaces(snapshot, graph) {
        want(ObjectKind::ReferenceGrant.group(), ObjectKind::ReferenceGrant.kind(), &reference.from);
    }
    wanted
}
