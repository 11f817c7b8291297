//! A serde deserializer that forgives.

use serde::Deserializer;
use serde::de::Visitor;
use serde::de::value::Error;
use serde::forward_to_deserialize_any;

use crate::model::value::MAX_DEPTH;
use crate::model::{JsonType, Value};

use super::ReadFindingKind;
use super::entries::{Elements, Entries};
use super::reading::Reading;

/// Where a value comes from.
#[derive(Clone, Copy)]
pub(super) enum Source<'v> {
    /// It is there.
    Value(&'v Value),
    /// It is not there.
    Absent,
    /// It lies in something that is not there, which was reported already.
    Hole,
}

/// A place in a manifest that serde asks for.
pub(super) struct Node<'r, 'v> {
    reading: &'r mut Reading<'v>,
    source: Source<'v>,
    /// Whether it is an element of a list or map, where `null` does not mean absent.
    element: bool,
}

impl<'r, 'v> Node<'r, 'v> {
    pub(super) fn root(reading: &'r mut Reading<'v>, value: &'v Value) -> Self {
        Self::element(reading, value.into())
    }

    pub(super) fn element(reading: &'r mut Reading<'v>, source: Source<'v>) -> Self {
        Self { reading, source, element: true }
    }

    pub(super) fn field(reading: &'r mut Reading<'v>, source: Source<'v>) -> Self {
        Self { reading, source, element: false }
    }

    /// The value, or `None` (reported) when there is none to read.
    fn open(&mut self) -> Option<&'v Value> {
        match self.source {
            Source::Hole => None,
            Source::Absent => self.missing(),
            Source::Value(Value::Null) if !self.element => self.missing(),
            Source::Value(value) => match self.reading.hole(value) {
                Some(kind) => {
                    self.reading.report(kind);
                    None
                }
                None => Some(value),
            },
        }
    }

    fn missing(&mut self) -> Option<&'v Value> {
        self.reading.report(ReadFindingKind::Missing);
        None
    }

    /// A whole number between two bounds; 0 where there is none.
    fn integer(mut self, minimum: i64, maximum: i64) -> i64 {
        let Some(value) = self.open() else {
            return 0;
        };
        let number = match value {
            // Only a number above the range of 64 bits with a sign is whole and does not fit.
            Value::Number(number) if number.is_whole() => number.as_i64(),
            Value::String(text) if text.parse::<i64>().is_ok() => {
                self.reading.report_type(value, JsonType::Integer);
                text.parse().ok()
            }
            _ => {
                self.reading.refuse(value, JsonType::Integer);
                return 0;
            }
        };
        if let Some(fitting) = number.filter(|number| (minimum..=maximum).contains(number)) {
            return fitting;
        }
        let written = Reading::written(value);
        self.reading.report(ReadFindingKind::OutOfRange { minimum, maximum, written });
        number.map_or(maximum, |number| number.clamp(minimum, maximum))
    }
}

/// Reads whole numbers of a type.
macro_rules! integers {
    ($($method:ident => $visit:ident: $type:ty),* $(,)?) => {
        $(
            fn $method<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Error> {
                let number = self.integer(<$type>::MIN.into(), <$type>::MAX.into());
                visitor.$visit(<$type>::try_from(number).unwrap_or_default())
            }
        )*
    };
}

impl<'v> Deserializer<'v> for Node<'_, 'v> {
    type Error = Error;

    integers! {
        deserialize_i8 => visit_i8: i8,
        deserialize_i16 => visit_i16: i16,
        deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64,
        deserialize_u8 => visit_u8: u8,
        deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32,
    }

    fn deserialize_bool<V: Visitor<'v>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.open() {
            Some(Value::Bool(value)) => visitor.visit_bool(value.get()),
            Some(other) => {
                self.reading.refuse(other, JsonType::Boolean);
                visitor.visit_bool(false)
            }
            None => visitor.visit_bool(false),
        }
    }

    fn deserialize_str<V: Visitor<'v>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let Some(value) = self.open() else {
            return visitor.visit_borrowed_str("");
        };
        match value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Bool(written) => {
                self.reading.report_type(value, JsonType::String);
                visitor.visit_borrowed_str(written.text())
            }
            Value::Number(number) => {
                self.reading.report_type(value, JsonType::String);
                visitor.visit_string(alloc::format!("{number}"))
            }
            other => {
                self.reading.refuse(other, JsonType::String);
                visitor.visit_borrowed_str("")
            }
        }
    }

    fn deserialize_string<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.source {
            Source::Absent | Source::Hole | Source::Value(Value::Null) => visitor.visit_none(),
            Source::Value(value) => match self.reading.hole(value) {
                Some(kind) => {
                    self.reading.report(kind);
                    visitor.visit_none()
                }
                None => visitor.visit_some(self),
            },
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'v>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let list = match self.open() {
            Some(Value::List(list)) => list.as_slice(),
            Some(other) => {
                self.reading.refuse(other, JsonType::Array);
                &[]
            }
            None => &[],
        };
        visitor.visit_seq(Elements { reading: self.reading, list, next: 0 })
    }

    fn deserialize_map<V: Visitor<'v>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let entries = match self.open() {
            Some(Value::Map(entries)) => entries.as_slice(),
            Some(other) => {
                self.reading.refuse(other, JsonType::Object);
                &[]
            }
            None => &[],
        };
        visitor.visit_map(Entries::of_map(self.reading, entries))
    }

    fn deserialize_struct<V: Visitor<'v>>(
        mut self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let entries = match self.open() {
            Some(Value::Map(entries)) => Entries::of_struct(self.reading, entries, fields),
            Some(other) => {
                self.reading.refuse(other, JsonType::Object);
                Entries::of_hole(self.reading, fields)
            }
            None => Entries::of_hole(self.reading, fields),
        };
        visitor.visit_map(entries)
    }

    /// Reads what the model keeps as a [`Value`].
    fn deserialize_any<V: Visitor<'v>>(mut self, visitor: V) -> Result<V::Value, Error> {
        if self.reading.depth() >= MAX_DEPTH {
            self.reading.report(ReadFindingKind::TooDeep { limit: MAX_DEPTH });
            return visitor.visit_unit();
        }
        match self.open() {
            None | Some(Value::Null) => visitor.visit_unit(),
            Some(Value::Bool(value)) => visitor.visit_bool(value.get()),
            Some(Value::Number(number)) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => visitor.visit_i64(number),
                (None, Some(number)) => visitor.visit_u64(number),
                (None, None) => visitor.visit_f64(number.as_f64()),
            },
            Some(Value::String(text)) => visitor.visit_borrowed_str(text),
            Some(Value::List(list)) => visitor.visit_seq(Elements { reading: self.reading, list, next: 0 }),
            Some(Value::Map(entries)) => visitor.visit_map(Entries::of_map(self.reading, entries)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'v>>
        u64 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}
