//! Where a walk through an object is, without copying anything until there is a problem.

use alloc::string::String;
use core::fmt::Write;

use crate::model::{FieldPath, PathSegment};

/// A value's place: the way back to the root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(super) const ROOT: Place<'static> = Place { parent: None, step: Step::Root };

    /// The place of the value under a key.
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Key(key) }
    }

    /// The place of the element at an index.
    pub(super) fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index) }
    }

    /// The place as a path to keep.
    pub(super) fn path(&self) -> FieldPath {
        let mut path = self.parent.map_or_else(FieldPath::root, Place::path);
        match self.step {
            Step::Root => {}
            Step::Key(key) => path.push(PathSegment::Key(key.into())),
            Step::Index(index) => path.push(PathSegment::Index(index)),
        }
        path
    }

    /// The place as the texts of schema errors have it, with every key behind a dot (VAL-GEN-15).
    pub(super) fn dotted(&self) -> String {
        let mut text = self.parent.map_or_else(String::new, Place::dotted);
        match self.step {
            Step::Root => {}
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            // Writing to a String cannot fail.
            Step::Index(index) => drop(write!(text, "[{index}]")),
        }
        text
    }
}
