//! Validation of single objects, case by case from the rule texts (rules 01 and 02).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "`json!` makes values")]

use std::sync::LazyLock;

use gateway_core::model::{Object, Value};
use gateway_core::validate::{Channel, ProblemKind, Validator, rules};
use serde_json::{Value as Json, json};

const STANDARD: Channel = Channel::Standard;
const EXPERIMENTAL: Channel = Channel::Experimental;
/// What stands behind the errors that keep the API server from looking at CEL rules.
const NOT_CHECKED: &str = "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

/// Built once: compiling the patterns takes its time.
static VALIDATORS: LazyLock<[Validator; 2]> = LazyLock::new(|| Channel::ALL.map(Validator::new));

fn validator(channel: Channel) -> &'static Validator {
    VALIDATORS.iter().find(|validator| validator.channel() == channel).unwrap()
}

fn value(json: &Json) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

fn object(api_version: &str, kind: &str, spec: Json) -> Json {
    json!({
        "apiVersion": api_version, "kind": kind, "metadata": { "name": "it", "namespace": "here" }, "spec": spec,
    })
}

fn of(kind: &str, spec: Json) -> Json {
    match kind {
        "XBackend" | "XBackendTrafficPolicy" | "XMesh" => {
            object("gateway.networking.x-k8s.io/v1alpha1", kind, spec)
        }
        kind => object("gateway.networking.k8s.io/v1", kind, spec),
    }
}

/// A Gateway with one listener and more.
fn gateway(more: Json) -> Json {
    let mut spec = json!({
        "gatewayClassName": "c", "listeners": [{ "name": "l", "port": 80, "protocol": "HTTP" }],
    });
    spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    of("Gateway", spec)
}

/// An HTTPRoute with one rule.
fn route(rule: Json) -> Json {
    of("HTTPRoute", json!({ "rules": [rule] }))
}

/// The lines of all problems of a new object.
fn lines(channel: Channel, manifest: &Json) -> Vec<String> {
    let validation = validator(channel).create(&value(manifest));
    validation.problems.iter().map(ToString::to_string).collect()
}

/// Checks that an object has exactly these problems, with these ids, in this order.
#[track_caller]
fn refused(channel: Channel, manifest: Json, expected: &[(&str, &str)]) {
    let validation = validator(channel).create(&value(&manifest));
    let found: Vec<_> =
        validation.problems.iter().map(|problem| (problem.rule, problem.to_string())).collect();
    let found: Vec<_> = found.iter().map(|(rule, line)| (*rule, line.as_str())).collect();
    assert_eq!(found, expected, "{manifest}");
}

#[track_caller]
fn accepted(channel: Channel, manifest: Json) {
    refused(channel, manifest, &[]);
}

