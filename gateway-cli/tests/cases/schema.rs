//! Whether a decision has the shape that `docs/decision.schema.json` promises.

use std::path::Path;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

/// The error names every place that is not as promised.
pub(crate) fn check(decision: &Value) -> Result<(), String> {
    static VALIDATOR: OnceLock<Result<Validator, String>> = OnceLock::new();
    let validator = VALIDATOR.get_or_init(read).as_ref().map_err(Clone::clone)?;
    let wrong: Vec<_> = validator
        .iter_errors(decision)
        .map(|error| format!("decision.schema.json, at `{}`: {error}", error.instance_path()))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n  the decision: {decision}", wrong.join("\n  "))) }
}

fn read() -> Result<Validator, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/decision.schema.json");
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let schema: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    jsonschema::meta::validate(&schema).map_err(|error| format!("decision.schema.json: {error}"))?;
    jsonschema::validator_for(&schema).map_err(|error| error.to_string())
}
