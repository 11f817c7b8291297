//! `--profile` and `gateway profiles`, as `docs/profiles.md` describes them.

use std::path::PathBuf;
use std::process::Command;

use gateway_ask::profile::from_value as read_profile;
use gateway_ask::read_values;
use gateway_core::profile::{AMBIGUITIES, CHOICES, Hosts, PRESETS, RegexRank};
use gateway_core::{Feature, ObjectKind, Profile};
use serde_json::{Value, json};

fn gateway(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    let output = command.args(args).current_dir(root()).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn error(profile: Value) -> String {
    read_profile(profile).expect_err("it is wrong")
}

/// The YAML block of the manual.
fn example() -> Value {
    let manual = std::fs::read_to_string(root().join("docs/profiles.md")).expect("it is there");
    let block = manual.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
    read_values("example.yaml", block.expect("it has a block")).expect("it is YAML").remove(0)
}

#[test]
fn the_example_of_the_manual_means_what_it_says() {
    let profile = read_profile(example()).expect("it is a profile");
    let preset = Profile::preset("envoy-gateway").expect("it is there");
    assert_eq!(profile.controller.as_deref(), Some("example.com/ctl"));
    let mut features = preset.features.clone();
    features.insert(Feature::HttpRouteRetry);
    features.remove(&Feature::GatewayStaticAddresses);
    assert_eq!(profile.features, features);
    let mut choices = preset.choices;
    (choices.hosts, choices.regex_rank) = (Hosts::VirtualHost, RegexRank::AfterPrefix);
    assert_eq!(profile.choices, choices);
    assert_eq!(profile.assume, [ObjectKind::Service, ObjectKind::Secret].into());
    let kinds: Vec<_> =
        profile.parameter_kinds.iter().map(|(group, kind)| format!("{group}/{kind}")).collect();
    assert_eq!(kinds, ["example.com/GatewayConfig", "/ConfigMap"]);
    let addresses: Vec<_> =
        profile.addresses.iter().map(|one| format!("{} {}", one.address_type(), one.value)).collect();
    assert_eq!(addresses, ["IPAddress 192.0.2.1", "Hostname lb.example.com"]);
    assert_eq!(profile.usable_addresses, Some(["192.0.2.7".to_owned()].into()));
    assert_eq!(profile.bundle_versions, ["v1.6.1"]);
    assert!(profile.default_gateways && !preset.default_gateways);
    let limits = &profile.limits;
    assert_eq!(
        (limits.listeners, limits.objects, limits.regex_bytes, limits.explained_candidates),
        (Some(64), 100_000, 1_048_576, 100)
    );
}

#[test]
fn the_manual_has_every_key() {
    // The command shows a profile with all keys of a file; `preset` is all that it cannot show.
    let (_, out, _) = gateway(&["profiles", "spec", "-o", "json"]);
    let shown: Value = serde_json::from_str(&out).expect("it is JSON");
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().expect("a mapping").keys().cloned().collect() };
    let example = example();
    for key in keys(&shown["profile"]) {
        assert!(example.get(&key).is_some(), "the manual does not show `{key}`");
    }
    for key in keys(&shown["profile"]["limits"]) {
        assert!(example["limits"].get(&key).is_some(), "the manual does not show `limits.{key}`");
    }
    assert_eq!(keys(&example).len(), keys(&shown["profile"]).len() + 1);
}

