//! Gateways and ListenerSets (VAL-DOC-01, 04..07, 15).

use alloc::format;
use core::net::IpAddr;

use super::walk::{inside, items, text};
use super::{
    CERTIFICATE_PASSED_THROUGH, HOSTNAME_IS_ADDRESS, LOOSE_WORD, OPTION_WITHOUT_DOMAIN, SELECTOR_MISSING,
    Sheet, TLS_MISSING,
};
use crate::model::{AddressType, FieldPath, ProtocolType, Value};

const PROTOCOLS: [&str; 5] =
    [ProtocolType::HTTP, ProtocolType::HTTPS, ProtocolType::TLS, ProtocolType::TCP, ProtocolType::UDP];
const ADDRESSES: [&str; 3] = [AddressType::IP_ADDRESS, AddressType::HOSTNAME, AddressType::NAMED_ADDRESS];

pub(super) fn gateway(sheet: &mut Sheet<'_>, path: &FieldPath, spec: &Value) {
    listeners(sheet, path, spec);
    if let Some((path, namespaces)) = inside(path, spec, &["allowedListeners", "namespaces"]) {
        selector(sheet, &path, namespaces);
    }
    for (path, address) in items(path, spec, "addresses") {
        if let Some(kind) = text(address, "type") {
            word(sheet, &path.key("type"), kind, &ADDRESSES);
        }
    }
}

pub(super) fn listeners(sheet: &mut Sheet<'_>, path: &FieldPath, spec: &Value) {
    for (path, listener) in items(path, spec, "listeners") {
        if let Some(hostname) = text(listener, "hostname") {
            no_address(sheet, &path.clone().key("hostname"), hostname);
        }
        let protocol = text(listener, "protocol").unwrap_or_default();
        word(sheet, &path.clone().key("protocol"), protocol, &PROTOCOLS);
        if let Some((path, namespaces)) = inside(&path, listener, &["allowedRoutes", "namespaces"]) {
            selector(sheet, &path, namespaces);
        }
        match listener.get("tls") {
            None if protocol == ProtocolType::HTTPS => {
                let message = "the listener speaks HTTPS but has no `tls`";
                sheet.add(&TLS_MISSING, &path, message, "add `tls` with a certificateRef");
            }
            None => {}
            Some(tls) => {
                let path = path.key("tls");
                let references = tls.get("certificateRefs").and_then(Value::as_list).unwrap_or_default();
                if text(tls, "mode") == Some("Passthrough") && !references.is_empty() {
                    let message = "the listener passes TLS through and ignores its certificates";
                    let remedy = "remove the certificateRefs, or use mode Terminate";
                    sheet.add(
                        &CERTIFICATE_PASSED_THROUGH,
                        &path.clone().key("certificateRefs"),
                        message,
                        remedy,
                    );
                }
                options(sheet, &path, tls);
            }
        }
    }
}

/// VAL-DOC-06: keys with a domain.
pub(super) fn options(sheet: &mut Sheet<'_>, path: &FieldPath, owner: &Value) {
    for (key, _) in owner.get("options").and_then(Value::as_map).unwrap_or_default() {
        if !is_prefixed(key) {
            let message = format!("option `{key}` does not begin with a domain");
            let path = path.clone().key("options").key(key.as_str());
            sheet.add(
                &OPTION_WITHOUT_DOMAIN,
                &path,
                message,
                "use the key that the implementation documents, such as `example.com/option`",
            );
        }
    }
}

fn selector(sheet: &mut Sheet<'_>, path: &FieldPath, namespaces: &Value) {
    if text(namespaces, "from") == Some("Selector") && namespaces.get("selector").is_none() {
        let message = "`from: Selector` without a selector selects no namespace";
        sheet.add(&SELECTOR_MISSING, path, message, "add `selector`, or use Same or All");
    }
}

/// VAL-DOC-01
pub(super) fn no_address(sheet: &mut Sheet<'_>, path: &FieldPath, hostname: &str) {
    if hostname.parse::<IpAddr>().is_ok() {
        let message = format!("`{hostname}` is an IP address, which no hostname matches");
        sheet.add(&HOSTNAME_IS_ADDRESS, path, message, "use a name, or leave the hostname out");
    }
}

/// VAL-DOC-15
fn word(sheet: &mut Sheet<'_>, path: &FieldPath, word: &str, known: &[&str]) {
    if !word.is_empty() && !known.contains(&word) && !is_prefixed(word) {
        let message = format!("`{word}` is neither one of {} nor domain-prefixed", known.join(", "));
        sheet.add(&LOOSE_WORD, path, message, "use one of these, or a word of the form `example.com/word`");
    }
}

/// Whether a key is a domain, `/`, and something.
fn is_prefixed(key: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    key.split_once('/').is_some_and(|(domain, name)| !name.is_empty() && domain.split('.').all(is_label))
}
