//! Why a request goes where it goes.

use std::io::{self, Write};

use gateway_ask::RequestSpec;
use gateway_core::act::DecisionReport;
use gateway_core::explain::{
    CandidateExplanation, FilterExplanation, ListenerExplanation, RequestExplanation, RouteExplanation,
    Verdict,
};

use super::style::{bold, dim, good, plain, warning};
use super::tree::Tree;
use super::{decision, route};

pub(crate) fn explanation(
    out: &mut dyn Write,
    request: &RequestSpec,
    explanation: &RequestExplanation,
) -> io::Result<()> {
    decision::decision(out, request, &explanation.decision)?;
    writeln!(out)?;
    listeners(out, explanation.gateway.as_ref(), explanation.service.as_ref(), &explanation.listeners)?;
    writeln!(out)?;
    match place(&explanation.decision) {
        None => writeln!(out, "{}", dim("no listener, so no rules"))?,
        Some(place) => {
            let left_out = left_out(explanation.left_out);
            let rules = Tree::new(bold(format!("rules of {place}, the first that fits wins")));
            rules.with(explanation.candidates.iter().map(candidate)).with(left_out).write(out)?;
        }
    }
    if !explanation.filters.is_empty() {
        writeln!(out)?;
        let filters = Tree::new(bold("filters of the rule and of its backend"));
        filters.with(explanation.filters.iter().map(filter)).write(out)?;
    }
    unattached(out, &explanation.unattached)
}

pub(super) fn listeners(
    out: &mut dyn Write,
    gateway: Option<&String>,
    service: Option<&String>,
    listeners: &[ListenerExplanation],
) -> io::Result<()> {
    let title = match (gateway, service) {
        (_, Some(service)) => format!("ports of {service}"),
        (gateway, None) => format!("listeners of {}", gateway.map_or("no Gateway", String::as_str)),
    };
    let all = Tree::new(bold(title));
    all.with(listeners.iter().map(listener)).write(out)
}

pub(super) fn left_out(count: usize) -> Option<Tree> {
    (count > 0).then(|| Tree::new(dim(format!("and {count} more"))))
}

pub(super) fn unattached(out: &mut dyn Write, unattached: &[RouteExplanation]) -> io::Result<()> {
    if unattached.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let routes = Tree::new(bold("routes that are not attached, or only in part"));
    routes.with(unattached.iter().map(|one| route::tree(one, &|_| None))).write(out)
}

fn place(decision: &DecisionReport) -> Option<String> {
    let names = match decision {
        DecisionReport::Forward(forward) => &forward.names,
        DecisionReport::Redirect(redirect) => &redirect.names,
        DecisionReport::Respond(respond) => &respond.names,
    };
    let listener = names.listener.as_ref().map(|listener| format!("listener {}", listener.section));
    listener.or_else(|| names.service.as_ref().map(|service| format!("port {}", service.port)))
}

fn listener(one: &ListenerExplanation) -> Tree {
    let (mark, name) =
        if one.chosen { (good("✓"), good(&one.listener)) } else { (dim("·"), plain(&one.listener)) };
    Tree::new(format!("{mark} {name}: {}", one.outcome))
}

fn filter(one: &FilterExplanation) -> Tree {
    Tree::new(format!("{} {}: {}", plain(&one.filter), dim(&one.path), one.outcome))
}

fn candidate(one: &CandidateExplanation) -> Tree {
    let name = format!("{} rule {}, match {}", one.route, one.rule, one.r#match);
    let asks = format!("{}, {}", one.hostname, one.conditions);
    judged(&name, &asks, one.verdict, one.stopped_by.as_deref())
}

/// A candidate with what it asks for, and what came of it.
pub(super) fn judged(name: &str, asks: &str, verdict: Verdict, stopped_by: Option<&str>) -> Tree {
    let (mark, name, why) = match verdict {
        Verdict::Wins => (good("✓"), good(name), "wins"),
        Verdict::Outranked => (warning("≻"), plain(name), "fits too, but ranks lower"),
        Verdict::Stopped => (dim("✗"), plain(name), stopped_by.unwrap_or("does not fit")),
    };
    Tree::new(format!("{mark} {name} {}: {why}", dim(format!("[{asks}]"))))
}
