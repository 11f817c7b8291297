//! The list of rules.

use std::collections::BTreeSet;
use std::path::Path;

use gateway_core::lint::{Group, Linter};

/// Conditions; everything else in the list of words is a reason.
const TYPES: [&str; 12] = [
    "Accepted",
    "Programmed",
    "ResolvedRefs",
    "Conflicted",
    "OverlappingTLSConfig",
    "PartiallyInvalid",
    "SupportedVersion",
    "InsecureFrontendValidationMode",
    "DefaultGateway",
    "NoConflicts",
    "Scheduled",
    "Ready",
];

#[test]
fn every_rule_has_an_id_of_its_own_and_words() {
    let rules = Linter::rules();
    let mut ids = BTreeSet::new();
    for rule in &rules {
        assert!(ids.insert(rule.id), "twice: {}", rule.id);
        assert!(!rule.title.is_empty(), "{rule:?}");
        assert!(rule.doc.ends_with('.') || rule.group == Group::Validate, "{rule:?}");
    }
    for group in Group::ALL.iter().filter(|group| **group != Group::Manifest) {
        assert!(rules.iter().any(|rule| rule.group == *group), "{group} has no rule");
    }
    let order: Vec<_> = rules.iter().map(|rule| (rule.group, rule.id)).collect();
    assert!(order.is_sorted());
}

/// Every reason that the engine can write for a condition that is not as it should be has a rule.
#[test]
fn every_reason_has_a_rule() {
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/status/reasons.rs");
    let text = std::fs::read_to_string(words).unwrap();
    let rules = Linter::rules();
    let titles: Vec<_> =
        rules.iter().filter(|rule| rule.group == Group::Status).map(|rule| rule.title.as_str()).collect();
    let mut reasons = 0;
    for line in text.lines().filter(|line| line.starts_with("pub(crate) const")) {
        let reason = line.split('"').nth(1).unwrap();
        if TYPES.contains(&reason) && reason != "Conflicted" {
            continue;
        }
        reasons += 1;
        let told = titles.iter().any(|title| {
            title.split("; ").any(|row| {
                row.split('/').nth(1).is_some_and(|reasons| reasons.split(", ").any(|known| known == reason))
            })
        });
        assert!(told, "no rule for reason {reason}");
    }
    assert!(reasons > 15, "{reasons}");
}

/// Rules 02 section 5 and rules 08: what the linter knows of each.
#[test]
fn documented_and_ambiguous_rules_are_complete() {
    let rules = Linter::rules();
    let has = |id: &str| rules.iter().any(|rule| rule.id == id);
    for number in 1..=15 {
        assert!(has(&format!("VAL-DOC-{number:02}")), "{number}");
    }
    // No object can touch or avoid these: they are about what is written, or about requests alone.
    let untouchable = [8, 30, 54, 57, 59, 67];
    for number in 1..=69 {
        assert_eq!(has(&format!("AMBIG-{number:02}")), !untouchable.contains(&number), "AMBIG-{number:02}");
    }
}
