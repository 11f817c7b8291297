//! What nothing connects, backends without traffic, uncovered hostnames, limits, and hints about the input.

use gateway_core::lint::{Group, Linter, Severity};
use gateway_core::validate::Channel;
use gateway_core::{ObjectKind, Profile};

use crate::world::{BASE, World, base, gateway, of_kind, route};

const RULES: &str = "rules: [{backendRefs: [{name: v1, port: 80}]}]";

#[test]
fn routes_without_a_parent_that_takes_them() {
    let world = |objects: &str| World::new(&format!("{BASE}{objects}"));
    // ATT-143: a parent of ours refuses it.
    let refused = world(&of_kind("TCPRoute", "t", RULES)).only("route-unattached");
    assert_eq!((refused.severity, refused.path.as_str()), (Severity::Error, "spec.parentRefs"));
    assert!(refused.message.starts_with("spec.parentRefs[0]: "), "{}", refused.message);
    // ATT-153
    let none = route("r", RULES).replace("  parentRefs: [{name: gw, namespace: infra}]\n", "");
    assert_eq!(world(&none).only("route-unattached").severity, Severity::Warning);
    // ATT-140: a name that is not there, in an input that holds Gateways.
    let missing = route("r", RULES).replace("name: gw,", "name: wg,");
    assert_eq!(world(&missing).only("route-unattached").severity, Severity::Warning);
    // The same where no Gateway is in the input at all: nobody can tell.
    let foreign = World::new(&missing);
    assert_eq!(foreign.only("route-foreign").severity, Severity::Info);
    assert_eq!(foreign.of_rule("route-unattached"), Vec::<String>::new());
    // ATT-002: the Gateway is another controller's.
    let theirs = World::with(&format!("{BASE}{}", route("r", RULES)), &Profile::spec("example.com/other"));
    assert_eq!(
        theirs.of_group(Group::Attach),
        [
            "gateway-foreign Gateway/infra/gw spec.gatewayClassName",
            "route-foreign HTTPRoute/shop/r spec.parentRefs"
        ]
    );
    // ATT-149: one parent is enough.
    let two = route("r", RULES).replace("parentRefs: [", "parentRefs: [{name: wg}, ");
    assert_eq!(world(&two).of_group(Group::Attach), Vec::<String>::new());
}

#[test]
fn listeners_without_routes() {
    let world = World::new(BASE);
    assert_eq!(world.of_rule("listener-unused"), ["listener-unused Gateway/infra/gw spec.listeners[0]"]);
    assert_eq!(world.only("listener-unused").severity, Severity::Info);
}

/// ATT-011, ATT-012, ATT-014
#[test]
fn listener_sets_that_no_gateway_takes() {
    let set = |gateway: &str| {
        format!(
            "{BASE}---\napiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {{name: s, namespace: shop}}\n\
             spec: {{parentRef: {{name: {gateway}, namespace: infra}}, listeners: [{{name: a, port: 81, protocol: HTTP}}]}}\n"
        )
    };
    let refused = World::new(&set("gw"));
    assert_eq!(refused.only("listener-set-unattached").severity, Severity::Error);
    assert_eq!(refused.of_rule("ATT-133"), ["ATT-133 ListenerSet/shop/s spec.parentRef"]);
    assert_eq!(World::new(&set("nobody")).only("listener-set-unattached").severity, Severity::Info);
    let allowed = set("gw").replace(
        "gatewayClassName: example",
        "gatewayClassName: example\n  allowedListeners: {namespaces: {from: All}}",
    );
    assert_eq!(World::new(&allowed).of_rule("listener-set-unattached"), Vec::<String>::new());
}

/// FILT-100, AMBIG-47
#[test]
fn backends_that_get_nothing() {
    let world = |weights: [i32; 2]| {
        let rules = format!(
            "rules: [{{backendRefs: [{{name: v1, port: 80, weight: {}}}, {{name: v2, port: 80, weight: {}}}]}}]",
            weights[0], weights[1]
        );
        World::new(&format!("{BASE}{}", route("r", &rules)))
    };
    assert_eq!(
        world([0, 1]).of_group(Group::Backend),
        ["weight-zero-backend HTTPRoute/shop/r spec.rules[0].backendRefs[0].weight"]
    );
    let none = world([0, 0]);
    assert_eq!(none.only("single-backend-weight-zero").severity, Severity::Error);
    assert!(none.only("single-backend-weight-zero").message.contains("500"));
    assert_eq!(world([1, 1]).of_group(Group::Backend), Vec::<String>::new());
}

