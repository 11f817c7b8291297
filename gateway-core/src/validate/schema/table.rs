//! The words the tables are written in.

use alloc::vec::Vec;

use crate::model::Value;
use crate::validate::Channel;
use crate::validate::pattern::Pattern;
use crate::validate::rules::Rule;

/// Which values of a field are right.
#[derive(Clone, Copy, Debug)]
pub(in crate::validate) struct Schema {
    pub(in crate::validate) shape: Shape,
    /// What must hold of the value beyond its shape, in the order of the CRD.
    pub(in crate::validate) rules: &'static [&'static Rule],
}

/// The JSON type of a value, with the limits of that type.
#[derive(Clone, Copy, Debug)]
pub(in crate::validate) enum Shape {
    Text(Text),
    Integer(Integer),
    Boolean,
    List { item: &'static Schema, min: usize, max: usize, kind: ListKind },
    Map { value: &'static Schema, max: usize },
    Object { fields: &'static [Field], is_address: bool },
}

/// Limits of a string; lengths are in characters.
#[derive(Clone, Copy, Debug)]
pub(in crate::validate) struct Text {
    pub(in crate::validate) min: usize,
    pub(in crate::validate) max: usize,
    pub(in crate::validate) pattern: Option<Pattern>,
    /// The pattern is part of the experimental channel only (MODEL-S11).
    pub(in crate::validate) pattern_is_experimental: bool,
    pub(in crate::validate) values: &'static [&'static str],
    pub(in crate::validate) is_date_time: bool,
}

/// Limits of a whole number.
#[derive(Clone, Copy, Debug)]
pub(in crate::validate) struct Integer {
    pub(in crate::validate) min: i64,
    pub(in crate::validate) max: i64,
    pub(in crate::validate) bits: u8,
    pub(in crate::validate) values: &'static [i64],
}

/// Which items of a list are the same item (MODEL-R39).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::validate) enum ListKind {
    Atomic,
    Set,
    Map(&'static [&'static str]),
}

/// One line of a table.
#[derive(Clone, Copy, Debug)]
pub(in crate::validate) struct Field {
    pub(in crate::validate) id: &'static str,
    pub(in crate::validate) name: &'static str,
    /// The only channel that has the field so; `None` for both.
    pub(in crate::validate) only: Option<Channel>,
    pub(in crate::validate) required: bool,
    pub(in crate::validate) default: Option<Constant>,
    pub(in crate::validate) schema: Schema,
}

/// A value known beforehand.
#[derive(Clone, Copy, Debug)]
pub(in crate::validate) enum Constant {
    Text(&'static str),
    Number(i64),
    List(&'static [Constant]),
    Map(&'static [(&'static str, Constant)]),
}

impl Constant {
    pub(in crate::validate) fn to_value(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Number(number) => number.into(),
            Self::List(elements) => Value::List(elements.iter().map(|element| element.to_value()).collect()),
            Self::Map(entries) => Value::Map(
                entries.iter().map(|(key, value)| ((*key).into(), value.to_value())).collect::<Vec<_>>(),
            ),
        }
    }
}

impl Schema {
    const fn of(shape: Shape) -> Self {
        Self { shape, rules: &[] }
    }

    pub(super) const fn list(item: &'static Self) -> Self {
        Self::of(Shape::List { item, min: 0, max: usize::MAX, kind: ListKind::Atomic })
    }

    pub(super) const fn map(value: &'static Self, max: usize) -> Self {
        Self::of(Shape::Map { value, max })
    }

    pub(super) const fn object(fields: &'static [Field]) -> Self {
        Self::of(Shape::Object { fields, is_address: false })
    }

