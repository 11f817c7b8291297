//! What only shows where rules of several Routes meet: hostnames, expressions, trailing slashes
//! (AMBIG-22, 24, 27).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use super::declared as rule;
use crate::attach::HostPattern;
use crate::key::{NamespacedName, ObjectKey};
use crate::lint::declared::Findings;
use crate::lint::hostnames::wider;
use crate::matching::PathCondition;
use crate::model::ObjectKind;
use crate::router::Router;
use crate::snapshot::Snapshot;
use crate::table::{Entry, ListenerTable};

/// The rules of one hostname on one listener.
#[derive(Default)]
struct Host<'r> {
    routes: BTreeSet<&'r ObjectKey>,
    catch_all: bool,
    /// The first entry of each path, with how many different paths there are.
    paths: BTreeMap<Path<'r>, &'r Entry>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Path<'r> {
    Exact(&'r str),
    Prefix(&'r str),
    Regex(&'r str),
    Service(&'r str),
    Method(&'r str),
}

pub(super) fn check(snapshot: &Snapshot, router: &Router, found: &mut Findings) {
    for table in router.tables().iter().flat_map(|gateway| &gateway.listeners) {
        let hosts = hosts(table);
        for (hostname, host) in &hosts {
            fall_through(table, hostname, host, &hosts, found);
        }
        for entry in table.entries() {
            let host = &hosts[&entry.hostname];
            let Some(conditions) = &entry.conditions else { continue };
            match &conditions.path {
                PathCondition::Regex(pattern) if host.paths.len() > 1 => {
                    let message = format!(
                        "expression `{}` competes with other paths of `{}`",
                        pattern.source(),
                        entry.hostname,
                    );
                    let field = if is_call(entry) { "method" } else { "path" };
                    let path = format!("{}.{field}", match_path(entry));
                    let remedy = "do not rely on its rank: make the paths disjoint";
                    found.add(&rule::REGEX_RANK, &entry.rule.route, path, message, remedy);
                }
                PathCondition::Prefix(prefix) if !prefix.is_empty() => {
                    trailing_slash(snapshot, entry, host.paths.get(&Path::Prefix(prefix)).copied(), found);
                }
                _ => {}
            }
        }
    }
}

fn hosts(table: &ListenerTable) -> BTreeMap<&HostPattern, Host<'_>> {
    let mut hosts: BTreeMap<&HostPattern, Host<'_>> = BTreeMap::new();
    for entry in table.entries() {
        let host = hosts.entry(&entry.hostname).or_default();
        host.routes.insert(&entry.rule.route);
        let conditions = entry.conditions.as_ref();
        let path = match conditions.map(|conditions| &conditions.path) {
            None => Path::Prefix(""),
            Some(PathCondition::Exact(path)) => Path::Exact(path),
            Some(PathCondition::Prefix(prefix)) => Path::Prefix(prefix),
            Some(PathCondition::Regex(pattern)) => Path::Regex(pattern.source()),
            Some(PathCondition::Service(service)) => Path::Service(service),
            Some(PathCondition::Method(method)) => Path::Method(method),
        };
        host.paths.entry(path).or_insert(entry);
        host.catch_all |= path == Path::Prefix("")
            && conditions.is_none_or(|conditions| {
                // Every call has the same method.
                (conditions.method.is_none() || is_call(entry))
                    && conditions.headers.is_empty()
                    && conditions.query.is_empty()
            });
    }
    hosts
}

fn is_call(entry: &Entry) -> bool {
    entry.rule.route.kind == ObjectKind::GrpcRoute
}

fn fall_through(
    table: &ListenerTable,
    hostname: &HostPattern,
    host: &Host<'_>,
    hosts: &BTreeMap<&HostPattern, Host<'_>>,
    found: &mut Findings,
) {
    if host.catch_all {
        return;
    }
    for wide in wider(hostname) {
        let Some(other) = hosts.get(&wide).and_then(|wide| wide.routes.difference(&host.routes).next())
        else {
            continue;
        };
        for route in &host.routes {
            let message = format!(
                "requests for `{hostname}` on {} that no rule of it matches may go on to `{wide}` of {other}, or get 404",
                table.key,
            );
            let remedy = "add a rule for the rest of the paths, or do not rely on the wider hostname";
            found.add(&rule::HOST_FALL_THROUGH, route, "spec.hostnames", message, remedy);
        }
        return;
    }
}

/// AMBIG-27: `other` is the first entry of the same prefix; one of the two ends with `/`.
fn trailing_slash(snapshot: &Snapshot, entry: &Entry, other: Option<&Entry>, found: &mut Findings) {
    let Some(other) = other else { return };
    let (Some(text), Some(first)) = (written(snapshot, entry), written(snapshot, other)) else { return };
    if text == first {
        return;
    }
    let message = format!(
        "`{text}` and `{first}` of {} rule {} differ in a trailing `/` alone",
        other.rule.route, other.rule.index,
    );
    let path = format!("{}.path.value", match_path(entry));
    found.add(
        &rule::TRAILING_SLASH,
        &entry.rule.route,
        path,
        message,
        "write prefixes without a `/` at the end",
    );
}

/// The path of a match as the user wrote it.
fn written(snapshot: &Snapshot, entry: &Entry) -> Option<String> {
    let key = &entry.rule.route;
    if key.kind != ObjectKind::HttpRoute {
        return None;
    }
    let route = snapshot.http_routes.get(&NamespacedName::new(key.namespace.clone(), key.name.clone()))?;
    let spec = route.spec.rules.as_ref()?.get(entry.rule.index)?;
    Some(spec.matches.as_ref()?.get(entry.match_index)?.path().value().into())
}

fn match_path(entry: &Entry) -> String {
    format!("spec.rules[{}].matches[{}]", entry.rule.index, entry.match_index)
}
