//! Why a Route is attached or not.

use std::io::{self, Write};

use gateway_core::ObjectKey;
use gateway_core::explain::{ParentExplanation, RouteExplanation};
use gateway_core::status::Advice;

use super::style::{bold, dim, error, good, help, plain, warning};
use super::tree::Tree;
use crate::load::Input;
use crate::locate::locate;

/// Where a field of the Route is, if that is known.
type Place<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(crate) fn explanation(
    out: &mut dyn Write,
    input: &Input,
    key: &ObjectKey,
    explanation: &RouteExplanation,
) -> io::Result<()> {
    tree(explanation, &|path| locate(&input.manifests, key, path)).write(out)
}

pub(super) fn tree(explanation: &RouteExplanation, place: Place<'_>) -> Tree {
    let none =
        explanation.parents.is_empty().then(|| Tree::new(error("has no parentRefs, so nothing serves it")));
    let rules = explanation.rules.iter().map(|one| advice("rule dropped", one, place));
    let references = explanation.references.iter().map(|one| advice("reference not resolved", one, place));
    Tree::new(bold(&explanation.route))
        .with(none)
        .with(explanation.parents.iter().map(|one| parent(one, place)))
        .with(rules)
        .with(references)
}

fn parent(one: &ParentExplanation, place: Place<'_>) -> Tree {
    let state = if one.attached { good("attached") } else { error("not attached") };
    let listeners = one.listeners.iter().map(|listener| {
        let attached = listener.outcome.starts_with("attached");
        let mark = match listener.outcome.as_str() {
            "attached" => good("✓"),
            _ if attached => warning("!"),
            _ => dim("✗"),
        };
        let hostnames = if listener.hostnames.is_empty() {
            plain("")
        } else {
            dim(format!(" for {}", listener.hostnames.join(", ")))
        };
        Tree::new(format!("{mark} listener {}: {}{hostnames}", listener.listener, listener.outcome))
    });
    let ports = one.ports.iter().map(|port| {
        let mark = if port.attached { good("✓") } else { dim("✗") };
        let number = port.port.map_or_else(|| "of any number".to_owned(), |number| number.to_string());
        let name = port.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        Tree::new(format!("{mark} port {number}{name}: {}", port.outcome))
    });
    Tree::new(format!("parent {}: {state}", one.parent))
        .with(one.why_not.iter().map(|why| advice("", why, place)))
        .with(listeners)
        .with(ports)
}

fn advice(what: &str, advice: &Advice, place: Place<'_>) -> Tree {
    let title = match (what, advice.reason) {
        ("", "") => String::new(),
        ("", reason) => format!("{}: ", error(reason)),
        (what, reason) => format!("{what} ({}): ", error(reason)),
    };
    let at = place(&advice.path).map(|at| format!(" {}", dim(format!("at {at}")))).unwrap_or_default();
    let line = format!("{title}{}: {}{at}", advice.path, advice.message);
    Tree::new(line).with([Tree::new(format!("{} {}", help("help:"), advice.remedy))])
}
