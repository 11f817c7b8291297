//! Rules and matches that never win, read from the ordered tables.

mod candidate;
mod cover;
mod places;
mod search;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::attach::Age;
use crate::key::ObjectKey;
use crate::lint::ambiguous;
use crate::lint::declared::{Findings, declare};
use crate::router::Router;
use places::{Place, Taken, places};

/// Places that a message lists before it says how many more there are.
const LISTED: usize = 3;

declare! {
    SHADOWED_MATCH = "shadowed-match", Warning,
        "a match that no request can reach",
        "Rules of a listener are tried in a fixed order: hostname, path, method, headers, query parameters, age. What comes first takes every request that this match would take, on every listener and hostname it is attached to. Remove the match, or ask for something that the first one does not.";
    UNREACHABLE_RULE = "unreachable-rule", Error,
        "a rule that no request can reach",
        "Every match of the rule is shadowed on every listener, so its filters and backends are never used although the Route is Accepted. The message names the rule that wins; remove one of the two, or make this one more specific.";
    DUPLICATE_MATCH = "duplicate-match", Warning,
        "the same match in two Routes",
        "Two Routes ask for the same hostname, path, method, headers and query parameters. Both are Accepted, but only one gets the requests: the older one, or for want of an age the first by `namespace/name` (MATCH-44). Decide which of them is meant.";
}

pub(in crate::lint) fn check(router: &Router, found: &mut Findings) {
    let places = places(router);
    let mut by_rule: BTreeMap<(&ObjectKey, usize), Vec<&[Place<'_>]>> = BTreeMap::new();
    for (id, places) in &places {
        duplicates(id.0, places, found);
        shadowed(id.0, places, found);
        by_rule.entry((id.0, id.1)).or_default().push(places);
    }
    for ((route, rule), matches) in by_rule {
        unreachable_rule(route, rule, &matches, found);
    }
}

/// One finding for each match that another Route has as well.
fn duplicates(route: &ObjectKey, places: &[Place<'_>], found: &mut Findings) {
    let mut originals: BTreeMap<(&ObjectKey, usize, usize), Vec<&Place<'_>>> = BTreeMap::new();
    for place in places {
        if let Some(winner) = place.original() {
            let id = (winner.route, winner.rule, winner.index);
            originals.entry(id).or_default().push(place);
        }
    }
    for places in originals.values() {
        let Some((place, winner)) = places.first().and_then(|place| Some((*place, place.original()?))) else {
            continue;
        };
        let message = format!(
            "{} has the same match for {}; both Routes are Accepted, but only that one gets the requests: {}",
            winner.named(),
            listed(places.iter().copied()),
            reason(winner.age, place.candidate.age),
        );
        let path = place.candidate.path();
        let remedy = "remove the match from one of the two Routes, or ask for something more in one of them";
        found.add(&DUPLICATE_MATCH, route, path.clone(), message, remedy);
        if winner.age.created().is_none() || place.candidate.age.created().is_none() {
            ambiguous::tie_without_age(route, path, &winner.named(), found);
        }
    }
}

fn shadowed(route: &ObjectKey, places: &[Place<'_>], found: &mut Findings) {
    if places.iter().any(|place| place.taken.is_none()) {
        return;
    }
    // Where another Route has the same match, that has been said.
    let Some(place) = places.iter().find(|place| place.original().is_none()) else { return };
    let message = match place.taken {
        Some(Taken::Match(winner)) => {
            format!("no request reaches this match: {} takes them all", winner.named())
        }
        Some(Taken::Listener(listener)) => format!(
            "no request reaches this match: {} gets every request for `{}`",
            listener.key, place.candidate.hostname,
        ),
        None => return,
    };
    let remedy = match place.taken {
        Some(Taken::Listener(_)) => "attach the Route to that listener, or change the hostname",
        _ => "remove the match, or ask for something that the winner does not",
    };
    found.add(&SHADOWED_MATCH, route, place.candidate.path(), message, remedy);
}

fn unreachable_rule(route: &ObjectKey, rule: usize, matches: &[&[Place<'_>]], found: &mut Findings) {
    let mut winners: Vec<String> = Vec::new();
    for place in matches.iter().copied().flatten() {
        let winner = match place.taken {
            None => return,
            Some(Taken::Match(winner)) => winner.named(),
            Some(Taken::Listener(listener)) => listener.key.to_string(),
        };
        if !winners.contains(&winner) && winners.len() <= LISTED {
            winners.push(winner);
        }
    }
    let more = if winners.len() > LISTED { " and others" } else { "" };
    winners.truncate(LISTED);
    let message = format!("no request reaches this rule: {}{more} takes them all", winners.join(", "));
    let remedy = "remove the rule, or make its matches more specific than those of the winner";
    found.add(&UNREACHABLE_RULE, route, format!("spec.rules[{rule}]"), message, remedy);
}

fn listed<'p>(places: impl Iterator<Item = &'p Place<'p>>) -> String {
    let mut names: Vec<_> =
        places.map(|place| format!("`{}` on {}", place.candidate.hostname, place.listener)).collect();
    names.dedup();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    let text = names.join(", ");
    if more > 0 { format!("{text} and {more} more") } else { text }
}

/// Why the winner comes first, when all else is equal (MATCH-44 g, h).
fn reason(winner: &Age, loser: &Age) -> &'static str {
    match (winner.created(), loser.created()) {
        (Some(_), None) => "it has a creationTimestamp and this one has none",
        (None, Some(_)) => "it has no creationTimestamp and this one has one",
        (one, other) if one != other => "it is older",
        (Some(_), _) => "both are of the same age and its name comes first",
        (None, _) => "neither has a creationTimestamp and its name comes first",
    }
}
