//! References from one namespace into another, of every kind that a ReferenceGrant decides about
//! (REF-10..16), collected once.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::Graph;
use crate::key::ObjectKey;
use crate::lint::route;
use crate::model::{Listener, ObjectKind, SecretObjectReference};
use crate::snapshot::Snapshot;

/// A reference from an object to one of another namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Reference {
    /// Who refers.
    pub(in crate::lint) from: ObjectKey,
    /// The field that refers.
    pub(in crate::lint) path: String,
    pub(in crate::lint) to_group: String,
    pub(in crate::lint) to_kind: String,
    pub(in crate::lint) to_namespace: String,
    pub(in crate::lint) to_name: String,
}

/// Every reference across namespaces, by referrer.
pub(in crate::lint) fn across_namespaces(snapshot: &Snapshot, graph: &Graph) -> Vec<Reference> {
    let mut found = Vec::new();
    for (name, gateway) in &snapshot.gateways {
        let key = ObjectKey::new(ObjectKind::Gateway, name.namespace.clone(), name.name.clone());
        certificates(&mut found, &key, &gateway.spec.listeners);
        let Some(tls) = &gateway.spec.tls else { continue };
        let client = tls.backend.as_ref().and_then(|backend| backend.client_certificate_ref.as_ref());
        if let Some(secret) = client {
            push_secret(&mut found, &key, "spec.tls.backend.clientCertificateRef".to_string(), secret);
        }
        let Some(frontend) = &tls.frontend else { continue };
        let default = ("spec.tls.frontend.default".to_string(), &frontend.default);
        let ports = frontend.per_port.iter().flatten().enumerate();
        let ports = ports.map(|(index, port)| (format!("spec.tls.frontend.perPort[{index}].tls"), &port.tls));
        for (path, config) in core::iter::once(default).chain(ports) {
            let references = config.validation.iter().flat_map(|validation| &validation.ca_certificate_refs);
            for (index, reference) in references.enumerate() {
                push(
                    &mut found,
                    &key,
                    format!("{path}.validation.caCertificateRefs[{index}]"),
                    (&reference.group, &reference.kind),
                    (reference.namespace_or(&key.namespace), &reference.name),
                );
            }
        }
    }
    for (name, set) in &snapshot.listener_sets {
        let key = ObjectKey::new(ObjectKind::ListenerSet, name.namespace.clone(), name.name.clone());
        certificates(&mut found, &key, &set.spec.listeners);
    }
    for (name, backend) in &snapshot.x_backends {
        let key = ObjectKey::new(ObjectKind::XBackend, name.namespace.clone(), name.name.clone());
        if let Some(secret) = backend.spec.tls.as_ref().and_then(|tls| tls.client_certificate_ref.as_ref()) {
            push_secret(&mut found, &key, "spec.tls.clientCertificateRef".to_string(), secret);
        }
    }
    for node in &graph.routes {
        for rule in route::rules(&node.object) {
            for (path, target) in rule.all_targets() {
                let namespace = target.namespace_or(&node.key.namespace);
                push(&mut found, &node.key, path, (target.group, target.kind), (namespace, target.name));
            }
        }
    }
    found
}

fn certificates(found: &mut Vec<Reference>, key: &ObjectKey, listeners: &[Listener]) {
    for (number, listener) in listeners.iter().enumerate() {
        let references = listener.tls.iter().flat_map(|tls| tls.certificate_refs.iter().flatten());
        for (index, secret) in references.enumerate() {
            push_secret(found, key, format!("spec.listeners[{number}].tls.certificateRefs[{index}]"), secret);
        }
    }
}

fn push_secret(found: &mut Vec<Reference>, key: &ObjectKey, path: String, secret: &SecretObjectReference) {
    let namespace = secret.namespace_or(&key.namespace);
    push(found, key, path, (secret.group(), secret.kind()), (namespace, &secret.name));
}

fn push(
    found: &mut Vec<Reference>,
    key: &ObjectKey,
    path: String,
    (to_group, to_kind): (&str, &str),
    (to_namespace, to_name): (&str, &str),
) {
    if to_namespace != key.namespace {
        found.push(Reference {
            from: key.clone(),
            path,
            to_group: to_group.to_string(),
            to_kind: to_kind.to_string(),
            to_namespace: to_namespace.to_string(),
            to_name: to_name.to_string(),
        });
    }
}
