//! How rules look at values: the notions of CEL that their texts use.

use crate::model::Value;

/// The text of a field, when it is there.
pub(super) fn text<'v>(value: &'v Value, field: &str) -> Option<&'v str> {
    value.get(field).and_then(Value::as_str)
}

/// Whether a field is there, empty or not: `has(self.field)`.
pub(super) fn has(value: &Value, field: &str) -> bool {
    value.get(field).is_some()
}

/// Whether a field is there with that text.
pub(super) fn is(value: &Value, field: &str, expected: &str) -> bool {
    text(value, field) == Some(expected)
}

/// The text of a field that may as well be absent as empty.
pub(super) fn text_or_empty<'v>(value: &'v Value, field: &str) -> &'v str {
    text(value, field).unwrap_or_default()
}

/// The items of a list; none when it is something else.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_list().unwrap_or_default()
}

/// The items of a field; none when it is absent.
pub(super) fn field_items<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value.get(field).map(items).unwrap_or_default()
}

/// Whether two values agree in a field that both have or both lack.
pub(super) fn same(a: &Value, b: &Value, field: &str) -> bool {
    a.get(field) == b.get(field)
}

/// Whether exactly one item meets a condition: `exists_one`.
pub(super) fn exactly_one(items: &[Value], condition: impl Fn(&Value) -> bool) -> bool {
    items.iter().filter(|item| condition(item)).take(2).count() == 1
}

/// Whether no two items are alike; `alike` must hold between an item and itself, or the item is skipped.
pub(super) fn all_distinct(items: &[Value], alike: impl Fn(&Value, &Value) -> bool) -> bool {
    let mut rest = items;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|other| alike(first, other)) {
            return false;
        }
        rest = others;
    }
    true
}

/// Whether a condition holds between any two different items, in either order.
pub(super) fn all_pairs(items: &[Value], condition: impl Fn(&Value, &Value) -> bool) -> bool {
    all_distinct(items, |a, b| !condition(a, b))
}
