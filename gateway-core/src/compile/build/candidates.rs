//! Lists of candidates.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::{Output, expressions, slots};
use crate::compile::candidates::{
    ANY, CHECKS, CHECKS_HEADERS, CHECKS_METHOD, CHECKS_QUERY, FIRST, HEADER, JOINED, LIST, METHOD, NONE, ONE,
    method_code,
};
use crate::compile::hash::NameKind;
use crate::matching::{Conditions, HeaderCondition, ValueCondition};
use crate::profile::RepeatedHeaders;

/// Lists that are longer than this are looked up by a header, if they differ in one.
const LONG: usize = 6;

/// Longer header names, which the API does not take, are compared one by one.
const LONGEST_NAME: usize = 256;

/// An entry among others of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'e> {
    /// Its position among the entries of its host.
    pub(super) id: u32,
    /// What is yet to be compared.
    pub(super) means: u32,
    pub(super) conditions: Option<&'e Conditions>,
}

/// An element of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// The first entry that it can give.
    pub(super) first: u32,
    pub(super) means: u32,
}

impl<'e> Candidate<'e> {
    /// An entry whose path is met.
    pub(super) fn new(id: u32, conditions: Option<&'e Conditions>) -> Self {
        let mut means = 0;
        if let Some(conditions) = conditions {
            if let Some(method) = &conditions.method {
                let code = method_code(method.as_bytes());
                means |= if code == 0 { CHECKS_METHOD } else { code << METHOD };
            }
            means |= if conditions.headers.is_empty() { 0 } else { CHECKS_HEADERS };
            means |= if conditions.query.is_empty() { 0 } else { CHECKS_QUERY };
        }
        Self { id, means, conditions }
    }

    /// Whether it takes everything.
    fn is_plain(&self) -> bool {
        self.means & (CHECKS | 0xff << METHOD) == 0
    }
}

/// Writes candidates, which are in order; gives the reference to them.
pub(super) fn write(output: &mut Output<'_>, list: &[Candidate<'_>]) -> u32 {
    // What stands behind one that takes everything is never reached.
    let end = list.iter().position(Candidate::is_plain).map_or(list.len(), |last| last + 1);
    let mut list: Vec<_> = list.iter().take(end).copied().collect();
    match list.as_slice() {
        [] => return NONE,
        [one] if one.is_plain() => return one.id << 2 | ONE,
        _ => {}
    }
    let mut elements = Vec::new();
    expressions::join(output, &mut list, &mut elements);
    while let Some(element) = by_header(output, &mut list) {
        elements.push(element);
    }
    elements.extend(list.iter().map(|one| Element { first: one.id, means: one.means }));
    elements.sort_by_key(|element| element.first);
    let at = output.arena.here();
    output.arena.push_number(u32::try_from(elements.len()).unwrap_or(u32::MAX));
    output.arena.push_number(0);
    for element in elements {
        output.arena.push_number(element.first);
        output.arena.push_number(element.means);
    }
    at | LIST
}

/// Takes those out of the list that ask for an exact value of the header that tells most apart.
fn by_header(output: &mut Output<'_>, list: &mut Vec<Candidate<'_>>) -> Option<Element> {
    if list.len() <= LONG {
        return None;
    }
    let mut values: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (header, value) in list.iter().flat_map(exact_headers) {
        values.entry(header.name.to_ascii_lowercase()).or_default().insert(value);
    }
    let (name, values) = values.into_iter().max_by_key(|(_, values)| values.len())?;
    if values.len() <= LONG / 2 {
        return None;
    }
    let repeated =
        list.iter().flat_map(exact_headers).find(|(header, _)| header.name.eq_ignore_ascii_case(&name));
    let repeated = repeated.map_or(JOINED, |(header, _)| match header.repeated {
        RepeatedHeaders::Joined => JOINED,
        RepeatedHeaders::Any => ANY,
        RepeatedHeaders::First => FIRST,
    });
    let mut by_value: BTreeMap<&str, Vec<Candidate<'_>>> = BTreeMap::new();
    let mut first = u32::MAX;
    for one in &*list {
        if let Some(value) = value_of(one, &name) {
            first = first.min(one.id);
            // The value is compared by the table; nothing is left to do if it was the only condition.
            let alone = one.conditions.is_some_and(|conditions| conditions.headers.len() == 1);
            let means = if alone { one.means & !CHECKS_HEADERS } else { one.means };
            by_value.entry(value).or_default().push(Candidate { means, ..*one });
        }
    }
    list.retain(|one| value_of(one, &name).is_none());
    let hashes: Vec<_> =
        by_value.keys().map(|value| output.key.bytes(NameKind::Value, value.as_bytes())).collect();
    let mut offsets = Vec::with_capacity(hashes.len());
    for (value, list) in &by_value {
        let candidates = write(output, list);
        offsets.push(output.arena.here());
        output.arena.push_number(u32::try_from(value.len()).unwrap_or(u32::MAX));
        output.arena.push_number(candidates);
        output.arena.push(value.as_bytes());
    }
    let range = slots::range(hashes.len());
    let places = slots::arrange(&hashes, range, true)?;
    let table = slots::reserve(&mut output.arena, &places);
    slots::fill(&mut output.arena, table, &places, &hashes, &offsets);
    let at = output.arena.here();
    output.arena.push_number(range);
    output.arena.push_number(table);
    output.arena.push(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    output.arena.push(&[repeated, 0]);
    output.arena.push(name.as_bytes());
    Some(Element { first, means: at | HEADER })
}

/// The exact value of a header that a candidate has yet to meet.
fn value_of<'e>(candidate: &Candidate<'e>, name: &str) -> Option<&'e str> {
    let mut headers = exact_headers(candidate).filter(|(header, _)| header.name.eq_ignore_ascii_case(name));
    headers.next().map(|(_, value)| value)
}

/// The conditions on an exact value of a header that a candidate has yet to meet.
fn exact_headers<'e>(candidate: &Candidate<'e>) -> impl Iterator<Item = (&'e HeaderCondition, &'e str)> {
    let conditions = candidate.conditions.filter(|_| candidate.means & CHECKS_HEADERS != 0);
    let headers = conditions.into_iter().flat_map(|conditions| &conditions.headers);
    headers.filter(|header| header.name.len() <= LONGEST_NAME).filter_map(|header| match &header.value {
        ValueCondition::Exact(value) => Some((header, value.as_str())),
        ValueCondition::Regex(_) => None,
    })
}
