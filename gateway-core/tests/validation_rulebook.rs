//! The list of rules against the rulebook: every row of its tables is there, with the message it has there.
//!
//! The rulebook is in a folder beside the workspace, or where `GATEWAY_CORE_SHARED` says; without it there
//! is nothing to compare with.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gateway_core::validate::{Channel, ValidationRule, rules};

fn rulebook(name: &str) -> Option<String> {
    let shared = std::env::var_os("GATEWAY_CORE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let path = shared.join("rules").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: there is no {}", path.display());
    }
    text
}

/// The cells of all rows of tables whose first cell is an id that begins so.
fn rows<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = Vec<String>> + 't {
    text.lines().filter(move |line| line.starts_with(&format!("| {prefix}"))).map(|line| {
        let line = line.replace("\\|", "\u{0}");
        line.trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().trim_matches('`').replace('\u{0}', "|"))
            .collect()
    })
}

fn listed() -> BTreeMap<&'static str, ValidationRule> {
    rules().map(|rule| (rule.id, rule)).collect()
}

#[test]
fn every_field_of_the_model_is_listed() {
    let Some(text) = rulebook("01-model.md") else { return };
    let listed = listed();
    let is_field = |id: &str| {
        let group =
            id.trim_start_matches("MODEL-").trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        // Kinds and scalars are no fields.
        !matches!(group, "K" | "S")
    };
    let mut count = 0;
    for row in rows(&text, "MODEL-").filter(|row| is_field(&row[0])) {
        count += 1;
        let rule = listed.get(row[0].as_str()).unwrap_or_else(|| panic!("{} is not listed", row[0]));
        let field = row[1].trim_end_matches("[]");
        let name = field.rsplit('.').next().unwrap();
        assert!(rule.paths.iter().all(|path| path.ends_with(name)), "{}: {field} {:?}", row[0], rule.paths);
        assert_eq!(rule.message.contains("; required"), row[3] == "yes", "{}: {}", row[0], rule.message);
        let is_experimental = rule.channel == Some(Channel::Experimental);
        let experimental_kind = rule.kinds.iter().all(|kind| kind.kind().starts_with('X'));
        assert_eq!(is_experimental, row[7] == "exp", "{}: {:?} {experimental_kind}", row[0], rule.channel);
    }
    assert!(count > 250, "only {count} rows");
    let extra: Vec<_> = listed
        .keys()
        .filter(|id| id.starts_with("MODEL-") && !rows(&text, "MODEL-").any(|row| row[0] == **id))
        .collect();
    assert!(extra.is_empty(), "not in the rulebook: {extra:?}");
}

#[test]
fn every_rule_is_listed_with_its_message() {
    let Some(text) = rulebook("02-validation.md") else { return };
    let listed = listed();
    let section = text.split("## 3. CEL rules").nth(1).unwrap().split("## 4.").next().unwrap();
    let mut count = 0;
    for row in rows(section, "VAL-") {
        count += 1;
        let rule = listed.get(row[0].as_str()).unwrap_or_else(|| panic!("{} is not listed", row[0]));
        assert_eq!(rule.message, row[4], "{}", row[0]);
        let channel = match row[2].as_str() {
            "both" => None,
            "exp" => Some(Channel::Experimental),
            "std only" => Some(Channel::Standard),
            other => panic!("unknown channel `{other}`"),
        };
        assert_eq!(rule.channel, channel, "{}", row[0]);
        // `GRPCRoute/HTTPRoute `spec.rules`; HTTPRoute `spec.x``
        let mut places = Vec::new();
        for place in row[1].split("; ") {
            let (kinds, path) = place.split_once(" `").or_else(|| place.split_once(' ')).unwrap();
            for kind in kinds.split('/') {
                places.push((kind.to_owned(), path.trim_matches('`').to_owned()));
            }
        }
        for (kind, path) in &places {
            assert!(rule.paths.contains(path), "{}: {path} is not among {:?}", row[0], rule.paths);
            assert!(rule.kinds.iter().any(|it| it.kind() == kind), "{}: {kind}", row[0]);
        }
        for path in &rule.paths {
            assert!(
                places.iter().any(|(_, known)| known == path),
                "{}: {path} is not in the rulebook",
                row[0]
            );
        }
        for kind in &rule.kinds {
            assert!(places.iter().any(|(known, _)| known == kind.kind()), "{}: {kind}", row[0]);
        }
    }
    assert!(count > 90, "only {count} rows");
    let extra: Vec<_> = listed
        .keys()
        .filter(|id| id.starts_with("VAL-") && !id.starts_with("VAL-META-") && **id != "VAL-GW-05")
        .filter(|id| !rows(section, "VAL-").any(|row| row[0] == **id))
        .collect();
    assert!(extra.is_empty(), "not in the rulebook: {extra:?}");
}
