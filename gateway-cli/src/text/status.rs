//! Statuses as tables, and what is wrong with them.

use std::io::{self, Write};

use gateway_core::model::{
    Condition, GatewayStatus, ListenerSetStatus, ListenerStatus, ParentReference, PolicyStatus, RouteStatus,
    XBackendStatus,
};
use gateway_core::status::{KindStatus, ObjectStatus};

use super::style::{Styled, bold, dim, error, good, plain, warning};
use super::table;
use crate::status::finding::{Finding, Weight};

type Row = Vec<Styled>;

/// Writes one table for each kind; `wide` adds reasons and kinds.
pub(crate) fn tables(out: &mut dyn Write, statuses: &[ObjectStatus], wide: bool) -> io::Result<()> {
    let (mut classes, mut gateways, mut sets, mut listeners) = (vec![], vec![], vec![], vec![]);
    let (mut routes, mut meshes) = (vec![], vec![]);
    let (mut policies, mut backends) = (vec![], vec![]);
    for object in statuses {
        match &object.status {
            KindStatus::GatewayClass(status) => {
                let conditions = status.conditions.as_deref().unwrap_or_default();
                let mut row = vec![plain(name(object)), state(conditions, "Accepted", wide)];
                if wide {
                    row.push(state(conditions, "SupportedVersion", wide));
                }
                classes.push(row);
            }
            KindStatus::Gateway(status) => {
                gateways.push(gateway(object, status, wide));
                listeners.extend(status.listeners.iter().flatten().map(|one| listener(object, one, wide)));
            }
            KindStatus::ListenerSet(status) => {
                sets.push(listener_set(object, status, wide));
                listeners.extend(status.listeners.iter().flatten().map(|one| listener(object, one, wide)));
            }
            KindStatus::Route(status) => routes.extend(route(object, status, wide)),
            KindStatus::Policy(status) => policies.extend(policy(object, status, wide)),
            KindStatus::XBackend(status) => backends.extend(x_backend(object, status, wide)),
            KindStatus::XMesh(status) => {
                let conditions = status.conditions.as_deref().unwrap_or_default();
                meshes.push(vec![plain(name(object)), state(conditions, "Accepted", wide)]);
            }
        }
    }
    let tables = [
        (&["GATEWAYCLASS", "ACCEPTED", "SUPPORTED VERSION"][..], classes),
        (
            &["GATEWAY", "ACCEPTED", "PROGRAMMED", "RESOLVED", "LISTENERS", "ROUTES", "ADDRESSES", "SETS"][..],
            gateways,
        ),
        (&["LISTENERSET", "ACCEPTED", "PROGRAMMED", "LISTENERS", "ROUTES"][..], sets),
        (&["LISTENER", "ACCEPTED", "PROGRAMMED", "RESOLVED", "ROUTES", "KINDS"][..], listeners),
        (&["ROUTE", "PARENT", "ACCEPTED", "RESOLVED"][..], routes),
        (&["POLICY", "ANCESTOR", "ACCEPTED", "RESOLVED"][..], policies),
        (&["BACKEND", "PARENT", "ACCEPTED", "RESOLVED"][..], backends),
        (&["XMESH", "ACCEPTED"][..], meshes),
    ];
    let mut first = true;
    for (titles, rows) in tables {
        if rows.is_empty() {
            continue;
        }
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut table: Vec<Row> = vec![titles.iter().take(columns).map(|title| dim(*title)).collect()];
        table.extend(rows);
        table::write(out, 0, &table)?;
    }
    if first {
        writeln!(out, "no GatewayClass, Gateway, ListenerSet, Route or XMesh in the input")?;
    }
    Ok(())
}

/// Writes a block for each finding.
pub(crate) fn findings(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    for finding in findings {
        let title = format!("{} {}", finding.condition, finding.reason);
        let title = match finding.weight {
            Weight::Error => error(title.trim_end()),
            Weight::Warning => warning(title.trim_end()),
        };
        writeln!(out, "\n{} {title}", bold(&finding.object))?;
        if let Some(place) = &finding.place {
            writeln!(out, "  {} {place}", dim("at"))?;
        }
        writeln!(out, "  {}", finding.message)?;
    }
    Ok(())
}

fn name(object: &ObjectStatus) -> String {
    match &object.metadata.namespace {
        Some(namespace) => format!("{namespace}/{}", object.metadata.name),
        None => object.metadata.name.clone(),
    }
}

/// The status of one condition.
fn state(conditions: &[Condition], kind: &str, wide: bool) -> Styled {
    let Some(condition) = conditions.iter().find(|condition| *condition.r#type == *kind) else {
        return dim("-");
    };
    let status = condition.status.as_str();
    let text = if wide { format!("{status} ({})", condition.reason) } else { status.to_owned() };
    match status {
        "True" => good(text),
        "False" => error(text),
        _ => warning(text),
    }
}