#[test]
fn unknown_names_come_with_the_nearest_known_one() {
    for (profile, words) in [
        (json!({"contoller": "a/b"}), "no key is called `contoller`; did you mean `controller`?"),
        (json!({"zzzzzzzz": 1}), "no key is called `zzzzzzzz`; there is preset, controller, features"),
        (
            json!({"preset": "envoygateway"}),
            "preset: no profile is called `envoygateway`; did you mean `envoy-gateway`?",
        ),
        (json!({"features": {"HttpRouteCORS": true}}), "`HttpRouteCORS`; did you mean `HTTPRouteCORS`?"),
        (json!({"features": ["HTTPRoute", "HTTPRouteCorse"]}), "did you mean `HTTPRouteCORS`?"),
        (
            json!({"features": {"HTTPRouteCORS": "yes"}}),
            "features: `HTTPRouteCORS` is neither true nor false",
        ),
        (
            json!({"choices": {"host": "virtualHost"}}),
            "choices: no choice is called `host`; did you mean `hosts`?",
        ),
        (
            json!({"choices": {"hosts": "vhost"}}),
            "choices: `hosts` cannot be `vhost`; choose one of `fallThrough`, `virtualHost`",
        ),
        (json!({"choices": {"hosts": 1}}), "choices: `hosts` cannot be 1; write a word"),
        (
            json!({"limits": {"listener": 1}}),
            "limits: no limit is called `listener`; did you mean `listeners`?",
        ),
        (json!({"limits": {"objects": -1}}), "limits.objects: "),
        (json!({"assume": ["Pod"]}), "assume: only these kinds can be assumed"),
        (json!({"addresses": 7}), "addresses: "),
        (json!([]), "it must hold a mapping"),
    ] {
        let error = error(profile);
        assert!(error.contains(words) && !error.contains('\n'), "{words}: {error}");
    }
    let (code, _, err) = gateway(&["status", "-f", "examples/shop", "--profile", "envoy-gatway"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `envoy-gateway`?"), "{err}");
    let (code, _, err) = gateway(&["profiles", "zzzzzzzzzzzz"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is spec, standard, core"), "{err}");
}

#[test]
fn a_file_refines_a_preset() {
    let features = |value: Value| read_profile(value).expect("it is a profile").features;
    assert_eq!(
        features(json!({"features": ["HTTPRoute", "Gateway"]})),
        [Feature::Gateway, Feature::HttpRoute].into()
    );
    let preset = Profile::preset("core").expect("it is there").features;
    assert_eq!(features(json!({"preset": "core", "features": null})), preset);
    assert_eq!(read_profile(json!(null)), Ok(Profile::every_class()));
    let istio = read_profile(json!({"preset": "istio", "controller": null})).expect("it is a profile");
    assert_eq!(istio, Profile { controller: None, ..Profile::preset("istio").expect("it is there") });
    // The bare word `off` is a word, whatever YAML makes of it.
    let file = std::env::temp_dir().join(format!("gateway-profiles-{}.yaml", std::process::id()));
    std::fs::write(&file, "preset: istio\nchoices: {pathNormalization: off}\n").expect("it can be written");
    let (code, out, err) = gateway(&["profiles", &file.to_string_lossy(), "-o", "json"]);
    std::fs::remove_file(&file).expect("it is there");
    assert_eq!((code, err.as_str()), (0, ""));
    let shown: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(shown["profile"]["choices"]["pathNormalization"], "off");
    assert_eq!(shown.get("source"), None, "a file has no source");
}

#[test]
fn what_is_shown_can_be_used_as_a_file() {
    for preset in PRESETS {
        let (code, out, _) = gateway(&["profiles", preset.name, "-o", "json"]);
        let shown: Value = serde_json::from_str(&out).expect("it is JSON");
        assert_eq!(code, 0);
        assert_eq!(read_profile(shown["profile"].clone()).as_ref(), Ok(&preset.profile()), "{}", preset.name);
    }
    let (_, yaml, _) = gateway(&["profiles", "istio", "-o", "yaml"]);
    let shown = read_values("istio.yaml", &yaml).expect("it is YAML").remove(0);
    assert_eq!(read_profile(shown["profile"].clone()).ok(), Profile::preset("istio"));
}

#[test]
fn profiles_tells_people() {
    let (code, out, _) = gateway(&["profiles"]);
    assert_eq!(code, 0);
    for preset in PRESETS {
        assert!(
            out.lines().any(|line| line.starts_with(preset.name) && line.contains(preset.title)),
            "{out}"
        );
    }
    let (_, list, _) = gateway(&["profiles", "-o", "json"]);
    let list: Value = serde_json::from_str(&list).expect("it is JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(PRESETS.len()));
    let (_, out, _) = gateway(&["profiles", "traefik"]);
    for choice in CHOICES {
        assert!(out.contains(choice.key) && out.contains(choice.ambiguity), "{}: {out}", choice.key);
    }
    for words in
        ["✓  HTTPRouteMethodMatching", "✗  HTTPRouteCORS", "traefik.io/gateway-controller", "report.yaml"]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert_eq!(AMBIGUITIES.len(), 69);
}

#[test]
fn a_preset_decides_whose_classes_are_ours() {
    // The class of the example is not Istio's, so nothing in it is Istio's to judge (ATT-001).
    let (_, own, _) = gateway(&["status", "-f", "examples/shop", "-o", "json"]);
    let (_, istio, _) = gateway(&["status", "-f", "examples/shop", "-o", "json", "--profile", "istio"]);
    let kinds = |text: &str| -> Vec<String> {
        let statuses: Vec<Value> = serde_json::from_str(text).expect("it is JSON");
        statuses.iter().filter_map(|one| one["kind"].as_str().map(ToOwned::to_owned)).collect()
    };
    assert!(kinds(&own).contains(&"GatewayClass".to_owned()));
    assert!(!kinds(&istio).contains(&"GatewayClass".to_owned()));
}
