//! Hands the parts of a list or map to serde, one by one.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use serde::de::value::Error;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use crate::model::Value;

use super::ReadFindingKind;
use super::deserializer::{Node, Source};
use super::reading::{Reading, Step};

/// The elements of a list.
pub(super) struct Elements<'r, 'v> {
    pub(super) reading: &'r mut Reading<'v>,
    pub(super) list: &'v [Value],
    /// The index of the next element.
    pub(super) next: usize,
}

impl<'v> SeqAccess<'v> for Elements<'_, 'v> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'v>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(element) = self.list.get(self.next) else {
            return Ok(None);
        };
        self.reading.enter(Step::Index(self.next));
        let read = seed.deserialize(Node::element(self.reading, element.into()))?;
        self.reading.leave();
        self.next += 1;
        Ok(Some(read))
    }
}

/// The entries of a map, or the fields of a struct.
pub(super) struct Entries<'r, 'v> {
    reading: &'r mut Reading<'v>,
    remaining: vec::IntoIter<(&'v str, Source<'v>)>,
    /// The entry whose key was handed out last.
    current: Option<(&'v str, Source<'v>)>,
    /// Whether a `null` is a value of the wrong type, and not an absent field.
    elements: bool,
}

impl<'r, 'v> Entries<'r, 'v> {
    /// All entries of a map; of a key that occurs twice, the last.
    pub(super) fn of_map(reading: &'r mut Reading<'v>, map: &'v [(String, Value)]) -> Self {
        let last = last_positions(map);
        let mut entries = Vec::with_capacity(last.len());
        for (position, (key, value)) in map.iter().enumerate() {
            if last.get(key.as_str()) == Some(&position) {
                entries.push((key.as_str(), value.into()));
            } else {
                reading.report_at(key, ReadFindingKind::DuplicateKey);
            }
        }
        Self { reading, remaining: entries.into_iter(), current: None, elements: true }
    }

    /// The fields of a struct: first those that are there, then those that are not.
    pub(super) fn of_struct(
        reading: &'r mut Reading<'v>,
        map: &'v [(String, Value)],
        fields: &'static [&'static str],
    ) -> Self {
        let last = last_positions(map);
        let mut entries = Vec::with_capacity(fields.len());
        for (position, (key, value)) in map.iter().enumerate() {
            let key = key.as_str();
            if last.get(key) != Some(&position) {
                reading.report_at(key, ReadFindingKind::DuplicateKey);
            } else if fields.contains(&key) {
                entries.push((key, value.into()));
            } else if reading.reports_unknown() && !(reading.at_root() && is_type_field(key)) {
                reading.report_at(key, ReadFindingKind::UnknownField);
            }
        }
        let absent = fields.iter().filter(|field| !last.contains_key(*field));
        entries.extend(absent.map(|field| (*field, Source::Absent)));
        Self { reading, remaining: entries.into_iter(), current: None, elements: false }
    }

    /// The fields of a struct in a hole.
    pub(super) fn of_hole(reading: &'r mut Reading<'v>, fields: &'static [&'static str]) -> Self {
        let entries: Vec<_> = fields.iter().map(|field| (*field, Source::Hole)).collect();
        Self { reading, remaining: entries.into_iter(), current: None, elements: false }
    }
}

/// Whether a field of a manifest says what it describes.
fn is_type_field(key: &str) -> bool {
    matches!(key, "apiVersion" | "kind")
}

/// Where each key occurs last.
fn last_positions(map: &[(String, Value)]) -> BTreeMap<&str, usize> {
    map.iter().enumerate().map(|(position, (key, _))| (key.as_str(), position)).collect()
}

impl<'v> MapAccess<'v> for Entries<'_, 'v> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'v>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.remaining.next();
        self.current.as_ref().map(|(key, _)| seed.deserialize((*key).into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'v>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, source) = self.current.take().unwrap_or(("", Source::Absent));
        self.reading.enter(Step::Key(key));
        let node = if self.elements {
            Node::element(self.reading, source)
        } else {
            Node::field(self.reading, source)
        };
        let read = seed.deserialize(node)?;
        self.reading.leave();
        Ok(read)
    }
}
