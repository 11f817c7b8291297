//! Manifests one by one: what the API server refuses, in its own words, and what only the documentation
//! forbids.

use gateway_core::lint::{Group, Severity};

use crate::world::{World, route};

/// VAL-HR-03 speaks with the message of the CRD, and a remedy says what is asked for.
#[test]
fn violations_are_told_verbatim() {
    let text = route(
        "r",
        "rules: [{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [a]}}, {type: RequestHeaderModifier, requestHeaderModifier: {remove: [b]}}]}]",
    );
    let world = World::new(&text);
    let found: Vec<_> = world
        .findings()
        .into_iter()
        .filter(|finding| finding.message.contains("cannot be repeated"))
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].severity, Severity::Error);
    assert_eq!(found[0].message, "Invalid value: \"array\": RequestHeaderModifier filter cannot be repeated");
    assert!(!found[0].remedy.is_empty());
}

/// VAL-DOC-01..03, 10: paths and words of a Route.
#[test]
fn names_and_paths() {
    let text = route(
        "r",
        "hostnames: [10.0.0.1]\nrules:\n  - matches: [{headers: [{name: a, value: b}, {name: A, value: c}]}]\n    filters:\n      - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x, value: y}], add: [{name: X, value: z}]}}\n      - {type: URLRewrite, urlRewrite: {hostname: 10.0.0.2, path: {type: ReplaceFullPath, replaceFullPath: a}}}",
    );
    assert_eq!(
        World::new(&text).of_group(Group::Documented),
        [
            "VAL-DOC-01 HTTPRoute/shop/r spec.hostnames[0]",
            "VAL-DOC-03 HTTPRoute/shop/r spec.rules[0].filters[0].requestHeaderModifier.add[0]",
            "VAL-DOC-01 HTTPRoute/shop/r spec.rules[0].filters[1].urlRewrite.hostname",
            "VAL-DOC-10 HTTPRoute/shop/r spec.rules[0].filters[1].urlRewrite.path.replaceFullPath",
            "VAL-DOC-02 HTTPRoute/shop/r spec.rules[0].matches[0].headers[1]",
        ]
    );
}

/// The snapshot can say for its objects what `validate` says for manifests.
#[test]
fn problems_of_a_snapshot() {
    use gateway_core::validate::{Channel, Validator};

    let world = World::new(&route("r", "hostnames: ['not a name']"));
    let problems = world.snapshot.problems(&Validator::new(Channel::Standard));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].0.to_string(), "HTTPRoute/shop/r");
    assert_eq!(problems[0].1[0].rule, "MODEL-HR-02");
}
