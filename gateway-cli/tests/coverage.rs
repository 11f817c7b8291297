//! `docs/coverage.md`: which rules of the rulebook which tests cite, and why the others have no test.
//!
//! The rulebook lies beside the repository where the project is developed (`GATEWAY_CORE_SHARED`, or a
//! folder beside the workspace). Without it, the list is held against the tests alone.
//! `GATEWAY_CORE_WRITE_COVERAGE=1` writes the list (`make coverage`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "coverage/citations.rs"]
mod citations;
#[path = "coverage/document.rs"]
mod document;
#[path = "coverage/id.rs"]
mod id;
#[path = "coverage/reasons.rs"]
mod reasons;
#[path = "coverage/rulebook.rs"]
mod rulebook;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use citations::Citations;
use document::{Answer, Document};
use reasons::Reasons;

/// The files of the rulebook in which every rule needs a test or a reason.
const COMPLETE: [&str; 6] = ["01", "02", "03", "04", "05", "06"];

/// Prints past the test harness, which shows what a test prints only when it fails.
macro_rules! say {
    ($($words:tt)*) => { writeln!(std::io::stdout(), $($words)*).unwrap() };
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn list() -> PathBuf {
    root().join("docs/coverage.md")
}

#[test]
fn the_list_is_what_the_tests_cite() {
    let shared =
        std::env::var_os("GATEWAY_CORE_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let Some(rules) = rulebook::read(&shared.join("rules")) else {
        say!("skipped: the rulebook is not here (set GATEWAY_CORE_SHARED)");
        return;
    };
    let known: BTreeSet<_> = rules.iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(known.len(), rules.len(), "an id is given twice");
    let citations = Citations::find(&root(), &known);
    let mut wrong = citations.unknown(&known);
    let reasons = Reasons::read(&root().join("docs/coverage-reasons.yaml"), &known).unwrap();
    wrong.extend(reasons.of_cited(&citations));
    let document = Document::new(&rules, &citations, &reasons);
    let text = document.to_string();
    if std::env::var_os("GATEWAY_CORE_WRITE_COVERAGE").is_some() {
        fs::write(list(), &text).unwrap();
    } else if fs::read_to_string(list()).ok().as_deref() != Some(text.as_str()) {
        wrong.push("docs/coverage.md is stale: run `make coverage`".to_owned());
    }
    let open: Vec<_> = document.open().filter(|(file, _)| COMPLETE.contains(file)).collect();
    if !open.is_empty() {
        let ids: Vec<_> = open.iter().map(|(_, id)| *id).collect();
        wrong.push(format!("{} rules have neither a test nor a reason: {}", ids.len(), ids.join(" ")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_list_is_true_without_the_rulebook() {
    let text = fs::read_to_string(list()).unwrap();
    let document = Document::parse(&text).unwrap();
    assert_eq!(document.to_string(), text, "the list is not as it was written");
    let known: BTreeSet<_> = document.ids().map(str::to_owned).collect();
    assert!(known.len() > 500, "only {} rules", known.len());
    let citations = Citations::find(&root(), &known);
    let mut wrong = citations.unknown(&known);
    for (id, answer) in document.answers() {
        let Answer::Cited(files) = answer else { continue };
        for file in files {
            if !root().join(citations::path(file)).is_file() {
                wrong.push(format!("{id}: there is no `{file}`"));
            } else if !citations.of(id).contains(file) {
                wrong.push(format!("{id}: `{file}` does not cite it (any more): run `make coverage`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
