//! Statuses as tables, and what is wrong with them.

use std::io::{self, Write};

use gateway_core::model::{Condition, GatewayStatus, ListenerSetStatus, ListenerStatus, RouteStatus};
use gateway_core::status::{KindStatus, ObjectStatus};

use super::style::{Styled, bold, dim, error, good, plain, warning};
use super::table;
use crate::status::finding::{Finding, Weight};

type Row = Vec<Styled>;

/// Writes one table for each kind; `wide` adds reasons and kinds.
pub(crate) fn tables(out: &mut dyn Write, statuses: &[ObjectStatus], wide: bool) -> io::Result<()> {
    let (mut classes, mut gateways, mut sets, mut listeners) = (vec![], vec![], vec![], vec![]);
    let (mut routes, mut meshes) = (vec![], vec![]);
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
    let own = format!("{} {}", object.kind, name(object));
    if status.parents.is_empty() {
        return vec![vec![plain(own), error("none"), dim("-"), dim("-")]];
    }
    let default = object.metadata.namespace.as_deref().unwrap_or_default();
    let row = |(index, parent): (usize, &gateway_core::model::RouteParentStatus)| {
        let reference = &parent.parent_ref;
        let section = reference.section_name.as_ref().map(|name| format!(":{name}")).unwrap_or_default();
        let port = reference.port.map(|port| format!(" port {port}")).unwrap_or_default();
        vec![
            plain(if index == 0 { own.clone() } else { String::new() }),
            plain(format!("{}/{}{section}{port}", reference.namespace_or(default), reference.name)),
            state(&parent.conditions, "Accepted", wide),
            state(&parent.conditions, "ResolvedRefs", wide),
        ]
    };
    status.parents.iter().enumerate().map(row).collect()
}
