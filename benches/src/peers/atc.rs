//! atc-router: an expression for each rule, the highest priority first.

use atc_router::ast::{Type, Value};
use atc_router::context::Context;
use atc_router::router::Router;
use atc_router::schema::Schema;
use uuid::Uuid;

use crate::requests::Sample;
use crate::shape::RuleSpec;

/// Headers that rules ask for, and the fields that they are in.
const HEADERS: [(&str, &str); 3] =
    [("x-tenant", "x_tenant"), ("x-canary", "x_canary"), ("x-version", "x_version")];

/// The fields that expressions name.
pub fn atc_schema() -> Schema {
    let mut schema = Schema::default();
    let headers = HEADERS.map(|(_, field)| field);
    for field in ["host", "path", "method"].into_iter().chain(headers) {
        schema.add_field(field, Type::String);
    }
    schema
}

/// All rules.
pub struct Atc<'s> {
    router: Router<'s>,
    context: Context<'s>,
}

impl std::fmt::Debug for Atc<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Atc").field("fields", &self.router.fields).finish()
    }
}

impl<'s> Atc<'s> {
    /// Of rules.
    ///
    /// # Panics
    ///
    /// When an expression is not accepted.
    pub fn new(schema: &'s Schema, rules: &[RuleSpec]) -> Self {
        let mut router = Router::new(schema);
        for (number, rule) in rules.iter().enumerate() {
            let priority = rule.path.len() * 10 + rule.headers.len();
            let added = router.add_matcher(priority, Uuid::from_u128(number as u128), &expression(rule));
            added.expect("the expression is accepted");
        }
        Self { router, context: Context::new(schema) }
    }

    /// Whether a rule takes the request.
    pub fn takes(&mut self, sample: &Sample) -> bool {
        let context = &mut self.context;
        context.reset();
        context.add_value("host", Value::String(sample.host.clone()));
        context.add_value("path", Value::String(sample.path.clone()));
        context.add_value("method", Value::String(sample.method.to_string()));
        for (name, value) in &sample.headers {
            if let Some((_, field)) = HEADERS.iter().find(|(header, _)| header == name) {
                context.add_value(field, Value::String(value.clone()));
            }
        }
        self.router.execute(context)
    }
}

/// The cheapest comparison first.
fn expression(rule: &RuleSpec) -> String {
    let host = match rule.host.strip_prefix('*') {
        Some(suffix) => format!("host =^ \"{suffix}\""),
        None => format!("host == \"{}\"", rule.host),
    };
    let method = rule.method.map(|method| format!("method == \"{method}\""));
    let header = |(name, value): &(&str, String)| format!("{} == \"{value}\"", name.replace('-', "_"));
    let path = match rule.path.as_str() {
        path if rule.is_expression => Some(format!("path ~ r#\"^(?:{path})$\"#")),
        "/" => None,
        path => Some(format!("(path == \"{path}\" || path ^= \"{path}/\")")),
    };
    let all = [host].into_iter().chain(method).chain(rule.headers.iter().map(header)).chain(path);
    all.collect::<Vec<_>>().join(" && ")
}
