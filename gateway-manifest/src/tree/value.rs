//! Makes the values that gateway-core reads.

use gateway_core::model::{Bool, Value};

use super::{Kind, NodeId, Scalar, Tree, resolve};

impl Tree {
    /// The value of a node, with the text of its scalars as written.
    ///
    /// Goes down as deep as the document is nested, which [`crate::Limits::depth`] limits.
    pub(crate) fn value(&self, source: &str, id: NodeId) -> Value {
        let text = || self.text(source, id);
        match self.node(id).kind {
            Kind::Null => Value::Null,
            Kind::String => Value::String(text().to_owned()),
            Kind::Bool | Kind::Number => match resolve(text()) {
                Scalar::Bool(value) if matches!(text(), "true" | "false") => value.into(),
                Scalar::Bool(value) => Value::Bool(Bool::with_text(value, text())),
                Scalar::Number(number) => Value::Number(number),
                // Its kind was found in the same way.
                Scalar::Null | Scalar::NotFinite | Scalar::Text => Value::String(text().to_owned()),
            },
            Kind::List => Value::List(self.children(id).map(|element| self.value(source, element)).collect()),
            Kind::Map => Value::Map(
                self.children(id)
                    .map(|entry| {
                        (self.key(source, entry).unwrap_or_default().to_owned(), self.value(source, entry))
                    })
                    .collect(),
            ),
        }
    }
}