/// A wildcard of a certificate stands for one label (AMBIG-07).
#[test]
fn hostnames_without_a_certificate() {
    let world = |secret: &str, hostname: &str, route_hosts: &str| {
        let listener = format!(
            "{{name: a, port: 443, protocol: HTTPS, hostname: '{hostname}', tls: {{certificateRefs: [{{name: {secret}}}]}}, allowedRoutes: {{namespaces: {{from: All}}}}}}"
        );
        let route =
            route("r", &format!("hostnames: [{route_hosts}]\n{RULES}")).replace("name: gw,", "name: g,");
        World::new(&format!(
            "{BASE}{}{}{route}",
            base("overlapping-certificates.yaml"),
            gateway("g", "infra", &listener)
        ))
    };
    let rule = "uncovered-hostname";
    assert_eq!(
        world("bakery-wild", "*.bakery.test", "bread.bakery.test").of_rule(rule),
        Vec::<String>::new()
    );
    assert_eq!(
        world("bakery-bare", "bread.bakery.test", "bread.bakery.test").of_rule(rule),
        ["uncovered-hostname Gateway/infra/g spec.listeners[0].hostname"]
    );
    assert_eq!(
        world("bakery-wild", "*.bakery.test", "a.b.bakery.test").of_rule(rule),
        ["uncovered-hostname HTTPRoute/shop/r spec.hostnames"]
    );
    // A listener for every name serves what its Routes name.
    let any = world("bakery-wild", "", "cake.test, bread.bakery.test");
    let finding = any.only(rule);
    assert!(
        finding.message.contains("`cake.test`") && !finding.message.contains("bread"),
        "{}",
        finding.message
    );
    // A certificate that cannot be used has a finding of its own.
    assert_eq!(world("nobody", "*.bakery.test", "bread.bakery.test").of_rule(rule), Vec::<String>::new());
}

/// VAL-SCH-09, VAL-HR-01: the limits are those of validation.
#[test]
fn limits_nearly_reached() {
    let rules = |count: usize| {
        let rules: Vec<_> = (0..count)
            .map(|index| {
                format!("{{backendRefs: [{{name: v1, port: 80}}], matches: [{{path: {{value: /{index}}}}}]}}")
            })
            .collect();
        World::new(&format!("{BASE}{}", route("r", &format!("rules: [{}]", rules.join(", ")))))
    };
    assert_eq!(rules(12).of_rule("near-limit"), Vec::<String>::new());
    let near = rules(13).only("near-limit");
    assert_eq!((near.severity, near.path.as_str()), (Severity::Info, "spec.rules"));
    assert!(near.message.contains("13 of at most 16"), "{}", near.message);
    assert_eq!(rules(16).only("near-limit").severity, Severity::Warning);
    assert_eq!(rules(17).of_rule("near-limit"), Vec::<String>::new());
    assert_eq!(rules(17).of_rule("MODEL-HR-04"), ["MODEL-HR-04 HTTPRoute/shop/r spec.rules"]);
    // All matches of a Route: 103 of 128 are more than 80 percent, 102 are not.
    let matches = |count: usize| {
        let rule = |number: usize, count: usize| {
            let matches: Vec<_> =
                (0..count).map(|index| format!("{{path: {{value: /{number}-{index}}}}}")).collect();
            format!("{{matches: [{}]}}", matches.join(", "))
        };
        let rules = [rule(0, 50), rule(1, 50), rule(2, count - 100)];
        World::new(&format!("{BASE}{}", route("r", &format!("rules: [{}]", rules.join(", ")))))
            .of_rule("near-limit")
    };
    assert_eq!(matches(102), Vec::<String>::new());
    assert_eq!(matches(103), ["near-limit HTTPRoute/shop/r spec.rules"]);
}

#[test]
fn kinds_that_are_not_there() {
    let alone = route("r", RULES);
    let world = World::new(&alone);
    let hints: Vec<_> =
        world.findings().into_iter().filter(|finding| finding.rule == "kinds-absent").collect();
    let remedies: Vec<_> = hints.iter().map(|hint| hint.remedy.as_str()).collect();
    assert!(
        remedies[0].ends_with("`--assume Gateway`") && remedies[1].ends_with("`--assume Service`"),
        "{remedies:?}"
    );
    assert_eq!(hints.len(), 2);
    assert!(hints.iter().all(|hint| hint.object.is_none() && hint.severity == Severity::Info));
    // The hints come first.
    let first = Linter::new(Channel::Experimental).objects(&world.snapshot, &world.router);
    assert_eq!(first[0].rule, "kinds-absent");
    // What is assumed is told as such.
    let mut profile = Profile::default();
    profile.assume.insert(ObjectKind::Service);
    let assumed = World::with(&alone, &profile);
    assert_eq!(assumed.of_group(Group::Input), ["kinds-absent  ", "kinds-assumed  "]);
    assert_eq!(World::new(&format!("{BASE}{alone}")).of_group(Group::Input), Vec::<String>::new());
}
