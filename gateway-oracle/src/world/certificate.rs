//! Certificates of listeners and authorities of clients and backends, as far as attachment needs them.
//!
//! Only the frame of PEM is looked at: whether a key belongs to its certificate decides no traffic here.

use gateway_core::ObjectKind;
use gateway_core::model::{FrontendTlsValidation, Gateway, Listener, Secret, SecretObjectReference, TlsMode};

use super::World;
use super::grant::{End, permitted};

/// ATT-061, ATT-062, AMBIG-05: whether a listener that terminates TLS has its certificates.
pub(crate) fn listener_has_certificates(
    world: &World,
    owner: ObjectKind,
    namespace: &str,
    listener: &Listener,
) -> bool {
    let terminates = match listener.protocol.as_str() {
        "HTTPS" => true,
        "TLS" => listener.tls.as_ref().is_none_or(|tls| tls.mode() == TlsMode::Terminate),
        _ => false,
    };
    let references = listener.tls.iter().flat_map(|tls| tls.certificate_refs.iter().flatten());
    let mut references = references.peekable();
    !terminates
        || (references.peek().is_some() && references.all(|one| certificate(world, owner, namespace, one)))
}

/// REF-10, REF-11, REF-31..REF-34, REF-45.
pub(crate) fn certificate(
    world: &World,
    owner: ObjectKind,
    own: &str,
    reference: &SecretObjectReference,
) -> bool {
    let namespace = reference.namespace_or(own);
    let to = End { group: reference.group(), kind: reference.kind(), namespace };
    if !permitted(world, End::of(owner, own), to, &reference.name) {
        return false;
    }
    if (reference.group(), reference.kind()) != ("", "Secret") {
        return false;
    }
    if world.assumes(ObjectKind::Secret, world.secrets.len()) {
        return true;
    }
    let secret = world.secrets.iter().find(|one| super::is(&one.metadata, namespace, &reference.name));
    secret.is_some_and(|secret| {
        secret.r#type.as_deref() == Some(Secret::TLS)
            && secret.value("tls.crt").is_some_and(|text| is_pem(&text, "CERTIFICATE-----"))
            && secret.value("tls.key").is_some_and(|text| is_pem(&text, "PRIVATE KEY-----"))
    })
}

/// ATT-080: what a client of an HTTPS listener must show.
fn validation<'a>(gateway: &'a Gateway, listener: &Listener) -> Option<&'a FrontendTlsValidation> {
    let frontend = gateway.spec.tls.as_ref()?.frontend.as_ref()?;
    let port = frontend.per_port.iter().flatten().find(|one| one.port == listener.port);
    port.map_or(&frontend.default, |port| &port.tls).validation.as_ref()
}

/// ATT-053, ATT-081, ATT-083: whether every authority that applies to a listener is bad.
pub(crate) fn no_valid_authority(world: &World, gateway: &Gateway, listener: &Listener) -> bool {
    if listener.protocol.as_str() != "HTTPS" {
        return false;
    }
    let own = super::namespace(&gateway.metadata);
    validation(gateway, listener).is_some_and(|validation| {
        !validation.ca_certificate_refs.iter().any(|one| {
            let namespace = one.namespace_or(own);
            let to = End { group: &one.group, kind: &one.kind, namespace };
            permitted(world, End::of(ObjectKind::Gateway, own), to, &one.name)
                && (one.group.as_str(), one.kind.as_str()) == ("", "ConfigMap")
                && authority(world, namespace, &one.name)
        })
    })
}

/// REF-46: a ConfigMap that holds an authority.
pub(crate) fn authority(world: &World, namespace: &str, name: &str) -> bool {
    if world.assumes(ObjectKind::ConfigMap, world.config_maps.len()) {
        return true;
    }
    let found = world.config_map(namespace, name).and_then(|one| one.data.as_ref()?.get("ca.crt"));
    found.is_some_and(|text| is_pem(text.as_bytes(), "CERTIFICATE-----"))
}

fn is_pem(text: &[u8], label: &str) -> bool {
    let text = String::from_utf8_lossy(text);
    text.lines().any(|line| line.starts_with("-----BEGIN ") && line.trim_end().ends_with(label))
        && text.lines().any(|line| line.starts_with("-----END ") && line.trim_end().ends_with(label))
}
