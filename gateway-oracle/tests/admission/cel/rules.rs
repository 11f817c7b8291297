//! The rules of every node of a schema, evaluated where there is a value (VAL-GEN-03, VAL-GEN-12, VAL-GEN-13).

use std::fmt::Write as _;
use std::sync::Arc;

use cel::common::ast::Expr;
use cel::common::types::CelBool;
use cel::common::value::CowVal;
use cel::context::VariableResolver;
use cel::{Context, ExecutionError, IdedExpr, Value};
use serde_json::Value as Json;

use super::ENV;
use super::node::Node;
use crate::problem::{Problem, ProblemKind, quoted};
use crate::schema::{Rule, Schema};

/// How often each rule held and failed, by the number of the rule.
#[derive(Debug, Default)]
pub(crate) struct Fired(pub(crate) Vec<[usize; 2]>);

impl Fired {
    /// Adds the counts of another run.
    pub(crate) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), [0; 2]);
        }
        for (counts, more) in self.0.iter_mut().zip(&other.0) {
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
    }

    fn count(&mut self, rule: usize, held: bool) {
        if self.0.len() <= rule {
            self.0.resize(rule + 1, [0; 2]);
        }
        self.0[rule][usize::from(held)] += 1;
    }
}

/// Evaluates all rules for an object and its predecessor.
pub(crate) fn check(
    schema: &Schema,
    value: &Json,
    old: Option<&Json>,
    fired: &mut Fired,
    problems: &mut Vec<Problem>,
) {
    let value = Node::new(value, Some(schema));
    let old = old.map(|old| Node::new(old, Some(schema)));
    Walk { fired, problems }.node(schema, &value, old.as_ref(), &mut String::new());
}

/// The variables of a rule.
pub(super) struct Variables<'n> {
    pub(super) value: &'n Node,
    pub(super) old: Option<&'n Node>,
}

impl VariableResolver for Variables<'_> {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        match name {
            "self" => Some(CowVal::Borrowed(self.value.as_val())),
            "oldSelf" => self.old.map(|old| CowVal::Borrowed(old.as_val())),
            _ => None,
        }
    }
}

struct Walk<'a> {
    fired: &'a mut Fired,
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    fn node(&mut self, schema: &Schema, value: &Node, old: Option<&Node>, path: &mut String) {
        if !schema.has_rules || matches!(value, Node::Null(_)) {
            return;
        }
        for rule in &schema.rules {
            self.rule(schema, rule, &Variables { value, old }, path);
        }
        let length = path.len();
        match value {
            Node::List(list) => {
                let Some(items) = &schema.items else { return };
                for (index, element) in list.0.iter().enumerate() {
                    write!(path, "[{index}]").unwrap();
                    self.node(items, element, None, path);
                    path.truncate(length);
                }
            }
            Node::Map(map) => {
                let old = old.and_then(|old| if let Node::Map(old) = old { Some(old) } else { None });
                for (name, value) in &map.0.values {
                    let old = old.and_then(|old| old.0.values.get(name));
                    if let Some(schema) = schema.properties.get(name) {
                        path.push('.');
                        path.push_str(name);
                        self.node(schema, value, old, path);
                    } else if let Some(schema) = &schema.additional {
                        write!(path, "[{name}]").unwrap();
                        self.node(schema, value, old, path);
                    }
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn rule(&mut self, schema: &Schema, rule: &Rule, variables: &Variables<'_>, path: &str) {
        if rule.is_transition && variables.old.is_none() {
            return;
        }
        let mut context = Context::with_env(Arc::clone(&ENV));
        context.set_variable_resolver(variables);
        let expression = rule.program.expression();
        let detail = match evaluated(expression, &context) {
            Ok(true) => {
                self.fired.count(rule.number, true);
                return;
            }
            Ok(false) => rule.message.clone(),
            Err(_) => {
                format!("{} evaluating rule: {}", go_text(&first_error(expression, &context)), rule.message)
            }
        };
        self.fired.count(rule.number, false);
        let json_type = schema.json_type.as_deref().unwrap_or_default();
        self.problems.push(Problem::new(path, ProblemKind::Invalid, Some(quoted(json_type)), detail));
    }
}

/// The truth of an expression; what is no boolean is an error.
pub(super) fn evaluated(expression: &IdedExpr, context: &Context<'_, '_>) -> Result<bool, ExecutionError> {
    let value = Value::resolve_val(expression, context)?;
    let truth = value.downcast_ref::<CelBool>().map(|truth| *truth.inner());
    truth.ok_or_else(|| ExecutionError::no_such_overload("rule", vec![value.get_type().name().to_owned()]))
}

/// The error that Kubernetes reports for an expression that has one: where both sides of `||` or `&&` have
/// errors, that of the left side (the crate reports the right one).
pub(super) fn first_error(expression: &IdedExpr, context: &Context<'_, '_>) -> ExecutionError {
    if let Expr::Call(call) = &expression.expr {
        match (call.func_name.as_str(), call.args.as_slice()) {
            ("_||_" | "_&&_", [left, right]) => {
                let side = if evaluated(left, context).is_err() { left } else { right };
                return first_error(side, context);
            }
            ("_?_:_", [condition, then, otherwise]) => {
                let taken = match evaluated(condition, context) {
                    Ok(true) => then,
                    Ok(false) => otherwise,
                    Err(_) => condition,
                };
                return first_error(taken, context);
            }
            _ => {}
        }
    }
    match Value::resolve_val(expression, context) {
        Err(error) => error,
        Ok(value) => panic!("there is no error in {expression:?}, but {value:?}"),
    }
}

/// An error in the words of Kubernetes' CEL.
pub(super) fn go_text(error: &ExecutionError) -> String {
    match error {
        ExecutionError::NoSuchKey(key) => format!("no such key: {key}"),
        ExecutionError::FunctionError { message, .. } => message.clone(),
        other => panic!("the words of Kubernetes for this error are not known: {other}"),
    }
}
