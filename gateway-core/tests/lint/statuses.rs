//! Conditions become findings with the id of their row in rules 03, and with the field at fault.

use gateway_core::lint::{Group, Severity};

use crate::world::{BASE, World, base, gateway, of_kind, route};

fn statuses(objects: &str) -> Vec<String> {
    World::new(&format!("{BASE}{objects}")).of_group(Group::Status)
}

/// ATT-178..182: one finding for each reference, not one for each condition.
#[test]
fn every_reference_has_a_finding_of_its_own() {
    let backends = "{name: nobody, port: 80}, {name: v1, port: 81}, {name: far, namespace: other, port: 80}, {group: example.com, kind: Box, name: b}";
    assert_eq!(
        statuses(&route("r", &format!("rules: [{{backendRefs: [{backends}]}}]"))),
        [
            "ATT-180 HTTPRoute/shop/r spec.rules[0].backendRefs[0]",
            "ATT-180 HTTPRoute/shop/r spec.rules[0].backendRefs[1]",
            "ATT-178 HTTPRoute/shop/r spec.rules[0].backendRefs[2]",
            "ATT-179 HTTPRoute/shop/r spec.rules[0].backendRefs[3]",
        ]
    );
    let dropped = route(
        "r",
        "rules: [{backendRefs: [{name: v1, port: 80}]}, {matches: [{path: {type: RegularExpression, value: '('}}]}]",
    );
    assert_eq!(statuses(&dropped), ["ATT-182 HTTPRoute/shop/r spec.rules[1].matches[0].path.value"]);
    let whole = route("r", "rules: [{matches: [{path: {type: RegularExpression, value: '('}}]}]");
    assert_eq!(statuses(&whole), ["ATT-174 HTTPRoute/shop/r spec.rules[0].matches[0].path.value"]);
}

/// ATT-052, ATT-061, ATT-063, ATT-067, ATT-092, ATT-099, ATT-107
#[test]
fn listeners_and_what_follows() {
    assert_eq!(
        statuses(&gateway("g", "infra", "{name: a, port: 80, protocol: smtp}")),
        [
            "ATT-092 Gateway/infra/g ",
            "ATT-099 Gateway/infra/g ",
            "ATT-067 Gateway/infra/g spec.listeners[0]",
            "ATT-052 Gateway/infra/g spec.listeners[0].protocol",
        ]
    );
    assert_eq!(
        statuses(&gateway(
            "g",
            "infra",
            "{name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}}"
        )),
        ["ATT-107 Gateway/infra/g ", "ATT-063 Gateway/infra/g spec.listeners[0].allowedRoutes.kinds",]
    );
    let https = "{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: nobody}]}}";
    assert!(
        statuses(&gateway("g", "infra", https))
            .contains(&"ATT-061 Gateway/infra/g spec.listeners[0].tls.certificateRefs[0]".to_string())
    );
}

/// ATT-070: good to know.
#[test]
fn overlaps_are_an_info() {
    let listeners = "{name: a, port: 443, protocol: HTTPS, hostname: one.test, tls: {certificateRefs: [{name: cert-one}]}}, {name: b, port: 443, protocol: HTTPS, hostname: '*.test', tls: {certificateRefs: [{name: cert-two}]}}";
    let world =
        World::new(&format!("{BASE}{}{}", base("certificates.yaml"), gateway("g", "infra", listeners)));
    assert_eq!(
        world.of_group(Group::Status),
        ["ATT-070 Gateway/infra/g spec.listeners[0]", "ATT-070 Gateway/infra/g spec.listeners[1]"]
    );
    assert!(
        world
            .findings()
            .iter()
            .filter(|finding| finding.rule == "ATT-070")
            .all(|finding| finding.severity == Severity::Info)
    );
}

/// ATT-002: a Gateway that nobody here reconciles has no conditions of ours.
#[test]
fn what_is_not_ours_is_not_judged() {
    let objects = gateway("g", "infra", "{name: a, port: 80, protocol: smtp}")
        .replace("gatewayClassName: example", "gatewayClassName: nobodys");
    assert_eq!(statuses(&objects), Vec::<String>::new());
}