fn gateway(object: &ObjectStatus, status: &GatewayStatus, wide: bool) -> Row {
    let conditions = status.conditions.as_deref().unwrap_or_default();
    let mut row = vec![plain(name(object))];
    row.extend(["Accepted", "Programmed", "ResolvedRefs"].map(|kind| state(conditions, kind, wide)));
    row.extend(counts(status.listeners.as_deref().unwrap_or_default()));
    let addresses: Vec<_> = status.addresses.iter().flatten().map(|address| address.value.as_str()).collect();
    if wide || !addresses.is_empty() {
        row.push(plain(addresses.join(",")));
    }
    if wide {
        let sets = status.attached_listener_sets.map_or("-".to_owned(), |sets| sets.to_string());
        row.push(plain(sets));
    }
    row
}

fn listener_set(object: &ObjectStatus, status: &ListenerSetStatus, wide: bool) -> Row {
    let conditions = status.conditions.as_deref().unwrap_or_default();
    let mut row = vec![plain(name(object))];
    row.extend(["Accepted", "Programmed"].map(|kind| state(conditions, kind, wide)));
    row.extend(counts(status.listeners.as_deref().unwrap_or_default()));
    row
}

/// How many listeners are programmed, and how many Routes they have.
fn counts(listeners: &[ListenerStatus]) -> [Styled; 2] {
    let programmed = |one: &&ListenerStatus| {
        one.conditions.iter().any(|one| &*one.r#type == "Programmed" && one.status.as_str() == "True")
    };
    let ready = listeners.iter().filter(programmed).count();
    let ratio = format!("{ready}/{}", listeners.len());
    let ratio = if ready == listeners.len() { plain(ratio) } else { warning(ratio) };
    let routes = listeners.iter().map(|one| i64::from(one.attached_routes)).sum::<i64>();
    [ratio, plain(routes.to_string())]
}

fn listener(object: &ObjectStatus, status: &ListenerStatus, wide: bool) -> Row {
    let mut row = vec![plain(format!("{}:{}", name(object), status.name))];
    row.extend(["Accepted", "Programmed", "ResolvedRefs"].map(|kind| state(&status.conditions, kind, wide)));
    row.push(plain(status.attached_routes.to_string()));
    if wide {
        let kinds: Vec<_> = status.supported_kinds.iter().flatten().map(|kind| kind.kind.as_str()).collect();
        row.push(plain(kinds.join(",")));
    }
    row
}

/// A row for each parent.
fn route(object: &ObjectStatus, status: &RouteStatus, wide: bool) -> Vec<Row> {
    let entries = status.parents.iter().map(|parent| (&parent.parent_ref, &*parent.conditions));
    entries_of(object, error("none"), entries, wide)
}

/// A row for each ancestor; a policy that nobody uses has none, which is no error.
fn policy(object: &ObjectStatus, status: &PolicyStatus, wide: bool) -> Vec<Row> {
    let entries = status.ancestors.iter().map(|ancestor| (&ancestor.ancestor_ref, &*ancestor.conditions));
    entries_of(object, dim("none"), entries, wide)
}

fn x_backend(object: &ObjectStatus, status: &XBackendStatus, wide: bool) -> Vec<Row> {
    let parents = status.parents.iter().flatten();
    let entries =
        parents.map(|parent| (&parent.parent_ref, parent.conditions.as_deref().unwrap_or_default()));
    entries_of(object, dim("none"), entries, wide)
}

fn entries_of<'s>(
    object: &ObjectStatus,
    none: Styled,
    entries: impl Iterator<Item = (&'s ParentReference, &'s [Condition])>,
    wide: bool,
) -> Vec<Row> {
    let own = format!("{} {}", object.kind, name(object));
    let default = object.metadata.namespace.as_deref().unwrap_or_default();
    let row = |(index, (reference, conditions)): (usize, (&ParentReference, &[Condition]))| {
        vec![
            plain(if index == 0 { own.clone() } else { String::new() }),
            plain(parent(reference, default)),
            state(conditions, "Accepted", wide),
            state(conditions, "ResolvedRefs", wide),
        ]
    };
    let rows: Vec<_> = entries.enumerate().map(row).collect();
    if rows.is_empty() { vec![vec![plain(own.clone()), none, dim("-"), dim("-")]] } else { rows }
}

/// A parent in a cell: its kind only when it is no Gateway.
fn parent(reference: &ParentReference, default: &str) -> String {
    let kind = match reference.kind() {
        "Gateway" => String::new(),
        kind => format!("{kind} "),
    };
    let section = reference.section_name.as_ref().map(|name| format!(":{name}")).unwrap_or_default();
    let port = reference.port.map(|port| format!(" port {port}")).unwrap_or_default();
    format!("{kind}{}/{}{section}{port}", reference.namespace_or(default), reference.name)
}
