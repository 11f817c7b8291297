//! A short look at a value, for messages.

use alloc::string::String;

use super::Value;

impl Value {
    /// The value as compact JSON, cut to a number of characters; scalars stand as they were written.
    pub fn excerpt(&self, max_characters: usize) -> String {
        let mut excerpt = Excerpt { text: String::new(), left: max_characters };
        if excerpt.value(self).is_none() {
            excerpt.text.push('…');
        }
        excerpt.text
    }
}

/// A text that can take so many characters more. Every level of nesting takes one, so the depth of the
/// recursion is limited as well.
struct Excerpt {
    text: String,
    left: usize,
}

impl Excerpt {
    fn value(&mut self, value: &Value) -> Option<()> {
        match value {
            Value::Null => self.plain("null"),
            Value::Bool(value) => self.plain(value.text()),
            Value::Number(number) => self.plain(&alloc::format!("{number}")),
            Value::String(text) => self.quoted(text),
            Value::List(elements) => {
                self.push('[')?;
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        self.push(',')?;
                    }
                    self.value(element)?;
                }
                self.push(']')
            }
            Value::Map(entries) => {
                self.push('{')?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        self.push(',')?;
                    }
                    self.quoted(key)?;
                    self.push(':')?;
                    self.value(value)?;
                }
                self.push('}')
            }
        }
    }

    fn plain(&mut self, text: &str) -> Option<()> {
        text.chars().try_for_each(|c| self.push(c))
    }

    fn quoted(&mut self, text: &str) -> Option<()> {
        self.push('"')?;
        for c in text.chars() {
            match c {
                '"' => self.plain("\\\"")?,
                '\\' => self.plain("\\\\")?,
                '\n' => self.plain("\\n")?,
                '\t' => self.plain("\\t")?,
                c if c.is_control() => self.plain(&alloc::format!("\\u{:04x}", u32::from(c)))?,
                c => self.push(c)?,
            }
        }
        self.push('"')
    }

    fn push(&mut self, c: char) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        self.text.push(c);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec;

    use super::super::{Bool, Number, Value};

    #[test]
    fn is_compact_json_as_written() {
        let value = Value::Map(vec![
            ("a".to_string(), Value::List(vec![1_i64.into(), Value::Null, "x\"\n\u{1}".into()])),
            ("b".to_string(), Value::Bool(Bool::with_text(true, "yes"))),
            ("c".to_string(), Value::Number(Number::from(15_i64).with_text("017"))),
        ]);
        assert_eq!(value.excerpt(200), r#"{"a":[1,null,"x\"\n\u0001"],"b":yes,"c":017}"#);
        assert_eq!(value.excerpt(8), r#"{"a":[1,…"#);
    }
}
