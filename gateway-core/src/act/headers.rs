//! Header modifiers as a list of edits (FILT-010..013, AMBIG-36).

use crate::model::{HttpHeader, HttpHeaderFilter};

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

/// FILT-012: of names that differ only by case the first applies.
fn first_of_each(headers: &[HttpHeader]) -> impl Iterator<Item = &HttpHeader> {
    headers.iter().enumerate().filter_map(move |(index, header)| {
        let earlier = headers.get(..index).unwrap_or_default();
        (!earlier.iter().any(|other| other.name.eq_ignore_ascii_case(&header.name))).then_some(header)
    })
}