/// ATT-222, ATT-226, ATT-241: policies, once however many Gateways are concerned.
#[test]
fn policies() {
    let policy = |name: &str, validation: &str| {
        format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {{name: {name}, namespace: shop}}\n\
             spec: {{targetRefs: [{{group: '', kind: Service, name: v1}}], validation: {{hostname: a.test, {validation}}}}}\n"
        )
    };
    let user = of_kind("HTTPRoute", "r", "rules: [{backendRefs: [{name: v1, port: 80}]}]");
    let system = "wellKnownCACertificates: System";
    let twice = format!("{user}{}{}", policy("a", system), policy("b", system));
    assert_eq!(statuses(&twice), ["ATT-241 BackendTLSPolicy/shop/b spec.targetRefs[0]"]);
    let missing =
        format!("{user}{}", policy("a", "caCertificateRefs: [{group: '', kind: ConfigMap, name: nobody}]"));
    assert_eq!(
        statuses(&missing),
        [
            "ATT-226 BackendTLSPolicy/shop/a spec.validation.caCertificateRefs",
            "ATT-226 BackendTLSPolicy/shop/a spec.validation.caCertificateRefs[0]",
        ]
    );
}

/// Over all cases about statuses: whatever is not as it should be is found, with a row of its own.
#[test]
fn every_condition_of_every_case_is_found() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata");
    let mut wrong = 0;
    for file in std::fs::read_dir(folder.join("status")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let (documents, _) =
            gateway_manifest::read_values("case.yaml", &text, &gateway_manifest::Limits::default());
        for document in documents {
            let case = serde_json::to_value(&document.value).unwrap();
            let included = case["include"].as_array().into_iter().flatten();
            let included = included.map(|name| base(name.as_str().unwrap().trim_start_matches("base/")));
            let objects =
                case["objects"].as_array().into_iter().flatten().map(|object| format!("---\n{object}\n"));
            let text: String = included.chain(objects).collect();
            if !text.contains("kind") {
                continue;
            }
            let world = World::new(&text);
            let found = world.findings();
            let unknown: Vec<_> =
                found.iter().filter(|finding| finding.rule == "condition-not-met").collect();
            assert!(unknown.is_empty(), "{unknown:#?}");
            for status in world.router.statuses() {
                let owned = world
                    .router
                    .gateways()
                    .any(|name| Some(&name.name) == status.key().map(|key| key.name).as_ref());
                let conditions = conditions(&serde_json::to_value(&status.status).unwrap());
                let bad = conditions.iter().filter(|(kind, status)| {
                    let negative = [
                        "Conflicted",
                        "OverlappingTLSConfig",
                        "InsecureFrontendValidationMode",
                        "PartiallyInvalid",
                    ];
                    if negative.contains(&kind.as_str()) { status == "True" } else { status == "False" }
                });
                if bad.count() > 0 && (status.kind != "Gateway" || owned) {
                    wrong += 1;
                    let told = found
                        .iter()
                        .any(|finding| finding.object == status.key() && finding.rule.starts_with("ATT-"));
                    assert!(told, "{} of {}", status.metadata.name, case["name"]);
                }
            }
        }
    }
    assert!(wrong > 100, "{wrong}");
}

/// Type and status of every condition below a value.
fn conditions(value: &serde_json::Value) -> Vec<(String, String)> {
    match value {
        serde_json::Value::Array(items) => items.iter().flat_map(conditions).collect(),
        serde_json::Value::Object(fields) => match (&fields.get("type"), &fields.get("status")) {
            (Some(serde_json::Value::String(kind)), Some(serde_json::Value::String(status))) => {
                vec![(kind.clone(), status.clone())]
            }
            _ => fields.values().flat_map(conditions).collect(),
        },
        _ => Vec::new(),
    }
}
