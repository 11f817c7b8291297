//! Values and their places, without any object.

use std::sync::Arc;

use gateway_core::model::Value;

use crate::limits::AliasBudget;
use crate::parse::{self, Outcome};
use crate::source::Source;
use crate::tree::Tree;
use crate::{Limits, Note, Positions, Strictness};

/// A document that was read as nothing but a value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The value.
    pub value: Value,
    /// Where its parts are.
    pub positions: Positions,
}

/// Reads the documents of a text as values, whatever they describe. Empty documents are left out.
///
/// The name stands in notes; one that ends in `.json` says that the text is JSON.
///
/// ```
/// use gateway_core::model::{FieldPath, Value};
/// use gateway_manifest::{Limits, read_values};
///
/// let (documents, notes) = read_values("a.yaml", "a: [1, yes]\n", &Limits::default());
/// assert!(notes.is_empty());
/// assert_eq!(documents[0].value.get("a"), Some(&Value::List(vec![1_i64.into(), true.into()])));
/// let place = documents[0].positions.locate(&FieldPath::root().key("a").index(1));
/// assert_eq!((place.line, place.column), (1, 8));
/// ```
pub fn read_values(name: &str, text: &str, limits: &Limits) -> (Vec<Document>, Vec<Note>) {
    let source = Arc::new(Source::new(name, text.to_owned()));
    let mut budget = AliasBudget::new(limits);
    budget.earn(text.len());
    let (mut documents, mut notes) = (Vec::new(), Vec::new());
    parse::parse(&source, limits, &mut budget, &mut |outcome| match outcome {
        Outcome::Document { mut tree, remarks, .. } => {
            let diagnostics = remarks.into_iter().map(|it| it.diagnostic(&source, Strictness::Lenient));
            notes.extend(diagnostics.map(|it| it.note(&source, None)));
            let value = tree.value(source.text(), Tree::ROOT);
            tree.keep_places();
            let positions = Positions::new(Arc::clone(&source), Arc::new(tree), Tree::ROOT);
            documents.push(Document { value, positions });
        }
        Outcome::Diagnostic(diagnostic) => notes.push(diagnostic.note(&source, None)),
    });
    (documents, notes)
}
