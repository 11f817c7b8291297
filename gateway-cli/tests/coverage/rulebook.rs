//! The rulebook: ids, and where they stand. Nothing else of it is read.

use std::fs;
use std::path::Path;

use crate::id;

/// A rule, by its place.
pub(crate) struct Rule {
    pub(crate) id: String,
    /// The number of the file, `02`.
    pub(crate) file: &'static str,
    /// The number of the section, `3.1`.
    pub(crate) section: String,
}

const FILES: [(&str, &str); 6] = [
    ("01", "01-model.md"),
    ("02", "02-validation.md"),
    ("03", "03-attachment-status.md"),
    ("04", "04-references.md"),
    ("05", "05-matching.md"),
    ("06", "06-filters-backends.md"),
];

/// Every rule, in order; nothing where the rulebook is not.
pub(crate) fn read(folder: &Path) -> Option<Vec<Rule>> {
    let mut rules = Vec::new();
    for (file, name) in FILES {
        let text = fs::read_to_string(folder.join(name)).ok()?;
        let mut section = String::new();
        for line in text.lines() {
            if let Some(number) = heading(line) {
                number.clone_into(&mut section);
            } else if let Some(id) = defined(line) {
                rules.push(Rule { id: id.to_owned(), file, section: section.clone() });
            }
        }
    }
    Some(rules)
}

/// The number of a heading that has one.
fn heading(line: &str) -> Option<&str> {
    let title = line.strip_prefix('#')?.trim_start_matches('#').trim_start();
    let number = title.split(' ').next()?.trim_end_matches('.');
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')).then_some(number)
}

/// The id that a row of a table or a bold item of a list defines.
fn defined(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let id = if let Some(row) = line.strip_prefix('|') {
        row.split('|').next()?.trim()
    } else {
        let item = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = item.strip_prefix("- ").or_else(|| item.strip_prefix(". "))?;
        item.trim_start().strip_prefix("**")?.split("**").next()?
    };
    id::is_id(id).then_some(id)
}

#[test]
fn rows_and_items_define_rules() {
    assert_eq!(defined("| VAL-GC-01 | a `b\\|c` |"), Some("VAL-GC-01"));
    assert_eq!(defined("- **ATT-119b** words, see ATT-114"), Some("ATT-119b"));
    assert_eq!(defined("  3. **ATT-142** words"), Some("ATT-142"));
    assert_eq!(defined("by **ATT-142** words"), None);
    assert_eq!(defined("| `spec` | ATT-142 |"), None);
    assert_eq!(
        (heading("### 3.1 Words"), heading("## 2. Words"), heading("### Words")),
        (Some("3.1"), Some("2"), None)
    );
}
