//! Text to trees.

mod diagnostic;
mod json;
mod scan_error;
mod stop;
mod tag;
mod yaml;

pub(crate) use diagnostic::Diagnostic;

use crate::limits::AliasBudget;
use crate::source::Source;
use crate::tree::{Remark, Tree};
use crate::{Limits, NoteCode};

/// What was found in a source.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A document, counted from 0, that is not empty.
    Document { document: usize, tree: Tree, remarks: Vec<Remark> },
    /// Something that concerns no complete document.
    Diagnostic(Diagnostic),
}

/// Takes what was found, in the order of the text.
type Emit<'e> = &'e mut dyn FnMut(Outcome);

/// Reads all documents of a source.
///
/// What is called `.json` is read by the rules of JSON and no others. Anything else that begins with a
/// brace or bracket may be either, as for kubectl: it is JSON if it can be, and YAML otherwise.
pub(crate) fn parse(source: &Source, limits: &Limits, budget: &mut AliasBudget, emit: Emit<'_>) {
    let text = source.text();
    let extension = source.name().rsplit('.').next().unwrap_or_default();
    if extension.eq_ignore_ascii_case("json") {
        json::read(text, limits, budget, emit);
    } else if text.trim_start().starts_with(['{', '[']) {
        either(text, limits, budget).into_iter().for_each(emit);
    } else {
        yaml::read(text, limits, budget, emit);
    }
}

/// Reads as JSON, or else as YAML; if it is neither, as what goes wrong later.
fn either(text: &str, limits: &Limits, budget: &mut AliasBudget) -> Vec<Outcome> {
    let mut as_json = Vec::new();
    json::read(text, limits, budget, &mut |outcome| as_json.push(outcome));
    let Some(json_fails_at) = failure(&as_json) else {
        return as_json;
    };
    let mut as_yaml = Vec::new();
    yaml::read(text, limits, budget, &mut |outcome| as_yaml.push(outcome));
    match failure(&as_yaml) {
        Some(yaml_fails_at) if yaml_fails_at < json_fails_at => as_json,
        _ => as_yaml,
    }
}

/// Where the first error of syntax is.
fn failure(outcomes: &[Outcome]) -> Option<u32> {
    outcomes.iter().find_map(|outcome| match outcome {
        Outcome::Diagnostic(diagnostic) if diagnostic.code == NoteCode::Syntax => {
            Some(diagnostic.span.offset)
        }
        _ => None,
    })
}
