//! What the API server does with an object, after its CRD alone.

use serde_json::Value as Json;

use crate::cel::{self, Fired};
use crate::crd::Crd;
use crate::lists;
use crate::problem::{NO_PATH, Problem, ProblemKind, shown};
use crate::stored::stored;
use crate::structure;

/// What it says, and what it would store.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) problems: Vec<Problem>,
    pub(crate) object: Json,
}

/// Creates an object, or updates an old one (VAL-GEN-01, VAL-GEN-02, VAL-GEN-13, VAL-GEN-14).
pub(crate) fn evaluate(crd: &Crd, object: &Json, old: Option<&Json>, fired: &mut Fired) -> Verdict {
    let object = stored(object, &crd.schema);
    let old = old.map(|old| stored(old, &crd.schema));
    let mut problems = structure::check(&crd.schema, &object, "").problems;
    lists::check(&crd.schema, &object, "", &mut problems);
    if problems.iter().any(Problem::is_blocking) {
        if crd.schema.has_rules {
            let detail = "some validation rules were not checked because the object was invalid; \
                          correct the existing errors to complete validation";
            problems.push(Problem::new(
                NO_PATH,
                ProblemKind::Invalid,
                Some(shown(&Json::Null)),
                detail.to_owned(),
            ));
        }
    } else {
        cel::check(&crd.schema, &object, old.as_ref(), fired, &mut problems);
    }
    Verdict { problems, object }
}
