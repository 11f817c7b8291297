//! Rules and matches that never win (MATCH-22, MATCH-44, MATCH-50).

use gateway_core::lint::{Group, Severity};

use crate::world::{BASE, World, route};

const TO_V1: &str = "backendRefs: [{name: v1, port: 80}]";

fn world(routes: &[String]) -> World {
    World::new(&format!("{BASE}{}", routes.concat()))
}

fn rules(matches: &[&str]) -> String {
    let rules: Vec<_> = matches.iter().map(|one| format!("  - {TO_V1}\n    matches: [{one}]\n")).collect();
    format!("rules:\n{}", rules.concat())
}

/// MATCH-44 i: of two rules of one Route with one match the first wins.
#[test]
fn a_rule_below_its_twin_never_wins() {
    let world =
        world(&[route("a", &rules(&["{path: {value: /x}}", "{path: {value: /x}}", "{path: {value: /y}}"]))]);
    assert_eq!(
        world.of_group(Group::Shadow),
        [
            "unreachable-rule HTTPRoute/shop/a spec.rules[1]",
            "shadowed-match HTTPRoute/shop/a spec.rules[1].matches[0]",
        ]
    );
    let rule = world.only("unreachable-rule");
    assert_eq!(rule.severity, Severity::Error);
    assert!(rule.message.contains("HTTPRoute/shop/a rule 0 match 0"), "{}", rule.message);
}

/// MATCH-33: the `/` at the end of a prefix does not count.
#[test]
fn a_trailing_slash_makes_no_difference() {
    let world = world(&[route("a", &rules(&["{path: {value: /x}}", "{path: {value: /x/}}"]))]);
    assert_eq!(world.of_rule("shadowed-match"), ["shadowed-match HTTPRoute/shop/a spec.rules[1].matches[0]"]);
}

/// A rule is reachable as long as one of its matches is.
#[test]
fn one_match_is_enough() {
    let world =
        world(&[route("a", &rules(&["{path: {value: /x}}", "{path: {value: /x}}, {path: {value: /z}}"]))]);
    assert_eq!(world.of_group(Group::Shadow), ["shadowed-match HTTPRoute/shop/a spec.rules[1].matches[0]"]);
}

/// MATCH-44 g, h: between Routes the older wins, then the name; both are Accepted.
#[test]
fn duplicates_name_the_winner_and_why() {
    let older = route("z", &rules(&["{path: {value: /x}}"]))
        .replace("name: z,", "name: z, creationTimestamp: '2024-01-01T00:00:00Z',");
    let younger = route("a", &rules(&["{path: {value: /x}}"]))
        .replace("name: a,", "name: a, creationTimestamp: '2025-01-01T00:00:00Z',");
    let by_age = world(&[older, younger]).only("duplicate-match");
    assert_eq!(by_age.object.unwrap().name, "a");
    assert_eq!(by_age.path, "spec.rules[0].matches[0]");
    assert!(by_age.message.contains("HTTPRoute/shop/z rule 0 match 0"), "{}", by_age.message);
    assert!(by_age.message.contains("older"), "{}", by_age.message);

    // AMBIG-32
    let tie = world(&[route("z", &rules(&["{}"])), route("a", &rules(&["{}"]))]);
    let by_name = tie.only("duplicate-match");
    assert_eq!(by_name.object.unwrap().name, "z");
    assert!(by_name.message.contains("name comes first"), "{}", by_name.message);
    assert_eq!(tie.of_rule("AMBIG-32"), ["AMBIG-32 HTTPRoute/shop/z spec.rules[0].matches[0]"]);
    assert_eq!(tie.of_rule("unreachable-rule"), ["unreachable-rule HTTPRoute/shop/z spec.rules[0]"]);
    assert_eq!(tie.of_rule("shadowed-match"), Vec::<String>::new());
}

