//! One lenient reading of one manifest.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem;
use core::ptr;

use serde::de;

use crate::model::{JsonType, Value};

use super::deserializer::{Node, Source};
use super::{FieldPath, PathSegment, ReadError, ReadFinding, ReadFindingKind};

/// How many findings one manifest may have.
const MAX_FINDINGS: usize = 1_000;
/// How much of a value stands in a finding, in characters.
const MAX_EXCERPT: usize = 200;

/// A step into a manifest.
#[derive(Clone, Copy)]
pub(super) enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

/// The state of a reading.
///
/// Serde decides that a field is there before it sees its value. So a value of the wrong type is noted as a
/// hole, and the manifest is read once more, with the hole as if it were absent. Holes never lie in holes,
/// so the second reading finds no further ones.
pub(super) struct Reading<'v> {
    path: Vec<Step<'v>>,
    findings: Vec<ReadFinding>,
    /// Values to read as absent, by address, with the reason.
    holes: BTreeMap<*const Value, ReadFindingKind>,
    report_unknown: bool,
    too_many: bool,
}

impl<'v> Reading<'v> {
    /// A reading that reports unknown fields, or not.
    pub(super) fn new(report_unknown: bool) -> Self {
        Self {
            path: Vec::new(),
            findings: Vec::new(),
            holes: BTreeMap::new(),
            report_unknown,
            too_many: false,
        }
    }

    /// Reads a value, and again as long as there are new holes.
    pub(super) fn read<T>(
        mut self,
        value: &'v Value,
        deserialize: impl Fn(Node<'_, 'v>) -> Result<T, de::value::Error>,
    ) -> Result<(T, Vec<ReadFinding>), ReadError> {
        loop {
            let known_holes = self.holes.len();
            let object = deserialize(Node::root(&mut self, value))
                .map_err(|error| ReadError::Unreadable { path: self.path(), message: error.to_string() })?;
            if self.too_many {
                return Err(ReadError::TooManyFindings { limit: MAX_FINDINGS });
            }
            let findings = mem::take(&mut self.findings);
            if self.holes.len() == known_holes {
                return Ok((object, findings));
            }
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.path.len()
    }

    pub(super) fn at_root(&self) -> bool {
        self.path.is_empty()
    }

    pub(super) fn reports_unknown(&self) -> bool {
        self.report_unknown
    }

    pub(super) fn enter(&mut self, step: Step<'v>) {
        self.path.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// Why a value is to be read as absent.
    pub(super) fn hole(&self, value: &Value) -> Option<ReadFindingKind> {
        self.holes.get(&ptr::from_ref(value)).cloned()
    }

    /// Notes something about the current place.
    pub(super) fn report(&mut self, kind: ReadFindingKind) {
        if self.findings.len() == MAX_FINDINGS {
            self.too_many = true;
            return;
        }
        let path = self.path();
        self.findings.push(ReadFinding { path, kind });
    }

    /// Notes something about a value under the current place.
    pub(super) fn report_at(&mut self, key: &'v str, kind: ReadFindingKind) {
        self.enter(Step::Key(key));
        self.report(kind);
        self.leave();
    }

    /// Notes that the current value has the wrong type.
    pub(super) fn report_type(&mut self, value: &Value, expected: JsonType) {
        self.report(wrong_type(value, expected));
    }

    /// Makes a hole of the current value, because it has the wrong type.
    pub(super) fn refuse(&mut self, value: &Value, expected: JsonType) {
        let kind = wrong_type(value, expected);
        self.holes.insert(ptr::from_ref(value), kind.clone());
        self.report(kind);
    }

    /// The text of a number out of range.
    pub(super) fn written(value: &Value) -> String {
        value.excerpt(MAX_EXCERPT)
    }

    fn path(&self) -> FieldPath {
        self.path
            .iter()
            .map(|step| match *step {
                Step::Key(key) => PathSegment::Key(key.into()),
                Step::Index(index) => PathSegment::Index(index),
            })
            .collect()
    }
}

fn wrong_type(value: &Value, expected: JsonType) -> ReadFindingKind {
    ReadFindingKind::WrongType { expected, found: value.json_type(), written: value.excerpt(MAX_EXCERPT) }
}

impl<'v> From<&'v Value> for Source<'v> {
    fn from(value: &'v Value) -> Self {
        Self::Value(value)
    }
}
