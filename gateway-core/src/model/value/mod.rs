//! Values without a format: what YAML, JSON and the dictionaries of other languages have in common.

mod deserialize;
mod excerpt;
mod number;
mod serialize;
mod serializer;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

pub use number::Number;

/// How deeply lists and maps may nest when a [`Value`] is read through serde.
pub(super) const MAX_DEPTH: usize = 128;

/// Any value of JSON or YAML. Maps keep their order, and keys that occur twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(Bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// Values in order.
    List(Vec<Value>),
    /// Values under keys, in order.
    Map(Vec<(String, Value)>),
}

/// Yes or no, and how it was written when that is not `true` or `false`.
#[derive(Clone, Debug, Default)]
pub struct Bool {
    value: bool,
    written: Option<Box<str>>,
}

impl Bool {
    /// A boolean whose text is not JSON's, such as YAML's `yes`.
    pub fn with_text(value: bool, written: impl Into<Box<str>>) -> Self {
        Self { value, written: Some(written.into()) }
    }

    /// The value.
    pub fn get(&self) -> bool {
        self.value
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        match &self.written {
            Some(text) => text,
            None if self.value => "true",
            None => "false",
        }
    }
}

impl PartialEq for Bool {
    /// Compares the values, not how they were written.
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Bool {}

/// What a value is, in the words of JSON schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`: a whole number.
    Integer,
    /// `number`: any other number.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl JsonType {
    /// The word of JSON schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Value {
    /// What the value is.
    pub fn json_type(&self) -> JsonType {
        match self {
            Self::Null => JsonType::Null,
            Self::Bool(_) => JsonType::Boolean,
            Self::Number(number) if number.is_whole() => JsonType::Integer,
            Self::Number(_) => JsonType::Number,
            Self::String(_) => JsonType::String,
            Self::List(_) => JsonType::Array,
            Self::Map(_) => JsonType::Object,
        }
    }

    /// The boolean, when it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(value.get()),
            _ => None,
        }
    }

    /// The number, when it is a whole one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The text, when it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, when it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The entries, when it is a map.
    pub fn as_map(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under a key, when it is a map; of several, the last, as Kubernetes reads them.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_map()?.iter().rev().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The value under a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Map(entries) => {
                entries.iter_mut().rev().find_map(|(name, value)| (name == key).then_some(value))
            }
            _ => None,
        }
    }

    /// Drops the value level by level, so that no nesting is too deep for the stack.
    pub(super) fn dismantle(self) {
        let mut pending = vec![self];
        while let Some(value) = pending.pop() {
            match value {
                Self::List(elements) => pending.extend(elements),
                Self::Map(entries) => pending.extend(entries.into_iter().map(|(_, value)| value)),
                _ => {}
            }
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(Bool { value, written: None })
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Vec<Value>> for Value {
    fn from(elements: Vec<Value>) -> Self {
        Self::List(elements)
    }
}

impl From<Vec<(String, Value)>> for Value {
    fn from(entries: Vec<(String, Value)>) -> Self {
        Self::Map(entries)
    }
}