    /// The rules the value must also obey.
    pub(super) const fn rules(self, rules: &'static [&'static Rule]) -> Self {
        Self { rules, ..self }
    }

    pub(super) const fn pattern(self, pattern: Pattern) -> Self {
        let Shape::Text(text) = self.shape else { panic!("only a string has a pattern") };
        Self { shape: Shape::Text(Text { pattern: Some(pattern), ..text }), ..self }
    }

    /// A pattern that only the experimental channel has.
    pub(super) const fn experimental_pattern(self, pattern: Pattern) -> Self {
        let Shape::Text(text) = self.shape else { panic!("only a string has a pattern") };
        let text = Text { pattern: Some(pattern), pattern_is_experimental: true, ..text };
        Self { shape: Shape::Text(text), ..self }
    }

    /// Least and greatest number of items.
    pub(super) const fn items(self, least: usize, greatest: usize) -> Self {
        let Shape::List { item, kind, .. } = self.shape else { panic!("only a list has items") };
        Self { shape: Shape::List { item, kind, min: least, max: greatest }, ..self }
    }

    /// No two items may be equal.
    pub(super) const fn set(self) -> Self {
        self.kind(ListKind::Set)
    }

    /// No two items may agree in these fields.
    pub(super) const fn keyed_by(self, keys: &'static [&'static str]) -> Self {
        self.kind(ListKind::Map(keys))
    }

    const fn kind(self, kind: ListKind) -> Self {
        let Shape::List { item, min, max, .. } = self.shape else { panic!("only a list has a kind") };
        Self { shape: Shape::List { item, min, max, kind }, ..self }
    }

    /// With type `IPAddress` the value must be an IP address (VAL-GW-05).
    pub(super) const fn address(self) -> Self {
        let Shape::Object { fields, .. } = self.shape else { panic!("only an object is an address") };
        Self { shape: Shape::Object { fields, is_address: true }, ..self }
    }

    /// The field of that name in a channel.
    pub(in crate::validate) fn field(&self, name: &str, channel: Channel) -> Option<&'static Field> {
        self.fields(channel).find(|field| field.name == name)
    }

    /// The fields a channel has, in alphabetical order.
    pub(in crate::validate) fn fields(&self, channel: Channel) -> impl Iterator<Item = &'static Field> {
        let fields: &'static [Field] = match self.shape {
            Shape::Object { fields, .. } => fields,
            _ => &[],
        };
        fields.iter().filter(move |field| field.only.is_none_or(|only| only == channel))
    }

    /// The word of JSON schema for the type.
    pub(in crate::validate) const fn type_name(&self) -> &'static str {
        match self.shape {
            Shape::Text(_) => "string",
            Shape::Integer(_) => "integer",
            Shape::Boolean => "boolean",
            Shape::List { .. } => "array",
            Shape::Map { .. } | Shape::Object { .. } => "object",
        }
    }
}

/// A string of any length.
pub(super) const fn any_text() -> Schema {
    text(0, usize::MAX)
}

/// A string of so many characters.
pub(super) const fn text(min: usize, max: usize) -> Schema {
    Schema::of(Shape::Text(Text {
        min,
        max,
        pattern: None,
        pattern_is_experimental: false,
        values: &[],
        is_date_time: false,
    }))
}

/// One of several words.
pub(super) const fn one_of(values: &'static [&'static str]) -> Schema {
    Schema::of(Shape::Text(Text {
        min: 0,
        max: usize::MAX,
        pattern: None,
        pattern_is_experimental: false,
        values,
        is_date_time: false,
    }))
}

/// A point in time of RFC 3339.
pub(super) const fn date_time() -> Schema {
    Schema::of(Shape::Text(Text {
        min: 0,
        max: usize::MAX,
        pattern: None,
        pattern_is_experimental: false,
        values: &[],
        is_date_time: true,
    }))
}

/// A number of 64 bits.
pub(super) const fn int64(min: i64, max: i64) -> Schema {
    Schema::of(Shape::Integer(Integer { min, max, bits: 64, values: &[] }))
}

/// A number of 32 bits (VAL-SCH-13).
pub(super) const fn int32(min: i64, max: i64) -> Schema {
    Schema::of(Shape::Integer(Integer { min, max, bits: 32, values: &[] }))
}

/// One of several numbers.
pub(super) const fn one_number_of(values: &'static [i64]) -> Schema {
    Schema::of(Shape::Integer(Integer { min: i64::MIN, max: i64::MAX, bits: 64, values }))
}

pub(super) const fn boolean() -> Schema {
    Schema::of(Shape::Boolean)
}

/// The fields of an object.
macro_rules! object {
    ([$($field:expr),* $(,)?]) => {{
        const FIELDS: &[$crate::validate::schema::Field] = &[$($field),*];
        $crate::validate::schema::Schema::object(FIELDS)
    }};
}

/// A list of any length that is replaced as a whole.
macro_rules! list {
    ($item:expr) => {{
        const ITEM: &$crate::validate::schema::Schema = &$item;
        $crate::validate::schema::Schema::list(ITEM)
    }};
}

/// A map from any keys to at most so many values.
macro_rules! map {
    ($value:expr, $max:expr) => {{
        const VALUE: &$crate::validate::schema::Schema = &$value;
        $crate::validate::schema::Schema::map(VALUE, $max)
    }};
}

/// The rules of a value.
macro_rules! rules {
    ($($rule:expr),* $(,)?) => {{
        const RULES: &[&$crate::validate::rules::Rule] = &[$($rule),*];
        RULES
    }};
}

pub(super) use {list, map, object, rules};

/// A field that may be absent.
pub(super) const fn optional(id: &'static str, name: &'static str, schema: Schema) -> Field {
    Field { id, name, only: None, required: false, default: None, schema }
}

/// A field that must be present.
pub(super) const fn required(id: &'static str, name: &'static str, schema: Schema) -> Field {
    Field { id, name, only: None, required: true, default: None, schema }
}

impl Field {
    /// What the API server writes when the field is absent.
    pub(super) const fn default(self, value: Constant) -> Self {
        Self { default: Some(value), ..self }
    }

    /// Only the experimental channel has the field so.
    pub(super) const fn experimental(self) -> Self {
        Self { only: Some(Channel::Experimental), ..self }
    }

    /// Only the standard channel has the field so.
    pub(super) const fn standard(self) -> Self {
        Self { only: Some(Channel::Standard), ..self }
    }
}
