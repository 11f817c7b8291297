//! Headers as people write them.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::error::AskError;

/// Headers: a mapping of names to one value or several, or a list of pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(
    /// Names and values, in order.
    pub Vec<(String, String)>,
);

impl Headers {
    /// Headers of the form `Name: value`.
    pub fn from_lines(headers: &[String]) -> Result<Self, AskError> {
        headers.iter().map(|header| split_header(header)).collect::<Result<_, _>>().map(Self)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeadersVisitor)
    }
}

struct HeadersVisitor;

impl<'de> Visitor<'de> for HeadersVisitor {
    type Value = Headers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("headers as {\"name\": \"value\"} or [[\"name\", \"value\"]]")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Headers, E> {
        Ok(Headers::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Headers, A::Error> {
        let mut pairs = Vec::new();
        while let Some((name, values)) = map.next_entry::<String, Values>()? {
            match values {
                Values::One(value) => pairs.push((name, value)),
                Values::Many(values) => pairs.extend(values.into_iter().map(|value| (name.clone(), value))),
            }
        }
        Ok(Headers(pairs))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Headers, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = list.next_element()? {
            pairs.push(pair);
        }
        Ok(Headers(pairs))
    }
}

fn split_header(header: &str) -> Result<(String, String), AskError> {
    let pair = header.split_once(':').map(|(name, value)| (name.trim_end(), value.trim()));
    let is_token = |name: &str| {
        !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c))
    };
    match pair {
        Some((name, value)) if is_token(name) => Ok((name.to_owned(), value.to_owned())),
        _ => Err(AskError::Header { header: header.to_owned() }),
    }
}
