//! What the CEL crate does otherwise than Kubernetes, and what it does alike though one might doubt it. Each
//! case of the first kind is in `../README.md`, with what we do about it; a test here fails when it is mended.
#![cfg(test)]

use std::sync::Arc;

use cel::{Context, ExecutionError, IdedExpr, Program};
use serde_json::{Value as Json, json};

use super::node::Node;
use super::rules::{Variables, evaluated, first_error, go_text};
use super::{ENV, compile};
use crate::schema::{self, Schema};

fn with<R>(
    schema: Option<&Schema>,
    value: &Json,
    rule: &str,
    ask: impl FnOnce(&IdedExpr, &Context<'_, '_>) -> R,
) -> R {
    let (node, program): (Node, Program) = (Node::new(value, schema), compile(rule));
    let variables = Variables { value: &node, old: None };
    let mut context = Context::with_env(Arc::clone(&ENV));
    context.set_variable_resolver(&variables);
    ask(program.expression(), &context)
}

/// The truth of a rule about a map of any keys, as the crate tells it.
fn truth(value: &Json, rule: &str) -> Result<bool, ExecutionError> {
    with(None, value, rule, evaluated)
}

/// Limit 1 of the README: cel-go keeps the error of the left side.
#[test]
fn of_two_errors_the_crate_tells_the_right_one() {
    let rule = "size(self.left) > 0 || size(self.right) > 0";
    assert_eq!(truth(&json!({}), rule).unwrap_err(), ExecutionError::no_such_key("right"));
    let ours = with(None, &json!({}), rule, first_error);
    assert_eq!(go_text(&ours), "no such key: left");
    let nested = "true ? (self.a && (self.b || self.c)) : false";
    assert_eq!(go_text(&with(None, &json!({ "a": true }), nested, first_error)), "no such key: b");
    assert_eq!(go_text(&with(None, &json!({ "b": true }), nested, first_error)), "no such key: a");
}

/// Limit 2 of the README: cel-go keeps the error of the first element.
#[test]
fn of_two_errors_in_a_list_the_crate_tells_the_last_one() {
    let value = json!({ "list": ["a", "b"] });
    let error = truth(&value, "self.list.all(x, self[x])").unwrap_err();
    assert_eq!(error, ExecutionError::no_such_key("b"));
}

/// Limit 3 of the README: Kubernetes writes reserved words between underscores, the crate knows nothing of it.
#[test]
fn names_of_fields_are_escaped() {
    let object = json!({ "type": "object", "properties": { "namespace": { "type": "string" } } });
    let schema = schema::read(&object, "", &mut Vec::new());
    let value = json!({ "namespace": "x" });
    assert_eq!(with(Some(&schema), &value, "has(self.__namespace__)", evaluated), Ok(true));
    assert_eq!(with(Some(&schema), &value, "self.__namespace__ == 'x'", evaluated), Ok(true));
    assert_eq!(truth(&value, "has(self.__namespace__)"), Ok(false), "the keys of a map are not names");
}

#[test]
fn errors_are_absorbed_on_both_sides() {
    let value = json!({ "yes": true, "no": false, "list": [1, 2] });
    for (rule, wanted) in [
        ("self.none || self.yes", true),
        ("self.yes || self.none", true),
        ("self.none && self.no", false),
        ("self.no && self.none", false),
        ("self.list.all(x, x == 1 ? self.none : false)", false),
        ("self.list.exists(x, x == 1 ? self.none : true)", true),
        ("self.yes ? true : self.none", true),
    ] {
        assert_eq!(truth(&value, rule), Ok(wanted), "{rule}");
    }
    for rule in [
        "self.none || self.no",
        "self.no || self.none",
        "self.none && self.yes",
        "self.list.all(x, x == 1 ? self.none : true)",
        "self.list.exists_one(x, x == 1 ? true : self.none)",
    ] {
        assert_eq!(truth(&value, rule), Err(ExecutionError::no_such_key("none")), "{rule}");
    }
}

#[test]
fn texts_lists_and_maps_are_those_of_cel() {
    let value = json!({ "text": "aé中", "list": ["a", "*"], "map": { "a/b": "", "c": "" }, "empty": [] });
    for (rule, wanted) in [
        ("size(self.text) == 3 && self.text.size() == 3", true),
        ("self.text.substring(2) == '中'", true),
        ("'*' in self.list && !('b' in self.list)", true),
        ("self.list[1] == '*'", true),
        ("self.list.exists_one(x, x == 'a') && !self.list.exists_one(x, x != '')", true),
        ("self.empty.all(x, x) && !self.empty.exists(x, x) && !self.empty.exists_one(x, x)", true),
        ("self.map.all(key, key.split('/')[0].size() == 1)", true),
        ("self.map.exists(key, key == 'a/b') && size(self.map) == 2", true),
        ("self.list.filter(x, x == 'a').size() == 1", true),
        ("self.text.matches('^a.中$') && self.text.matches('é') && !self.text.matches('^é')", true),
        (r#"'a.b'.matches(r"""^a\.b$""") && 'a.b'.matches('^a\\.b$')"#, true),
        ("'Ab'.matches('^(?i)ab$')", true),
    ] {
        assert_eq!(truth(&value, rule), Ok(wanted), "{rule}");
    }
}

#[test]
fn the_library_of_kubernetes_is_there() {
    let nothing = json!({});
    for (rule, wanted) in [
        ("duration('1h') == duration('60m') && duration('1s') > duration('999ms')", true),
        ("duration('0s') != duration('1ms') && duration('1s') >= duration('1s')", true),
        ("isIP('1.2.3.4') && isIP('::1') && !isIP('example.com')", true),
        ("format.dns1123Label().validate('a').hasValue()", false),
        ("format.dns1123Label().validate('A').hasValue()", true),
    ] {
        assert_eq!(truth(&nothing, rule), Ok(wanted), "{rule}");
    }
    let error = with(None, &nothing, "duration('1d') > duration('1s')", first_error);
    assert_eq!(go_text(&error), "type conversion error from 'string' to 'google.protobuf.Duration'");
}

/// An optional is never null, in cel-go as here, so `validate(...) == null` holds for no text at all.
#[test]
fn nothing_is_no_null() {
    for rule in
        ["optional.none() == null", "format.dns1123Label().validate('a') == null", "null == optional.none()"]
    {
        assert_eq!(truth(&json!({}), rule), Ok(false), "{rule}");
    }
}