/// MATCH-44: what asks for more comes first, so that it hides nothing and is not hidden.
#[test]
fn what_asks_for_more_is_not_shadowed() {
    let more = [
        "{path: {value: /x}, method: GET}",
        "{path: {value: /x}, headers: [{name: a, value: b}]}",
        "{path: {value: /x}, queryParams: [{name: a, value: b}]}",
        "{path: {type: Exact, value: /x}}",
        "{path: {value: /x/y}}",
        "{path: {value: /xy}}",
    ];
    for one in more {
        let world = world(&[route("a", &rules(&["{path: {value: /x}}", one]))]);
        assert_eq!(world.of_group(Group::Shadow), Vec::<String>::new(), "{one}");
    }
}

/// An expression takes what an equal number of exact headers would, when it is older.
#[test]
fn an_expression_hides_the_values_that_it_matches() {
    let any = "{headers: [{name: X-A, type: RegularExpression, value: 'b.*'}]}";
    let hidden = world(&[route("a", &rules(&[any, "{headers: [{name: x-a, value: bc}]}"]))]);
    assert_eq!(
        hidden.of_rule("shadowed-match"),
        ["shadowed-match HTTPRoute/shop/a spec.rules[1].matches[0]"]
    );
    let seen = world(&[route("a", &rules(&[any, "{headers: [{name: x-a, value: cb}]}"]))]);
    assert_eq!(seen.of_rule("shadowed-match"), Vec::<String>::new());
}

/// Hostnames are told apart: a match that is taken on one of two hostnames is still reachable.
#[test]
fn other_hostnames_are_other_requests() {
    let one = format!("hostnames: [a.test]\n{}", rules(&["{path: {value: /x}}"]));
    let two = format!("hostnames: [a.test, b.test]\n{}", rules(&["{path: {value: /x}}"]));
    let world = world(&[route("a", &one), route("b", &two)]);
    // The duplicate is told with its hostname; nothing is unreachable.
    let duplicate = world.only("duplicate-match");
    assert!(duplicate.message.contains("`a.test`") && !duplicate.message.contains("`b.test`"));
    assert_eq!(world.of_rule("unreachable-rule"), Vec::<String>::new());
    assert_eq!(world.of_rule("shadowed-match"), Vec::<String>::new());
}

/// MATCH-07: the narrower listener of the port gets the requests of its hostname.
#[test]
fn a_narrower_listener_takes_the_requests() {
    let listeners = BASE.replace(
        "  listeners:\n",
        "  listeners:\n    - {name: one, port: 80, protocol: HTTP, hostname: a.test, allowedRoutes: {namespaces: {from: All}}}\n",
    );
    let on = |section: &str| {
        route("a", &format!("hostnames: [a.test]\n{}", rules(&["{}"])))
            .replace("name: gw,", &format!("name: gw, sectionName: {section},"))
    };
    let world = |section: &str| World::new(&format!("{listeners}{}", on(section)));
    assert_eq!(world("all").of_rule("unreachable-rule"), ["unreachable-rule HTTPRoute/shop/a spec.rules[0]"]);
    assert!(world("all").only("shadowed-match").message.contains("listener one"));
    assert_eq!(world("one").of_group(Group::Shadow), Vec::<String>::new());
}

/// No n² over many rules of one hostname, whatever they differ in.
#[test]
fn ten_thousand_matches_of_one_path_take_no_time() {
    let routes: String = (0..100)
        .map(|index| {
            let rules: Vec<_> = (0..10)
                .map(|rule| {
                    let matches: Vec<_> = (0..10)
                        .map(|number| {
                            format!(
                                "{{method: GET, headers: [{{name: user, value: u{index}-{rule}-{number}}}]}}"
                            )
                        })
                        .collect();
                    format!("  - {TO_V1}\n    matches: [{}]\n", matches.join(", "))
                })
                .collect();
            route(&format!("r{index}"), &format!("rules:\n{}", rules.concat()))
        })
        .collect();
    let world = world(&[routes]);
    let start = std::time::Instant::now();
    assert_eq!(world.of_rule("shadowed-match"), Vec::<String>::new());
    // A comparison of every pair is 50 million; generous for a slow machine without optimization.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
