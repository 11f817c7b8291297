//! An object made smaller, part by part, as long as it shows what it shows.

use proptest::strategy::ValueTree;
use serde_json::Value as Json;

/// An object, and the parts of it that were tried to be left out.
#[derive(Debug)]
pub(crate) struct ObjectTree {
    current: Json,
    /// The object before the last part was left out.
    previous: Option<Json>,
    /// The number of the part that is left out next.
    next: usize,
    /// Whether something was left out since the first part was tried.
    has_shrunk: bool,
}

impl ObjectTree {
    pub(crate) fn new(object: Json) -> Self {
        Self { current: object, previous: None, next: 0, has_shrunk: false }
    }
}

impl ValueTree for ObjectTree {
    type Value = Json;

    fn current(&self) -> Json {
        self.current.clone()
    }

    fn simplify(&mut self) -> bool {
        if self.previous.take().is_some() {
            self.has_shrunk = true;
        }
        let before = self.current.clone();
        loop {
            let mut left = self.next;
            if drop_part(&mut self.current, &mut left, 0) {
                self.previous = Some(before);
                return true;
            }
            // All parts were tried: once more from the first one if that changed anything.
            self.next = 0;
            if !std::mem::take(&mut self.has_shrunk) {
                return false;
            }
        }
    }

    fn complicate(&mut self) -> bool {
        let Some(previous) = self.previous.take() else { return false };
        self.current = previous;
        self.next += 1;
        true
    }
}

/// Leaves out the part with a number: fields and elements, outer ones first, then most of a long text.
fn drop_part(value: &mut Json, left: &mut usize, depth: usize) -> bool {
    match value {
        Json::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                if depth == 0 && matches!(name.as_str(), "apiVersion" | "kind" | "metadata") {
                    continue;
                }
                if *left == 0 {
                    fields.shift_remove(&name);
                    return true;
                }
                *left -= 1;
                if drop_part(&mut fields[&name], left, depth + 1) {
                    return true;
                }
            }
        }
        Json::Array(elements) => {
            if elements.len() > 4 {
                if *left == 0 {
                    elements.truncate(elements.len() / 2);
                    return true;
                }
                *left -= 1;
            }
            for index in 0..elements.len() {
                if *left == 0 {
                    elements.remove(index);
                    return true;
                }
                *left -= 1;
                if drop_part(&mut elements[index], left, depth + 1) {
                    return true;
                }
            }
        }
        Json::String(text) if text.chars().count() > 70 => {
            if *left == 0 {
                *text = text.chars().take(8).collect();
                return true;
            }
            *left -= 1;
        }
        _ => {}
    }
    false
}
