//! Header modifiers as a list of edits (FILT-010..013, AMBIG-36).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::matching::RequestView;
use crate::model::{HttpHeader, HttpHeaderFilter};
use crate::table::Filter;

/// Name and value of a header.
pub type Line<'q> = (Cow<'q, [u8]>, Cow<'q, [u8]>);

/// One change to a header. Names are compared without case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderEdit<'r> {
    /// Replace all values, or create the header.
    Set(&'r str, &'r str),
    /// Append to the value with a comma, or create the header.
    Add(&'r str, &'r str),
    /// Delete every occurrence.
    Remove(&'r str),
}

impl<'r> HeaderEdit<'r> {
    /// The header's name.
    pub fn name(&self) -> &'r str {
        match self {
            Self::Set(name, _) | Self::Add(name, _) | Self::Remove(name) => name,
        }
    }
}

/// The edits of one filter: set, then add, then remove.
pub(crate) fn edits(filter: &HttpHeaderFilter) -> impl Iterator<Item = HeaderEdit<'_>> {
    let set = first_of_each(filter.set.as_deref().unwrap_or_default());
    let add = first_of_each(filter.add.as_deref().unwrap_or_default());
    let remove = filter.remove.iter().flatten().map(|name| HeaderEdit::Remove(name));
    set.map(|header| HeaderEdit::Set(&header.name, &header.value))
        .chain(add.map(|header| HeaderEdit::Add(&header.name, &header.value)))
        .chain(remove)
}

/// The edits of the request header modifiers among filters.
pub(crate) fn edited<'r>(filters: impl Iterator<Item = &'r Filter>) -> impl Iterator<Item = HeaderEdit<'r>> {
    let modifiers = filters.filter_map(|filter| match filter {
        Filter::RequestHeaders(modifier) => Some(modifier),
        _ => None,
    });
    modifiers.flat_map(edits)
}

/// The headers of a request that are wanted, with all edits made to them. What is not changed is borrowed.
pub(crate) fn changed<'q>(
    request: &'q impl RequestView,
    wanted: impl Fn(&[u8]) -> bool,
    edits: impl Iterator<Item = HeaderEdit<'q>>,
) -> Vec<Line<'q>> {
    let lines = request.headers().filter(|(name, _)| wanted(name));
    let mut lines = lines.map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value))).collect();
    for edit in edits.filter(|edit| wanted(edit.name().as_bytes())) {
        apply(&mut lines, edit);
    }
    lines
}

/// FILT-010: what an edit does to a list of headers.
fn apply<'q>(lines: &mut Vec<Line<'q>>, edit: HeaderEdit<'q>) {
    let same = |name: &[u8]| name.eq_ignore_ascii_case(edit.name().as_bytes());
    let line = |name: &'q str, value: &'q str| -> Line<'q> {
        (Cow::Borrowed(name.as_bytes()), Cow::Borrowed(value.as_bytes()))
    };
    match edit {
        HeaderEdit::Set(name, value) => {
            lines.retain(|(found, _)| !same(found));
            lines.push(line(name, value));
        }
        HeaderEdit::Add(name, value) => match lines.iter_mut().rfind(|(found, _)| same(found)) {
            Some((_, old)) => {
                let old = old.to_mut();
                old.push(b',');
                old.extend_from_slice(value.as_bytes());
            }
            None => lines.push(line(name, value)),
        },
        HeaderEdit::Remove(_) => lines.retain(|(found, _)| !same(found)),
    }
}

/// FILT-012: of names that differ only by case the first applies.
fn first_of_each(headers: &[HttpHeader]) -> impl Iterator<Item = &HttpHeader> {
    headers.iter().enumerate().filter_map(move |(index, header)| {
        let earlier = headers.get(..index).unwrap_or_default();
        (!earlier.iter().any(|other| other.name.eq_ignore_ascii_case(&header.name))).then_some(header)
    })
}
