//! Finds, for each entry of a table, the first entry before it that takes everything it would.
//!
//! An entry that comes first never has a wider hostname (MATCH-22), so only entries of the same
//! hostname can cover one another. Those are filed by path, and below a path by one condition that
//! few others ask for; an entry is compared only with those filed under something it asks for itself.
//! With n entries of c conditions and paths of e elements that makes O(n · (c + e) · log n) look-ups
//! and at most [`CANDIDATES`] comparisons for each entry, however the table is made.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::attach::HostPattern;
use crate::lint::shadow::candidate::Candidate;
use crate::lint::shadow::cover::covers;
use crate::matching::{Conditions, PathCondition, ValueCondition};

/// Comparisons for one entry; protects against tables made to be slow. Beyond it nothing is claimed.
const CANDIDATES: usize = 1_000;

/// What an entry is filed under: the path, and one more condition.
type Place<'a> = (PathKey<'a>, Atom<'a>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PathKey<'a> {
    Exact(&'a str),
    Prefix(&'a str),
    Regex(&'a str),
    Service(&'a str),
    Method(&'a str),
}

/// One thing that an entry asks of a request beside the path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Atom<'a> {
    /// Nothing.
    None,
    Method(&'a str),
    /// A header of that value, or with any value where an expression decides.
    Header(String, Option<&'a str>),
    Query(&'a str, Option<&'a str>),
}

/// For each entry the index of the first one before it that covers it.
pub(super) fn covering(entries: &[Candidate<'_>]) -> Vec<Option<usize>> {
    let mut by_host: BTreeMap<&HostPattern, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_host.entry(entry.hostname).or_default().push(index);
    }
    let mut found = alloc::vec![None; entries.len()];
    for group in by_host.values().filter(|group| group.len() > 1) {
        search(entries, group, &mut found);
    }
    found
}

fn search(entries: &[Candidate<'_>], group: &[usize], found: &mut [Option<usize>]) {
    let mut frequency: BTreeMap<Place<'_>, usize> = BTreeMap::new();
    for index in group {
        let conditions = entries[*index].conditions;
        for atom in asked(conditions) {
            *frequency.entry((path_key(conditions), atom)).or_default() += 1;
        }
    }
    let mut filed: BTreeMap<Place<'_>, Vec<usize>> = BTreeMap::new();
    let mut shortest_prefix = usize::MAX;
    for index in group {
        let conditions = entries[*index].conditions;
        found[*index] = first_covering(entries, &filed, conditions, shortest_prefix);
        // What is covered itself covers nothing that its cover does not.
        if found[*index].is_none() {
            let path = path_key(conditions);
            if let PathKey::Prefix(prefix) = path {
                shortest_prefix = shortest_prefix.min(prefix.len());
            }
            let rarest =
                asked(conditions).into_iter().min_by_key(|atom| frequency.get(&(path, atom.clone())));
            filed.entry((path, rarest.unwrap_or(Atom::None))).or_default().push(*index);
        }
    }
}

fn first_covering(
    entries: &[Candidate<'_>],
    filed: &BTreeMap<Place<'_>, Vec<usize>>,
    conditions: Option<&Conditions>,
    shortest_prefix: usize,
) -> Option<usize> {
    let mut atoms = asked(conditions);
    let unspecific: Vec<_> = atoms.iter().filter_map(without_value).collect();
    atoms.extend(unspecific);
    atoms.push(Atom::None);
    let mut candidates = Vec::new();
    for path in wider_paths(path_key(conditions), shortest_prefix) {
        for atom in &atoms {
            candidates
                .extend(filed.get(&(path, atom.clone())).into_iter().flatten().copied().take(CANDIDATES));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut candidates = candidates.into_iter().take(CANDIDATES);
    candidates.find(|candidate| covers(entries[*candidate].conditions, conditions))
}

/// `None` asks for what the prefix `/` asks for.
fn path_key(conditions: Option<&Conditions>) -> PathKey<'_> {
    match conditions.map(|conditions| &conditions.path) {
        None => PathKey::Prefix(""),
        Some(PathCondition::Exact(path)) => PathKey::Exact(path),
        Some(PathCondition::Prefix(prefix)) => PathKey::Prefix(prefix),
        Some(PathCondition::Regex(pattern)) => PathKey::Regex(pattern.source()),
        Some(PathCondition::Service(service)) => PathKey::Service(service),
        Some(PathCondition::Method(method)) => PathKey::Method(method),
    }
}

/// The path itself, and every prefix of whole elements that covers it and is not shorter than any filed
/// one: longer prefixes come first (MATCH-44), so that hardly one is left.
fn wider_paths(path: PathKey<'_>, shortest_prefix: usize) -> Vec<PathKey<'_>> {
    let mut paths = alloc::vec![path];
    if let PathKey::Exact(text) | PathKey::Prefix(text) = path {
        let ends = text.match_indices('/').map(|(position, _)| position).chain(core::iter::once(text.len()));
        let ends = ends.filter(|end| *end >= shortest_prefix);
        paths.extend(ends.filter_map(|end| text.get(..end)).map(PathKey::Prefix));
    }
    // The service and the method of a call (MATCH-61).
    if let PathKey::Exact(text) = path {
        paths.extend(
            text.match_indices('/')
                .filter_map(|(slash, _)| {
                    let (service, method) = text.split_at_checked(slash)?;
                    Some([PathKey::Service(text.get(..service.len() + 1)?), PathKey::Method(method)])
                })
                .flatten(),
        );
    }
    if shortest_prefix == 0 {
        paths.push(PathKey::Prefix(""));
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn asked(conditions: Option<&Conditions>) -> Vec<Atom<'_>> {
    let Some(conditions) = conditions else { return Vec::new() };
    let mut atoms = Vec::new();
    atoms.extend(conditions.method.as_deref().map(Atom::Method));
    for header in &conditions.headers {
        atoms.push(Atom::Header(header.name.to_ascii_lowercase(), text(&header.value)));
    }
    for parameter in &conditions.query {
        atoms.push(Atom::Query(&parameter.name, text(&parameter.value)));
    }
    atoms
}

/// The value, where it is one text.
fn text(value: &ValueCondition) -> Option<&str> {
    match value {
        ValueCondition::Exact(text) => Some(text),
        ValueCondition::Regex(_) => None,
    }
}

/// An expression over the same name may cover a given value.
fn without_value<'a>(atom: &Atom<'a>) -> Option<Atom<'a>> {
    match atom {
        Atom::Header(name, Some(_)) => Some(Atom::Header(name.clone(), None)),
        Atom::Query(name, Some(_)) => Some(Atom::Query(name, None)),
        _ => None,
    }
}
