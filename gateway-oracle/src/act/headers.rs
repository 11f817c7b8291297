//! Changes of headers.

use gateway_core::model::{HttpHeader, HttpHeaderFilter};

use crate::decision::Edits;

/// One change of one header.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Set(String, String),
    Add(String, String),
    Remove(String),
}

/// FILT-010..FILT-012, AMBIG-36: set, then add, then remove; of equivalent names the first.
pub(crate) fn steps(edit: &HttpHeaderFilter) -> Vec<Step> {
    let sets = first_of_each(edit.set.as_deref()).into_iter().map(|(name, value)| Step::Set(name, value));
    let adds = first_of_each(edit.add.as_deref()).into_iter().map(|(name, value)| Step::Add(name, value));
    let removes = edit.remove.iter().flatten().map(|name| Step::Remove(name.clone()));
    sets.chain(adds).chain(removes).collect()
}

fn first_of_each(headers: Option<&[HttpHeader]>) -> Vec<(String, String)> {
    let mut first: Vec<(String, String)> = Vec::new();
    for header in headers.into_iter().flatten() {
        if !first.iter().any(|(name, _)| name.eq_ignore_ascii_case(&header.name)) {
            first.push((header.name.0.clone(), header.value.0.clone()));
        }
    }
    first
}

/// FILT-010: carries a filter out.
pub(crate) fn apply(edit: &HttpHeaderFilter, headers: &mut Vec<(String, String)>) {
    for step in steps(edit) {
        match step {
            Step::Set(name, value) => replace(headers, &name, |_| value),
            Step::Add(name, value) => replace(headers, &name, |before| joined(before, &value)),
            Step::Remove(name) => headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name)),
        }
    }
}

/// Puts one value in the place of all values of a header.
fn replace(headers: &mut Vec<(String, String)>, name: &str, value: impl FnOnce(Option<String>) -> String) {
    let is_named = |(other, _): &(String, String)| other.eq_ignore_ascii_case(name);
    let before: Vec<_> = headers.iter().filter(|one| is_named(one)).map(|(_, value)| value.clone()).collect();
    let place = headers.iter().position(is_named).unwrap_or(headers.len());
    headers.retain(|one| !is_named(one));
    let value = value((!before.is_empty()).then(|| before.join(",")));
    headers.insert(place, (name.to_owned(), value));
}

fn joined(before: Option<String>, value: &str) -> String {
    before.map_or_else(|| value.to_owned(), |before| format!("{before},{value}"))
}

/// Several changes as one: each header once.
pub(crate) fn composed(steps: &[Step]) -> Edits {
    let mut whole: Vec<Step> = Vec::new();
    for step in steps {
        let name = name_of(step);
        let place = whole.iter().position(|one| name_of(one).eq_ignore_ascii_case(name));
        let before = place.map(|place| whole[place].clone());
        let after = match (before, step) {
            (Some(Step::Set(name, one)), Step::Add(_, other)) => Step::Set(name, format!("{one},{other}")),
            (Some(Step::Add(name, one)), Step::Add(_, other)) => Step::Add(name, format!("{one},{other}")),
            (Some(Step::Remove(_)), Step::Add(name, value)) => Step::Set(name.clone(), value.clone()),
            (_, step) => step.clone(),
        };
        match place {
            Some(place) => whole[place] = after,
            None => whole.push(after),
        }
    }
    let mut edits = Edits::default();
    for step in whole {
        match step {
            Step::Set(name, value) => edits.set.push((name, value)),
            Step::Add(name, value) => edits.add.push((name, value)),
            Step::Remove(name) => edits.remove.push(name),
        }
    }
    edits
}

fn name_of(step: &Step) -> &str {
    match step {
        Step::Set(name, _) | Step::Add(name, _) | Step::Remove(name) => name,
    }
}
