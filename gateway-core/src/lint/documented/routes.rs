//! Routes (VAL-DOC-01..03, 09..12).

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::gateways::no_address;
use super::walk::{inside, items, text};
use super::{
    HEADER_ACTIONS, NAMES_REPEATED, PREFIX_WITHOUT_PREFIX, REPLACEMENT_NOT_ABSOLUTE, RETRY_CODE, RULE_NAMES,
    Sheet,
};
use crate::model::{FieldPath, ObjectKind, Value};
use crate::validate::Channel;

/// Retry codes that every implementation of retries supports.
const RETRIED: [i64; 4] = [500, 502, 503, 504];

pub(super) fn route(sheet: &mut Sheet<'_>, path: &FieldPath, spec: &Value, channel: Channel) {
    for (path, hostname) in items(path, spec, "hostnames") {
        // The schema refuses addresses in a TLSRoute itself.
        if let Some(hostname) = hostname.as_str().filter(|_| sheet.key.kind != ObjectKind::TlsRoute) {
            no_address(sheet, &path, hostname);
        }
    }
    let rules = items(path, spec, "rules");
    let http_like = matches!(sheet.key.kind, ObjectKind::HttpRoute | ObjectKind::GrpcRoute);
    // In the experimental channel a rule of the CRD sees to it for HTTPRoute and GRPCRoute.
    if !http_like || channel == Channel::Standard {
        let names =
            rules.iter().filter_map(|(path, rule)| Some((path.clone().key("name"), text(rule, "name")?)));
        repeated(
            names,
            |name| name.into(),
            |path, name, first| {
                let message = format!("the name `{name}` is also that of `{first}`");
                sheet.add(&RULE_NAMES, path, message, "rename one of the rules");
            },
        );
    }
    for (path, rule) in rules {
        for (path, one) in items(&path, rule, "matches") {
            names_repeated(sheet, items(&path, one, "headers"));
            names_repeated(sheet, items(&path, one, "queryParams"));
        }
        let prefixed = prefix_matched(rule);
        filters(sheet, &path, rule, prefixed);
        for (path, backend) in items(&path, rule, "backendRefs") {
            filters(sheet, &path, backend, prefixed);
        }
        if let Some((path, retry)) = inside(&path, rule, &["retry"]) {
            for (path, code) in items(&path, retry, "codes") {
                let code = code.as_i64().filter(|code| (400..=599).contains(code) && !RETRIED.contains(code));
                if let Some(code) = code {
                    let message = format!("retries after {code} need not be supported");
                    sheet.add(
                        &RETRY_CODE,
                        &path,
                        message,
                        "use 500, 502, 503 and 504, or ask the implementation",
                    );
                }
            }
        }
    }
}

/// Whether the prefix of a path can be replaced: one match, of type PathPrefix. A rule without matches
/// matches the prefix `/`.
fn prefix_matched(rule: &Value) -> bool {
    let matches = rule.get("matches").and_then(Value::as_list).unwrap_or_default();
    let kind = |one: &Value| {
        one.get("path").and_then(|path| text(path, "type")).unwrap_or("PathPrefix") == "PathPrefix"
    };
    matches.len() <= 1 && matches.iter().all(kind)
}

fn filters(sheet: &mut Sheet<'_>, path: &FieldPath, owner: &Value, prefixed: bool) {
    for (path, filter) in items(path, owner, "filters") {
        for field in ["requestHeaderModifier", "responseHeaderModifier"] {
            if let Some((path, modifier)) = inside(&path, filter, &[field]) {
                header_modifier(sheet, &path, modifier);
            }
        }
        for field in ["requestRedirect", "urlRewrite"] {
            if let Some((path, target)) = inside(&path, filter, &[field]) {
                if let Some(hostname) = text(target, "hostname") {
                    no_address(sheet, &path.clone().key("hostname"), hostname);
                }
                if let Some((path, modifier)) = inside(&path, target, &["path"]) {
                    path_modifier(sheet, &path, modifier, prefixed);
                }
            }
        }
    }
}

fn path_modifier(sheet: &mut Sheet<'_>, path: &FieldPath, modifier: &Value, prefixed: bool) {
    for field in ["replaceFullPath", "replacePrefixMatch"] {
        let Some(replacement) = text(modifier, field) else { continue };
        // An empty prefix takes the matched one away.
        let absolute =
            replacement.starts_with('/') || (replacement.is_empty() && field == "replacePrefixMatch");
        if !absolute {
            let message = format!("`{replacement}` is no absolute path");
            let remedy = format!("write `/{replacement}`");
            sheet.add(&REPLACEMENT_NOT_ABSOLUTE, &path.clone().key(field), message, &remedy);
        }
    }
    if text(modifier, "type") == Some("ReplacePrefixMatch") && !prefixed {
        let message = "the prefix is replaced, but the rule has not exactly one match of type PathPrefix";
        sheet.add(&PREFIX_WITHOUT_PREFIX, path, message, "give the rule one match, of type PathPrefix");
    }
}

fn header_modifier(sheet: &mut Sheet<'_>, path: &FieldPath, modifier: &Value) {
    let mut actions: Vec<(FieldPath, &str)> = Vec::new();
    for field in ["set", "add"] {
        let headers = items(path, modifier, field);
        names_repeated(sheet, headers.clone());
        actions.extend(headers.into_iter().filter_map(|(path, header)| Some((path, text(header, "name")?))));
    }
    let removed = items(path, modifier, "remove");
    actions.extend(removed.into_iter().filter_map(|(path, name)| Some((path, name.as_str()?))));
    let mut first: BTreeMap<String, FieldPath> = BTreeMap::new();
    for (path, name) in actions {
        let known = first.entry(name.to_ascii_lowercase()).or_insert_with(|| path.clone());
        if known.parent() != path.parent() {
            let message = format!("header `{name}` has another action at `{known}`");
            sheet.add(&HEADER_ACTIONS, &path, message, "keep one action for each header");
        }
    }
}

/// VAL-DOC-02; exact duplicates are refused by the schema.
fn names_repeated(sheet: &mut Sheet<'_>, items: Vec<(FieldPath, &Value)>) {
    let names: Vec<_> =
        items.into_iter().filter_map(|(path, one)| Some((path, text(one, "name")?))).collect();
    let mut exact: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name) in &names {
        *exact.entry(name).or_default() += 1;
    }
    repeated(names.iter().cloned(), str::to_ascii_lowercase, |path, name, first| {
        if exact.get(name).copied() == Some(1) {
            let message = format!("`{name}` is the name at `{first}` in another case, and is ignored");
            sheet.add(&NAMES_REPEATED, path, message, "remove one of the two");
        }
    });
}

/// Tells every name that came before, with the place where it came first.
fn repeated<'v>(
    names: impl Iterator<Item = (FieldPath, &'v str)>,
    same: impl Fn(&str) -> String,
    mut tell: impl FnMut(&FieldPath, &str, &FieldPath),
) {
    let mut first: BTreeMap<String, FieldPath> = BTreeMap::new();
    for (path, name) in names {
        match first.get(&same(name)) {
            Some(known) => tell(&path, name, known),
            None => drop(first.insert(same(name), path)),
        }
    }
}
