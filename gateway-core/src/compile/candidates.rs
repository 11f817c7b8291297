//! The candidates of one path in order, and which of them a request meets.
//!
//! A reference to candidates is a number of 32 bits: nothing, one entry that asks for nothing more, or
//! the offset of a list. A list has the smaller entry first. Its elements are entries with bits that
//! reject most requests at once, or groups of entries: those of one automaton, those of one header.

use super::arena::{Arena, number, short};
use super::expressions::ExpressionGroup;
use super::hash::{HashKey, NameKind};
use super::records::{SLOT, place, slot};
use crate::matching::{RequestView, joined};
use crate::table::Entry;

/// No candidate.
pub(super) const NONE: u32 = 0;
/// No entry: greater than all of them.
pub(super) const NO_ENTRY: u32 = u32::MAX;

/// Low bits of a reference: an entry without further conditions.
pub(super) const ONE: u32 = 1;
/// Low bits of a reference: the offset of a list.
pub(super) const LIST: u32 = 2;

/// Low bits of an element: an entry.
pub(super) const ENTRY: u32 = 0;
/// Low bits of an element: the number of an [`ExpressionGroup`] stands above.
pub(super) const EXPRESSIONS: u32 = 1;
/// Low bits of an element: the offset of a header's table stands above.
pub(super) const HEADER: u32 = 2;

/// The path is yet to be compared.
pub(super) const CHECKS_PATH: u32 = 1 << 2;
/// Headers are yet to be compared.
pub(super) const CHECKS_HEADERS: u32 = 1 << 3;
/// Query parameters are yet to be compared.
pub(super) const CHECKS_QUERY: u32 = 1 << 4;
/// The method is not among those that have a code.
pub(super) const CHECKS_METHOD: u32 = 1 << 5;
/// All of these.
pub(super) const CHECKS: u32 = CHECKS_PATH | CHECKS_HEADERS | CHECKS_QUERY | CHECKS_METHOD;
/// Where the code of the method stands.
pub(super) const METHOD: u32 = 8;

/// The code of a method; 0 stands for any, or one without a code.
#[inline]
pub(super) fn method_code(method: &[u8]) -> u32 {
    match method {
        b"GET" => 1,
        b"POST" => 2,
        b"PUT" => 3,
        b"DELETE" => 4,
        b"HEAD" => 5,
        b"PATCH" => 6,
        b"OPTIONS" => 7,
        b"CONNECT" => 8,
        b"TRACE" => 9,
        _ => 0,
    }
}

/// A request on its way through the candidates of one host.
#[derive(Debug)]
pub(super) struct Search<'a, R> {
    pub(super) arena: Arena<'a>,
    pub(super) key: HashKey,
    pub(super) expressions: &'a [ExpressionGroup],
    /// The entries of the host.
    pub(super) entries: &'a [Entry],
    pub(super) request: &'a R,
}

impl<R: RequestView> Search<'_, R> {
    /// The first entry before `bound` that the request meets, or `bound`.
    #[inline]
    pub(super) fn first(&self, candidates: u32, bound: u32) -> u32 {
        match candidates & 3 {
            ONE => bound.min(candidates >> 2),
            LIST => self.first_of_list(candidates & !3, bound),
            _ => bound,
        }
    }

    fn first_of_list(&self, list: u32, mut bound: u32) -> u32 {
        let (head, elements) = match self.arena.records::<8>(list as usize) {
            [head, elements @ ..] => (number(head, 0), elements),
            [] => return bound,
        };
        let method = method_code(self.request.method());
        for element in elements.iter().take(head as usize) {
            let (id, means) = slot(*element);
            if id >= bound {
                break;
            }
            match means & 3 {
                ENTRY if self.is_met(id, means, method) => return id,
                EXPRESSIONS => {
                    if let Some(group) = self.expressions.get((means >> 2) as usize) {
                        group.each_match(self.request.path(), |found| bound = self.first(found, bound));
                    }
                }
                HEADER => bound = self.first_by_header(means & !3, bound),
                _ => {}
            }
        }
        bound
    }

    #[inline]
    fn is_met(&self, id: u32, means: u32, method: u32) -> bool {
        let asked = means >> METHOD & 0xff;
        if asked != 0 && asked != method {
            return false;
        }
        means & CHECKS == 0 || self.is_met_in_full(id, means)
    }

    fn is_met_in_full(&self, id: u32, means: u32) -> bool {
        let Some(entry) = self.entries.get(id as usize) else { return false };
        let Some(conditions) = &entry.conditions else { return true };
        let checks = |what| means & what != 0;
        (!checks(CHECKS_METHOD) || conditions.has_method(self.request))
            && (!checks(CHECKS_PATH) || conditions.path.matches(self.request.path()))
            && (!checks(CHECKS_HEADERS) || conditions.has_headers(self.request))
            && (!checks(CHECKS_QUERY) || conditions.has_query(self.request))
    }

    /// The table of a header: its name, and candidates for each value.
    fn first_by_header(&self, table: u32, bound: u32) -> u32 {
        let record: &[u8; HEADER_TABLE] = self.arena.record(table as usize);
        let (range, slots, length) = (number(record, 0), number(record, 4), short(record, 8));
        let [.., repeated, _] = *record;
        let name = self.arena.text(table as usize + HEADER_TABLE, length.into());
        let Ok(name) = core::str::from_utf8(name) else { return bound };
        let slots = self.arena.records::<SLOT>(slots as usize);
        let mut values = self.request.header_values(name);
        let Some(first) = values.next() else { return bound };
        let of_value = |bound, value: &[u8]| {
            let hash = self.key.bytes(NameKind::Value, value);
            self.first_of_value(slots, place(hash, range), bound, |text| text == value)
        };
        match repeated {
            FIRST => of_value(bound, first),
            ANY => values.fold(of_value(bound, first), of_value),
            _ if values.next().is_none() => of_value(bound, first),
            _ => {
                let all = || joined(self.request.header_values(name));
                let hash = self.key.stream(NameKind::Value, all());
                self.first_of_value(slots, place(hash, range), bound, |text| all().eq(text.iter().copied()))
            }
        }
    }

    fn first_of_value(
        &self,
        slots: &[[u8; SLOT]],
        (tag, mut at): (u32, usize),
        bound: u32,
        is_value: impl Fn(&[u8]) -> bool,
    ) -> u32 {
        while let Some((known, found)) = slots.get(at).copied().map(slot).filter(|(_, found)| *found != 0) {
            if known == tag {
                let (text, candidates) = self.value(found);
                if is_value(text) {
                    return self.first(candidates, bound);
                }
            }
            at += 1;
        }
        bound
    }

    /// A value of a header's table, and its candidates.
    fn value(&self, at: u32) -> (&[u8], u32) {
        let record: &[u8; 8] = self.arena.record(at as usize);
        let (length, candidates) = slot(*record);
        (self.arena.text(at as usize + 8, length as usize), candidates)
    }
}

/// Length of the fixed part of a header's table: range, offset of its slots, length of the name, how
/// repeated values count.
pub(super) const HEADER_TABLE: usize = 12;
/// All values of a header, joined with a comma.
pub(super) const JOINED: u8 = 0;
/// Each value.
pub(super) const ANY: u8 = 1;
/// The first value.
pub(super) const FIRST: u8 = 2;
