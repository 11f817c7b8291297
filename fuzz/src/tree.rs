//! Structured input: bytes of which any are a tree.
//!
//! A fuzzer changes, inserts, removes and copies bytes. So that what comes of it is a tree again, texts
//! stand in it as they are, and what is between them is written in bytes that never occur in UTF-8. Nothing
//! is counted: what is inserted into a list makes it longer, and what is cut off is closed.

use gateway_core::model::{Number, Value};

const ESCAPE: u8 = 0xf6;
const MAP: u8 = 0xf7;
const LIST: u8 = 0xf8;
const END: u8 = 0xf9;
const NULL: u8 = 0xfa;
const TRUE: u8 = 0xfb;
const FALSE: u8 = 0xfc;
const NUMBER: u8 = 0xfd;
const TEXT: u8 = 0xfe;

/// Deeper parts are left out.
const DEPTH: usize = 40;

/// A tree of which texts need not be UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tree {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, as it is written.
    Number(Vec<u8>),
    /// A text.
    Text(Vec<u8>),
    /// Trees in order.
    List(Vec<Tree>),
    /// Trees under keys.
    Map(Vec<(Vec<u8>, Tree)>),
}

impl Tree {
    /// Reads any bytes.
    pub fn read(bytes: &[u8]) -> Self {
        Reader { bytes, at: 0 }.tree(0)
    }

    /// The bytes that are read as this tree.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Null => bytes.push(NULL),
            Self::Bool(value) => bytes.push(if *value { TRUE } else { FALSE }),
            Self::Number(text) => write_text(NUMBER, text, bytes),
            Self::Text(text) => write_text(TEXT, text, bytes),
            Self::List(items) => {
                bytes.push(LIST);
                for item in items {
                    item.write(bytes);
                }
                bytes.push(END);
            }
            Self::Map(entries) => {
                bytes.push(MAP);
                for (key, entry) in entries {
                    write_text(TEXT, key, bytes);
                    entry.write(bytes);
                }
                bytes.push(END);
            }
        }
    }

    /// What stands under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key.as_bytes()).map(|(_, entry)| entry)
    }

    /// The items of a list.
    pub fn items(&self, key: &str) -> &[Self] {
        if let Some(Self::List(items)) = self.get(key) { items } else { &[] }
    }

    /// The bytes of a text or number.
    pub fn bytes(&self, key: &str) -> Option<&[u8]> {
        self.get(key)?.as_bytes()
    }

    /// The bytes, if this is a text or number.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Text(text) | Self::Number(text) = self { Some(text) } else { None }
    }

    /// A text in UTF-8.
    pub fn text(&self, key: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(key)?).ok()
    }

    /// A number that fits.
    pub fn number<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }

    /// The same as a value of the model.
    pub fn to_value(&self) -> Value {
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(digits) => {
                serde_json::from_slice::<Value>(digits).unwrap_or_else(|_| text(digits).into())
            }
            Self::Text(bytes) => text(bytes).into(),
            Self::List(items) => Value::List(items.iter().map(Self::to_value).collect()),
            Self::Map(entries) => {
                Value::Map(entries.iter().map(|(key, entry)| (text(key), entry.to_value())).collect())
            }
        }
    }
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value.get()),
            Value::Number(number) => Self::Number(written(number).into_bytes()),
            Value::String(text) => Self::Text(text.clone().into_bytes()),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Map(entries) => Self::Map(
                entries.iter().map(|(key, entry)| (key.clone().into_bytes(), entry.into())).collect(),
            ),
        }
    }
}

impl From<serde_json::Value> for Tree {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match value {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => Self::Number(number.to_string().into_bytes()),
            Json::String(text) => Self::Text(text.into_bytes()),
            Json::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Json::Object(entries) => {
                Self::Map(entries.into_iter().map(|(key, entry)| (key.into_bytes(), entry.into())).collect())
            }
        }
    }
}

fn written(number: &Number) -> String {
    serde_json::to_string(&Value::Number(number.clone())).unwrap_or_default()
}

fn write_text(mark: u8, text: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(mark);
    for byte in text {
        if *byte >= ESCAPE {
            bytes.push(ESCAPE);
        }
        bytes.push(*byte);
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn text(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| *byte <= ESCAPE) {
            self.at += 1;
            if byte != ESCAPE {
                text.push(byte);
            } else if let Some(byte) = self.peek() {
                self.at += 1;
                text.push(byte);
            }
        }
        text
    }

    fn tree(&mut self, depth: usize) -> Tree {
        // An end is left for whom it ends.
        let Some(mark) = self.peek().filter(|mark| *mark != END) else { return Tree::Null };
        if mark > ESCAPE {
            self.at += 1;
        }
        match mark {
            NULL => Tree::Null,
            TRUE => Tree::Bool(true),
            FALSE => Tree::Bool(false),
            NUMBER => Tree::Number(self.text()),
            MAP | LIST if depth >= DEPTH => Tree::Null,
            LIST => {
                let mut items = Vec::new();
                while !self.ended() {
                    items.push(self.tree(depth + 1));
                }
                Tree::List(items)
            }
            MAP => {
                let mut entries = Vec::new();
                while !self.ended() {
                    if self.peek() == Some(TEXT) {
                        self.at += 1;
                    }
                    let key = self.text();
                    entries.push((key, self.tree(depth + 1)));
                }
                Tree::Map(entries)
            }
            _ => Tree::Text(self.text()),
        }
    }

    /// Whether the list or map ends here.
    fn ended(&mut self) -> bool {
        let ends = self.peek().is_none_or(|byte| byte == END);
        self.at += usize::from(ends);
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn what_is_written_is_read() {
        let value = serde_json::json!({"a": ["", "x", null, true, -1.5, {}], "": {"b": [[]], "c": "é"}});
        let tree = Tree::from(value);
        let mut bytes = Vec::new();
        tree.write(&mut bytes);
        assert_eq!(Tree::read(&bytes), tree);
        let raw = Tree::List(vec![Tree::Text((0..=255).collect())]);
        let mut bytes = Vec::new();
        raw.write(&mut bytes);
        assert_eq!(Tree::read(&bytes), raw);
    }

    #[test]
    fn any_bytes_are_read() {
        for first in 0..=255_u8 {
            for second in [0, b'a', 0xf6, 0xf7, 0xf8, 0xf9, 0xfe, 0xff] {
                let _ = Tree::read(&[first, second, first, second, 0xf9]);
            }
        }
        let _ = Tree::read(&[0xf8; 10_000]);
    }
}
