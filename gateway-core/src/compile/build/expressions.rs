//! Which expressions share an automaton.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::candidates::{Candidate, Element};
use super::{Output, candidates};
use crate::compile::candidates::{CHECKS_PATH, EXPRESSIONS};
use crate::compile::expressions::ExpressionGroup;
use crate::matching::{Automaton, PathCondition, Pattern};

/// What an expression may take of a shared automaton. Above it, two smaller ones are better.
const BYTES_EACH: usize = 6 << 10;

/// Moves candidates with an expression from the list to groups, wherever two or more can share one.
pub(super) fn join(output: &mut Output<'_>, list: &mut Vec<Candidate<'_>>, elements: &mut Vec<Element>) {
    // By source: what differs only in other conditions is one expression.
    let mut sources: BTreeMap<&str, Source<'_>> = BTreeMap::new();
    for candidate in &*list {
        if let Some(pattern) = expression(candidate) {
            sources.entry(pattern.source()).or_insert((pattern, Vec::new())).1.push(*candidate);
        }
    }
    if sources.len() < 2 {
        return;
    }
    let sources: Vec<_> = sources.into_values().collect();
    let mut joined = Vec::new();
    halve(&sources, output.limits.regex_bytes, &mut joined);
    let mut moved = BTreeSet::new();
    for (sources, automaton) in joined {
        let first = sources.iter().filter_map(|(_, list)| list.first()).map(|one| one.id).min();
        let Some(first) = first else { continue };
        let mut references = Vec::with_capacity(sources.len());
        for (_, candidates) in sources {
            moved.extend(candidates.iter().map(|one| one.id));
            let met = candidates.iter().map(|one| Candidate { means: one.means & !CHECKS_PATH, ..*one });
            references.push(candidates::write(output, &met.collect::<Vec<_>>()));
        }
        let Ok(number) = u32::try_from(output.expressions.len()) else { continue };
        output.expressions.push(ExpressionGroup::with(automaton, references));
        elements.push(Element { first, means: number << 2 | EXPRESSIONS });
    }
    list.retain(|one| !moved.contains(&one.id));
}

fn expression<'c>(candidate: &Candidate<'c>) -> Option<&'c Pattern> {
    match &candidate.conditions?.path {
        PathCondition::Regex(pattern) if candidate.means & CHECKS_PATH != 0 => Some(pattern),
        _ => None,
    }
}

/// An expression, and the candidates that ask for it.
type Source<'c> = (&'c Pattern, Vec<Candidate<'c>>);

/// Joins all, or each half by itself. One alone has its automaton already.
fn halve<'s, 'c>(sources: &'s [Source<'c>], limit: usize, joined: &mut Vec<(&'s [Source<'c>], Automaton)>) {
    if sources.len() < 2 {
        return;
    }
    let patterns: Vec<_> = sources.iter().map(|(pattern, _)| *pattern).collect();
    let bytes = limit.min(sources.len().saturating_mul(BYTES_EACH));
    if let Some(automaton) = ExpressionGroup::automaton(&patterns, bytes) {
        joined.push((sources, automaton));
    } else {
        let (one, other) = sources.split_at(sources.len() / 2);
        halve(one, limit, joined);
        halve(other, limit, joined);
    }
}
