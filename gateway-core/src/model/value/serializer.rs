//! Makes a value of anything that serde can write.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use super::Value;

impl Value {
    /// The value of an object of the model.
    pub(in crate::model) fn of<T: Serialize>(object: &T) -> Self {
        object.serialize(ToValue).expect("the model is made of text, numbers, lists and maps with text keys")
    }
}

/// Something the model does not contain.
#[derive(Debug)]
pub(super) struct Unsupported(String);

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Unsupported {}

impl Error for Unsupported {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn unsupported<T>(what: &str) -> Result<T, Unsupported> {
    Err(Unsupported(what.into()))
}

struct ToValue;

impl Serializer for ToValue {
    type Ok = Value;
    type Error = Unsupported;
    type SerializeSeq = ListBuilder;
    type SerializeTuple = ListBuilder;
    type SerializeTupleStruct = Impossible<Value, Unsupported>;
    type SerializeTupleVariant = Impossible<Value, Unsupported>;
    type SerializeMap = MapBuilder;
    type SerializeStruct = MapBuilder;
    type SerializeStructVariant = Impossible<Value, Unsupported>;

    fn serialize_bool(self, value: bool) -> Result<Value, Unsupported> {
        Ok(value.into())
    }

    fn serialize_i8(self, number: i8) -> Result<Value, Unsupported> {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<Value, Unsupported> {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<Value, Unsupported> {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<Value, Unsupported> {
        Ok(number.into())
    }

    fn serialize_u8(self, number: u8) -> Result<Value, Unsupported> {
        self.serialize_u64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<Value, Unsupported> {
        self.serialize_u64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<Value, Unsupported> {
        self.serialize_u64(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<Value, Unsupported> {
        Ok(number.into())
    }

    fn serialize_f32(self, number: f32) -> Result<Value, Unsupported> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<Value, Unsupported> {
        Ok(number.into())
    }

    fn serialize_char(self, c: char) -> Result<Value, Unsupported> {
        Ok(c.to_string().into())
    }

    fn serialize_str(self, text: &str) -> Result<Value, Unsupported> {
        Ok(text.into())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unsupported> {
        unsupported("bytes")
    }

    fn serialize_none(self) -> Result<Value, Unsupported> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unsupported> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unsupported> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unsupported> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, Unsupported> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Unsupported> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, Unsupported> {
        unsupported("a variant with a value")
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ListBuilder, Unsupported> {
        Ok(ListBuilder(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<ListBuilder, Unsupported> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unsupported> {
        unsupported("a tuple struct")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unsupported> {
        unsupported("a variant with values")
    }

    fn serialize_map(self, length: Option<usize>) -> Result<MapBuilder, Unsupported> {
        Ok(MapBuilder { entries: Vec::with_capacity(length.unwrap_or(0)), key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<MapBuilder, Unsupported> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unsupported> {
        unsupported("a variant with fields")
    }
}

struct ListBuilder(Vec<Value>);

impl SerializeSeq for ListBuilder {
    type Ok = Value;
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        self.0.push(value.serialize(ToValue)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unsupported> {
        Ok(Value::List(self.0))
    }
}

impl SerializeTuple for ListBuilder {
    type Ok = Value;
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, Unsupported> {
        SerializeSeq::end(self)
    }
}

struct MapBuilder {
    entries: Vec<(String, Value)>,
    /// The key whose value comes next.
    key: String,
}

impl SerializeMap for MapBuilder {
    type Ok = Value;
    type Error = Unsupported;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unsupported> {
        match key.serialize(ToValue)? {
            Value::String(key) => self.key = key,
            _ => return unsupported("a key that is not text"),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        let key = core::mem::take(&mut self.key);
        self.entries.push((key, value.serialize(ToValue)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Unsupported> {
        Ok(Value::Map(self.entries))
    }
}

impl SerializeStruct for MapBuilder {
    type Ok = Value;
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unsupported> {
        self.entries.push((key.into(), value.serialize(ToValue)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Unsupported> {
        Ok(Value::Map(self.entries))
    }
}