#[test]
fn val_sch_01_required() {
    refused(
        STANDARD,
        of("ReferenceGrant", json!({ "from": [{ "group": "", "kind": "K" }] })),
        &[
            ("MODEL-RG-05", "spec.from[0].namespace: Required value"),
            // A ReferenceGrant has no CEL rules that could go unchecked.
            ("MODEL-RG-06", "spec.to: Required value"),
        ],
    );
    let no_spec = json!({ "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": { "name": "r" } });
    refused(STANDARD, no_spec, &[("MODEL-HR-01", "spec: Required value"), ("VAL-GEN-02", NOT_CHECKED)]);
    // An empty name is there, so it is too short instead; `null` is not there.
    refused(
        STANDARD,
        of("GRPCRoute", json!({ "parentRefs": [{ "name": "" }, { "name": null }] })),
        &[
            (
                "MODEL-PREF-03",
                "spec.parentRefs[0].name: Invalid value: \"\": spec.parentRefs[0].name in body should be at least 1 chars long",
            ),
            ("MODEL-PREF-03", "spec.parentRefs[1].name: Required value"),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
}

#[test]
fn val_sch_02_pattern() {
    refused(
        STANDARD,
        of("HTTPRoute", json!({ "hostnames": ["ok.example", "Not_ok"] })),
        &[(
            "MODEL-HR-02",
            r#"spec.hostnames[1]: Invalid value: "Not_ok": spec.hostnames[1] in body should match '^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'"#,
        )],
    );
    // The pattern of address types is anchored so loosely that it lets these pass (MODEL-S13).
    for address_type in ["HostnameX", "my-IPAddress-type", "Hostname"] {
        accepted(STANDARD, gateway(json!({ "addresses": [{ "type": address_type, "value": "a" }] })));
    }
}

#[test]
fn val_sch_03_and_04_lengths_count_characters() {
    let class = |description: String| {
        of("GatewayClass", json!({ "controllerName": "a.b/c", "description": description }))
    };
    accepted(STANDARD, class("é".repeat(64)));
    refused(
        STANDARD,
        class("é".repeat(65)),
        &[
            ("MODEL-GC-03", "spec.description: Too long: may not be more than 64 bytes"),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
    // A text that breaks several of its limits is only too long, or only too short.
    refused(
        STANDARD,
        of("GatewayClass", json!({ "controllerName": "" })),
        &[(
            "MODEL-GC-02",
            "spec.controllerName: Invalid value: \"\": spec.controllerName in body should be at least 1 chars long",
        )],
    );
    refused(
        STANDARD,
        of("GatewayClass", json!({ "controllerName": "~".repeat(254) })),
        &[
            ("MODEL-GC-02", "spec.controllerName: Too long: may not be more than 253 bytes"),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
}

#[test]
fn val_sch_05_06_and_13_numbers() {
    let mirror = |percent: Json| {
        route(json!({ "filters": [{
            "type": "RequestMirror",
            "requestMirror": { "backendRef": { "name": "m", "port": 1 }, "percent": percent },
        }] }))
    };
    accepted(STANDARD, mirror(json!(0)));
    accepted(STANDARD, mirror(json!(100)));
    let at = "spec.rules[0].filters[0].requestMirror.percent";
    refused(
        STANDARD,
        mirror(json!(-1)),
        &[(
            "MODEL-MIR-05",
            &format!("{at}: Invalid value: -1: {at} in body should be greater than or equal to 0"),
        )],
    );
    refused(
        STANDARD,
        mirror(json!(4_294_967_296_i64)),
        &[(
            "MODEL-MIR-05",
            &format!("{at}: Invalid value: 4294967296: {at} in body should be less than or equal to 100"),
        )],
    );
    // A field without a greatest value still has its 32 bits.
    let mut of_status = gateway(json!({}));
    of_status["status"] = json!({ "attachedListenerSets": 2_147_483_648_i64 });
    let found = validator(STANDARD).create(&value(&of_status)).problems;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, found[0].kind), ("MODEL-GW-28", ProblemKind::Invalid));
}

#[test]
fn val_sch_07_words() {
    let matching = |path_type: Json| route(json!({ "matches": [{ "path": { "type": path_type } }] }));
    let at = "spec.rules[0].matches[0].path.type";
    let supported = "supported values: \"Exact\", \"PathPrefix\", \"RegularExpression\"";
    refused(
        STANDARD,
        matching(json!("exact")),
        &[
            ("MODEL-HM-07", &format!("{at}: Unsupported value: \"exact\": {supported}")),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
    // A value of another type is none of the words either.
    refused(
        STANDARD,
        matching(json!(7)),
        &[
            (
                "MODEL-HM-07",
                &format!(
                    "{at}: Invalid value: \"integer\": {at} in body must be of type string: \"integer\""
                ),
            ),
            ("MODEL-HM-07", &format!("{at}: Unsupported value: 7: {supported}")),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
    let at = "spec.rules[0].filters[0].requestRedirect.statusCode";
    refused(
        STANDARD,
        route(
            json!({ "filters": [{ "type": "RequestRedirect", "requestRedirect": { "statusCode": 300 } }] }),
        ),
        &[
            (
                "MODEL-RED-05",
                &format!(
                    "{at}: Unsupported value: 300: supported values: \"301\", \"302\", \"303\", \"307\", \"308\""
                ),
            ),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
}

#[test]
fn val_sch_08_09_and_10_counts() {
    refused(
        STANDARD,
        of("HTTPRoute", json!({ "rules": [] })),
        &[("MODEL-HR-04", "spec.rules: Invalid value: 0: spec.rules in body should have at least 1 items")],
    );
    let rules: Vec<_> = (0..17).map(|_| json!({})).collect();
    refused(
        STANDARD,
        of("HTTPRoute", json!({ "rules": rules })),
        &[
            ("MODEL-HR-04", "spec.rules: Too many: 17: must have at most 16 items"),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
    let rule = json!({ "backendRefs": [{ "name": "b", "port": 1 }] });
    refused(
        STANDARD,
        of("TCPRoute", json!({ "rules": [rule, rule] })),
        &[
            ("MODEL-TCPR-03", "spec.rules: Too many: 2: must have at most 1 item"),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
    let labels: serde_json::Map<_, _> = (0..9).map(|n| (format!("k{n}"), json!("v"))).collect();
    refused(
        STANDARD,
        gateway(json!({ "infrastructure": { "labels": labels } })),
        &[
            ("MODEL-GW-13", "spec.infrastructure.labels: Too many: 9: must have at most 8 items"),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
}

#[test]
fn val_sch_11_types() {
    for (given, actual) in [
        (json!("80"), "string"),
        (json!(true), "boolean"),
        (json!(1.5), "number"),
        (json!([80]), "array"),
        (json!({}), "object"),
    ] {
        let manifest = of(
            "ListenerSet",
            json!({ "parentRef": { "name": "g" }, "listeners": [{ "name": "l", "protocol": "HTTP", "port": given }] }),
        );
        let line = format!(
            "spec.listeners[0].port: Invalid value: \"{actual}\": spec.listeners[0].port in body must be of type integer: \"{actual}\""
        );
        refused(STANDARD, manifest, &[("MODEL-LSN-04", &line), ("VAL-GEN-02", NOT_CHECKED)]);
    }
    refused(
        STANDARD,
        of("HTTPRoute", json!({ "rules": [null] })),
        &[
            (
                "MODEL-HR-04",
                "spec.rules[0]: Invalid value: \"null\": spec.rules[0] in body must be of type object: \"null\"",
            ),
            ("VAL-GEN-02", NOT_CHECKED),
        ],
    );
    // A whole number may be written with a fraction.
    accepted(STANDARD, route(json!({ "backendRefs": [{ "name": "b", "port": 80.0 }] })));
}

#[test]
fn val_sch_12_addresses() {
    let with = |addresses: Json| gateway(json!({ "addresses": addresses }));
    for address in ["10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1"] {
        accepted(STANDARD, with(json!([{ "value": address }])));
    }
    accepted(STANDARD, with(json!([{}, { "type": "Hostname" }, { "type": "example.com/x", "value": "~" }])));
    for address in ["1.2.3.4:8080", "", "fe80::1%eth0", "10.0.0.0/8", "[::1]"] {
        let at = "spec.addresses[0]";
        refused(
            STANDARD,
            with(json!([{ "type": "IPAddress", "value": address }])),
            &[
                (
                    "VAL-GW-05",
                    &format!(
                        "<nil>: Invalid value: \"\": \"{at}\" must validate one and only one schema (oneOf). Found none valid"
                    ),
                ),
                (
                    "VAL-GW-05",
                    &format!(
                        "<nil>: Invalid value: \"\": \"{at}.value\" must validate at least one schema (anyOf)"
                    ),
                ),
                (
                    "VAL-GW-05",
                    &format!(
                        "{at}.value: Invalid value: \"{address}\": {at}.value in body must be of type ipv4: \"{address}\""
                    ),
                ),
                ("VAL-GEN-02", NOT_CHECKED),
            ],
        );
    }
}

#[test]
fn val_gen_02_what_blocks_rules() {
    // A broken pattern does not; the message of the rule stands beside it.
    let validation = |hostname: &str| {
        of(
            "BackendTLSPolicy",
            json!({ "targetRefs": [{ "group": "", "kind": "Service", "name": "s" }], "validation": { "hostname": hostname } }),
        )
    };
    refused(
        STANDARD,
        validation(""),
        &[
            (
                "MODEL-BTV-02",
                "spec.validation.hostname: Invalid value: \"\": spec.validation.hostname in body should be at least 1 chars long",
            ),
            (
                "VAL-BTV-02",
                "spec.validation: Invalid value: \"object\": must specify either CACertificateRefs or WellKnownCACertificates",
            ),
        ],
    );
    let blocked = lines(STANDARD, &validation(&"a".repeat(254)));
    assert_eq!(blocked.len(), 2, "{blocked:?}");
    assert_eq!(blocked[1], NOT_CHECKED);
    for (kind, blocks) in [
        (ProblemKind::Required, true),
        (ProblemKind::NotSupported, true),
        (ProblemKind::TooLong, true),
        (ProblemKind::TooMany, true),
        (ProblemKind::TypeInvalid, true),
        (ProblemKind::Invalid, false),
        (ProblemKind::Duplicate, false),
    ] {
        assert_eq!(kind.is_blocking(), blocks, "{kind}");
    }
}

#[test]
fn val_gen_03_rules_run_where_there_is_something() {
    // No `timeouts`, no `path`, no `tls`: nothing to say about them.
    accepted(EXPERIMENTAL, route(json!({ "matches": [] })));
    // A default is there.
    refused(
        STANDARD,
        gateway(json!({ "listeners": [{ "name": "l", "port": 443, "protocol": "HTTPS", "tls": {} }] })),
        &[(
            "VAL-LSN-08",
            "spec.listeners[0].tls: Invalid value: \"object\": no such key: certificateRefs evaluating rule: certificateRefs or options must be specified when mode is Terminate",
        )],
    );
    // Rules of items look at every item.
    let twice = lines(
        STANDARD,
        &route(json!({ "backendRefs": [{ "name": "a" }, { "name": "b", "port": 1 }, { "name": "c" }] })),
    );
    assert_eq!(
        twice,
        [
            "spec.rules[0].backendRefs[0]: Invalid value: \"object\": Must have port for Service reference",
            "spec.rules[0].backendRefs[2]: Invalid value: \"object\": Must have port for Service reference",
        ]
    );
}

#[test]
fn val_gen_08_lists_without_doubles() {
    let headers = json!([{ "name": "Foo", "value": "1" }, { "name": "foo", "value": "2" }, { "name": "Foo", "value": "3" }, { "name": "Foo", "value": "4" }]);
    refused(
        STANDARD,
        route(json!({ "matches": [{ "headers": headers }] })),
        &[("MODEL-HM-01", "spec.rules[0].matches[0].headers[2]: Duplicate value: {\"name\":\"Foo\"}")],
    );
    refused(
        EXPERIMENTAL,
        route(json!({ "retry": { "codes": [500, 502, 500] } })),
        &[("MODEL-RT-03", "spec.rules[0].retry.codes[2]: Duplicate value: 500")],
    );
    refused(
        EXPERIMENTAL,
        of(
            "XBackendTrafficPolicy",
            json!({ "targetRefs": [
            { "group": "", "kind": "Service", "name": "a" },
            { "group": "", "kind": "Service", "name": "b" },
            { "group": "", "kind": "Service", "name": "a" },
        ] }),
        ),
        &[(
            "MODEL-XBTP-10",
            "spec.targetRefs[2]: Duplicate value: {\"group\":\"\",\"kind\":\"Service\",\"name\":\"a\"}",
        )],
    );
    // Two listeners of one name break the list and two rules.
    refused(
        STANDARD,
        gateway(json!({ "listeners": [
            { "name": "l", "port": 80, "protocol": "HTTP" },
            { "name": "l", "port": 80, "protocol": "HTTP" },
        ] })),
        &[
            ("MODEL-GW-15", "spec.listeners[1]: Duplicate value: {\"name\":\"l\"}"),
            (
                "VAL-LSN-05",
                "spec.listeners: Invalid value: \"array\": Listener name must be unique within the Gateway",
            ),
            (
                "VAL-LSN-06",
                "spec.listeners: Invalid value: \"array\": Combination of port, protocol and hostname must be unique for each listener",
            ),
        ],
    );
}

#[test]
fn val_gen_12_errors_on_the_way() {
    let tls = |tls: Json| {
        let listener = json!({ "name": "l", "port": 443, "protocol": "HTTPS", "tls": tls });
        lines(STANDARD, &gateway(json!({ "listeners": [listener] })))
    };
    let says = |error: &str| {
        format!(
            "spec.listeners[0].tls: Invalid value: \"object\": {error}certificateRefs or options must be specified when mode is Terminate"
        )
    };
    assert_eq!(tls(json!({})), [says("no such key: certificateRefs evaluating rule: ")]);
    assert_eq!(tls(json!({ "options": {} })), [says("no such key: certificateRefs evaluating rule: ")]);
    assert_eq!(tls(json!({ "certificateRefs": [] })), [says("no such key: options evaluating rule: ")]);
    assert_eq!(tls(json!({ "certificateRefs": [], "options": {} })), [says("")]);
    // What is true on one side hides the error on the other.
    assert!(tls(json!({ "options": { "a.b/c": "d" } })).is_empty());
    assert!(tls(json!({ "certificateRefs": [{ "name": "s" }] })).is_empty());

    // A duration that is none is reported by its pattern and by the rule that reads it.
    let timeouts = |request: &str, backend: &str| {
        let found = validator(STANDARD)
            .create(&value(&route(json!({ "timeouts": { "request": request, "backendRequest": backend } }))));
        found.problems.iter().map(|problem| problem.rule).collect::<Vec<_>>()
    };
    assert_eq!(timeouts("1s", "1s"), [""; 0]);
    assert_eq!(timeouts("1s", "2s"), ["VAL-HR-08"]);
    assert_eq!(timeouts("0s", "2s"), [""; 0]);
    assert_eq!(timeouts("1s", "0s"), [""; 0]);
    assert_eq!(timeouts("1s", "1d"), ["MODEL-TO-01", "VAL-HR-08"]);
    assert_eq!(timeouts("1d", "1s"), ["MODEL-TO-02", "VAL-HR-08"]);
    assert_eq!(timeouts("0s", "1d"), ["MODEL-TO-01"]);
    assert_eq!(timeouts("0.5s", "1s"), ["MODEL-TO-02", "VAL-HR-08"]);
}

#[test]
fn val_gen_13_changes() {
    let experimental = validator(EXPERIMENTAL);
    for kind in ["GatewayClass", "XMesh"] {
        let of_controller =
            |name: &str| value(&of(kind, json!({ "controllerName": name, "description": name })));
        let (old, new) = (of_controller("a.b/c"), of_controller("a.b/d"));
        assert!(experimental.create(&new).is_valid(), "never on create");
        assert!(experimental.update(&old, &old).is_valid());
        let changed = experimental.update(&old, &new);
        assert_eq!(changed.problems.len(), 1);
        assert_eq!(changed.problems[0].rule, "VAL-GC-01");
        assert_eq!(
            changed.problems[0].to_string(),
            "spec.controllerName: Invalid value: \"string\": Value is immutable"
        );
    }
    // Only this is immutable (MODEL-R36).
    let of_class = |class: &str| value(&gateway(json!({ "gatewayClassName": class })));
    assert!(experimental.update(&of_class("a"), &of_class("b")).is_valid());
}

#[test]
fn val_gen_15_keys_of_maps() {
    let found = lines(STANDARD, &gateway(json!({ "infrastructure": { "labels": { "a.b/key": "~" } } })));
    let at = "spec.infrastructure.labels.a.b/key";
    let pattern = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";
    assert_eq!(found, [format!("{at}: Invalid value: \"~\": {at} in body should match '{pattern}'")]);
}

#[test]
fn val_gen_04_the_whole_refusal() {
    let refusal = |manifest: Json| validator(STANDARD).create(&value(&manifest)).refusal();
    assert_eq!(refusal(route(json!({}))), None);
    assert_eq!(
        refusal(route(json!({ "backendRefs": [{ "name": "a" }] }))).as_deref(),
        Some(
            "HTTPRoute.gateway.networking.k8s.io \"it\" is invalid: spec.rules[0].backendRefs[0]: Invalid value: \"object\": Must have port for Service reference"
        )
    );
    assert_eq!(
        refusal(of("ReferenceGrant", json!({ "from": [], "to": [{ "group": "", "kind": "Service" }] })))
            .as_deref(),
        Some(
            "ReferenceGrant.gateway.networking.k8s.io \"it\" is invalid: spec.from: Invalid value: 0: spec.from in body should have at least 1 items"
        )
    );
    let two = refusal(of("HTTPRoute", json!({ "rules": [] , "hostnames": ["~"] }))).unwrap();
    assert!(
        two.starts_with("HTTPRoute.gateway.networking.k8s.io \"it\" is invalid: [spec.hostnames[0]: "),
        "{two}"
    );
    assert!(
        two.ends_with(", spec.rules: Invalid value: 0: spec.rules in body should have at least 1 items]"),
        "{two}"
    );
}

#[test]
fn model_r05_and_r06_channels_differ() {
    // Unknown fields go (VAL-GEN-11), the word stays wrong.
    let auth = json!({ "protocol": "HTTP", "backendRef": { "name": "a", "port": 1 }, "http": {} });
    let filter = route(
        json!({ "filters": [{ "type": "ExternalAuth", "externalAuth": auth }], "retry": {}, "sessionPersistence": {} }),
    );
    accepted(EXPERIMENTAL, filter.clone());
    let found = validator(STANDARD).create(&value(&filter));
    assert_eq!(
        found.problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(),
        ["MODEL-HF-08", "VAL-GEN-02"]
    );
    let stored = serde_json::to_value(&found.object).unwrap();
    let any = json!({ "path": { "type": "PathPrefix", "value": "/" } });
    assert_eq!(
        stored["spec"]["rules"][0],
        json!({ "filters": [{ "type": "ExternalAuth" }], "matches": [any] })
    );

    let header = route(json!({ "matches": [{ "headers": [{ "name": "h", "value": "a  b" }] }] }));
    accepted(STANDARD, header.clone());
    assert_eq!(lines(EXPERIMENTAL, &header).len(), 1);

    let names = of("HTTPRoute", json!({ "rules": [{ "name": "a" }, { "name": "a" }, {}, {}] }));
    accepted(STANDARD, names.clone());
    refused(
        EXPERIMENTAL,
        names,
        &[("VAL-HR-02", "spec.rules: Invalid value: \"array\": Rule name must be unique within the route")],
    );

    let by_port = of(
        "TCPRoute",
        json!({
            "parentRefs": [{ "name": "g", "port": 1 }, { "name": "g", "port": 2 }],
            "rules": [{ "backendRefs": [{ "name": "b", "port": 1 }] }],
        }),
    );
    accepted(EXPERIMENTAL, by_port.clone());
    refused(
        STANDARD,
        by_port,
        &[(
            "VAL-PREF-02",
            "spec.parentRefs: Invalid value: \"array\": sectionName must be unique when parentRefs includes 2 or more references to the same parent",
        )],
    );
}

#[test]
fn model_r01_to_r03_versions_differ() {
    let rule = |name: &str| json!({ "name": name, "backendRefs": [{ "name": "b", "port": 1 }] });
    let two = |api_version: &str, kind: &str, names: [&str; 2]| {
        object(api_version, kind, json!({ "rules": [rule(names[0]), rule(names[1])] }))
    };
    for kind in ["TCPRoute", "UDPRoute", "TLSRoute"] {
        accepted(EXPERIMENTAL, two("gateway.networking.k8s.io/v1alpha2", kind, ["a", "b"]));
        let same = lines(EXPERIMENTAL, &two("gateway.networking.k8s.io/v1alpha2", kind, ["a", "a"]));
        assert_eq!(same, ["spec.rules: Invalid value: \"array\": Rule name must be unique within the route"]);
        assert!(!lines(EXPERIMENTAL, &two("gateway.networking.k8s.io/v1", kind, ["a", "b"])).is_empty());
        // The standard channel does not serve it.
        refused(
            STANDARD,
            two("gateway.networking.k8s.io/v1alpha2", kind, ["a", "b"]),
            &[(
                "VAL-META-10",
                &format!(
                    "apiVersion: Not found: no matches for kind \"{kind}\" in version \"gateway.networking.k8s.io/v1alpha2\""
                ),
            )],
        );
    }
    let by_ip = |version: &str| {
        let api_version = format!("gateway.networking.k8s.io/{version}");
        lines(
            EXPERIMENTAL,
            &object(&api_version, "TLSRoute", json!({ "hostnames": ["10.0.0.1"], "rules": [rule("a")] })),
        )
    };
    assert!(by_ip("v1alpha2").is_empty());
    let ip = "spec.hostnames: Invalid value: \"array\": Hostnames cannot contain an IP";
    assert_eq!(by_ip("v1"), [ip]);
    assert_eq!(by_ip("v1alpha3"), [ip]);
    let beta = object("gateway.networking.k8s.io/v1beta1", "HTTPRoute", json!({ "rules": [] }));
    assert_eq!(lines(STANDARD, &beta).len(), 1);
}

#[test]
fn other_kinds_have_no_problems() {
    for manifest in [
        json!({ "apiVersion": "v1", "kind": "Service", "spec": 5 }),
        json!({ "apiVersion": "example.com/v1", "kind": "Gateway", "spec": 5 }),
        json!({ "kind": "Gateway" }),
        json!({ "apiVersion": 1, "kind": [] }),
        json!({}),
        json!([]),
        json!(null),
        json!("Gateway"),
    ] {
        let validation = validator(EXPERIMENTAL).create(&value(&manifest));
        assert!(validation.is_valid(), "{manifest}");
        assert_eq!(validation.object, value(&manifest), "comes back as it is");
    }
    // `X` kinds are of the experimental channel only (MODEL-K11..K13).
    let mesh = of("XMesh", json!({ "controllerName": "a.b/c" }));
    accepted(EXPERIMENTAL, mesh.clone());
    assert_eq!(lines(STANDARD, &mesh).len(), 1);
}

#[test]
fn metadata_of_every_object() {
    let with = |metadata: Json| json!({ "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": metadata, "spec": { "controllerName": "a.b/c" } });
    for metadata in [
        json!({ "name": "a.b-c", "labels": { "a.b/C_d": "", "x": "Y.z" }, "annotations": { "A.b/C": "any ~ text" } }),
        json!({ "generateName": "a-" }),
        json!({ "name": "a", "namespace": "dropped_for_this_kind", "uid": "1", "unknown": true }),
    ] {
        accepted(STANDARD, with(metadata));
    }
    for (metadata, rule, start) in [
        (json!({}), "VAL-META-01", "metadata.name: Required value: name or generateName is required"),
        (
            json!({ "name": "" }),
            "VAL-META-01",
            "metadata.name: Required value: name or generateName is required",
        ),
        (
            json!({ "name": "A" }),
            "VAL-META-02",
            "metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of",
        ),
        (json!({ "name": "a".repeat(254) }), "VAL-META-02", "metadata.name: Invalid value: \"aaa"),
        (
            json!({ "generateName": "_-x" }),
            "VAL-META-03",
            "metadata.generateName: Invalid value: \"_-x\": a lowercase RFC 1123",
        ),
        (
            json!({ "name": "a", "generation": -1 }),
            "VAL-META-05",
            "metadata.generation: Invalid value: -1: must be greater",
        ),
        (
            json!({ "name": "a", "labels": { "-": "" } }),
            "VAL-META-06",
            "metadata.labels: Invalid value: \"-\": name part must consist of",
        ),
        (
            json!({ "name": "a", "labels": { "a/b/c": "" } }),
            "VAL-META-06",
            "metadata.labels: Invalid value: \"a/b/c\": a valid label key must",
        ),
        (
            json!({ "name": "a", "labels": { "a": "~" } }),
            "VAL-META-06",
            "metadata.labels: Invalid value: \"~\": a valid label must be an empty string",
        ),
        (
            json!({ "name": "a", "annotations": { "/a": "" } }),
            "VAL-META-07",
            "metadata.annotations: Invalid value: \"/a\": prefix part must be non-empty",
        ),
        (
            json!({ "name": "a", "annotations": { "a": "x".repeat(262_144) } }),
            "VAL-META-07",
            "metadata.annotations: Too long: may not be more than 262144 bytes",
        ),
        (
            json!({ "name": "a", "finalizers": ["~"] }),
            "VAL-META-08",
            "metadata.finalizers: Invalid value: \"~\": name part must consist of",
        ),
        (
            json!({ "name": 5 }),
            "VAL-META-09",
            "metadata.name: Invalid value: \"integer\": metadata.name in body must be of type string: \"integer\"",
        ),
        (
            json!({ "name": "a", "labels": { "a": true } }),
            "VAL-META-09",
            "metadata.labels.a: Invalid value: \"boolean\"",
        ),
        (json!([]), "VAL-META-09", "metadata: Invalid value: \"array\""),
    ] {
        let problems = validator(STANDARD).create(&value(&with(metadata.clone()))).problems;
        assert_eq!(problems[0].rule, rule, "{metadata}");
        assert!(problems[0].to_string().starts_with(start), "{}", problems[0]);
    }
    let mut namespaced = gateway(json!({}));
    namespaced["metadata"]["namespace"] = json!("a.b");
    refused(
        STANDARD,
        namespaced,
        &[("VAL-META-04", "metadata.namespace: Invalid value: \"a.b\": must not contain dots")],
    );
}

#[test]
fn model_r13_to_r16_defaults_come_first() {
    let stored = |manifest: Json| {
        let validation = validator(EXPERIMENTAL).create(&value(&manifest));
        assert!(validation.is_valid(), "{:?}", validation.problems);
        serde_json::to_value(&validation.object).unwrap()
    };
    let any = json!([{ "path": { "type": "PathPrefix", "value": "/" } }]);
    for spec in [
        json!({}),
        json!({ "rules": null }),
        json!({ "rules": [{}] }),
        json!({ "rules": [{ "matches": null }] }),
        json!({ "rules": [{ "matches": [{}] }] }),
    ] {
        assert_eq!(stored(of("HTTPRoute", spec))["spec"]["rules"], json!([{ "matches": any }]));
    }
    assert_eq!(
        stored(of("HTTPRoute", json!({ "rules": [{ "matches": [] }] })))["spec"]["rules"],
        json!([{ "matches": [] }])
    );
    // Unknown fields go, at any depth; metadata stays.
    let mut class = of(
        "GatewayClass",
        json!({ "controllerName": "a.b/c", "x": 1, "parametersRef": { "group": "", "kind": "K", "name": "n", "y": [{}] } }),
    );
    class["z"] = json!(1);
    let pending = json!({ "conditions": [{
        "type": "Accepted", "status": "Unknown", "reason": "Pending", "message": "Waiting for controller",
        "lastTransitionTime": "1970-01-01T00:00:00Z",
    }] });
    let mut expected = of(
        "GatewayClass",
        json!({ "controllerName": "a.b/c", "parametersRef": { "group": "", "kind": "K", "name": "n" } }),
    );
    expected["status"] = pending;
    assert_eq!(stored(class), expected);
    // Defaults are written before rules look: an absent kind is a Service.
    assert_eq!(lines(STANDARD, &route(json!({ "backendRefs": [{ "name": "b", "kind": null }] }))).len(), 1);
    assert!(lines(STANDARD, &route(json!({ "backendRefs": [{ "name": "b", "kind": "Other" }] }))).is_empty());
    // Of two values under one key the last counts.
    let twice: Value = serde_json::from_str(
        r#"{"apiVersion":"gateway.networking.k8s.io/v1","kind":"GatewayClass","metadata":{"name":"a"},"spec":{"controllerName":"~","controllerName":"a.b/c"}}"#,
    )
    .unwrap();
    assert!(validator(STANDARD).create(&twice).is_valid());
}

#[test]
fn typed_objects_are_checked_as_well() {
    let manifest = value(&route(json!({ "backendRefs": [{ "name": "b" }] })));
    let object = Object::read(manifest.clone()).unwrap().object;
    let experimental = validator(EXPERIMENTAL);
    assert_eq!(experimental.create_object(&object).problems, experimental.create(&manifest).problems);
}

#[test]
fn a_validator_can_be_shared() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Validator::default());
    assert_eq!(Validator::default().channel(), Channel::Experimental);
}

#[test]
fn every_rule_says_what_it_is() {
    let all: Vec<_> = rules().collect();
    assert!(all.is_sorted_by(|a, b| a.id < b.id), "each id once, in order");
    for rule in &all {
        assert!(!rule.kinds.is_empty() && !rule.paths.is_empty(), "{}", rule.id);
        assert!(!rule.message.is_empty() && !rule.doc.is_empty() && !rule.doc.contains('\n'), "{}", rule.id);
    }
    let find = |id: &str| all.iter().find(|rule| rule.id == id).unwrap();
    assert_eq!(find("VAL-PREF-03").channel, Some(EXPERIMENTAL));
    assert_eq!(find("VAL-PREF-01").channel, Some(STANDARD));
    assert_eq!(find("VAL-HR-03").channel, None);
    assert_eq!(find("VAL-HF-17").paths, ["spec.rules[].backendRefs[].filters", "spec.rules[].filters"]);
    assert_eq!(find("MODEL-HR-19").channel, Some(EXPERIMENTAL));
    assert_eq!(find("MODEL-PREF-05").message, "a whole number from 1 to 65535");
}
