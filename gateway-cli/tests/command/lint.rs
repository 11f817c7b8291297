//! `gateway lint`, as a user and a pipeline run it.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::ran::{Ran, command, gateway, gateway_with};
use crate::{BROKEN, SHOP};

/// A route of the API server's displeasure: two violations, an unknown field.
const REFUSED: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: api, namespace: shop}
spec:
  parentRefs: [{name: gw}]
  rules:
  - matches: [{path: {type: Exact, value: no-slash}}]
    backendRefs: [{name: api}]
    colour: red
";

fn rules_of(ran: &Ran) -> BTreeSet<String> {
    let json = ran.json();
    let findings = json.as_array().expect("a list");
    findings.iter().map(|finding| finding["rule"].as_str().expect("text").to_owned()).collect()
}

/// A file in a folder of its own, which is gone when it is dropped.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gateway-lint-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("it can be made");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("it is writable");
        path.to_str().expect("it is text").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_shop_is_clean() {
    let ran = gateway(&["lint", "-f", SHOP]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let standard = gateway(&["lint", "-f", SHOP, "--channel", "standard"]);
    assert_eq!(standard.code, 0, "{}{}", standard.out, standard.err);
}

#[test]
fn the_broken_shop_has_its_six_mistakes() {
    let ran = gateway(&["lint", "-f", BROKEN, "-o", "json"]);
    assert_eq!(ran.code, 1);
    let json = ran.json();
    let findings = json.as_array().expect("a list");
    // The mistakes as examples/broken/README.md lists them.
    let mistakes = [
        ("HTTPRoute/staging/preview", "ATT-171", "spec.parentRefs[0]"),
        ("Gateway/gateway-infra/production-gateway", "ATT-062", "spec.listeners[1].tls.certificateRefs[0]"),
        ("HTTPRoute/production/storefront", "ATT-180", "spec.rules[0].backendRefs[0]"),
        ("HTTPRoute/production/api-routes", "ATT-173", "spec.parentRefs[0].sectionName"),
        ("HTTPRoute/production/brand-site", "ATT-172", "spec.hostnames"),
        ("HTTPRoute/production/reports", "ATT-179", "spec.rules[0].backendRefs[0]"),
    ];
    for (object, rule, path) in mistakes {
        let found = findings.iter().any(|finding| {
            let part = |name: &str| finding["object"][name].as_str().unwrap_or_default().to_owned();
            let name = format!("{}/{}/{}", part("kind"), part("namespace"), part("name"));
            name == object && finding["rule"] == rule && finding["path"] == path && finding["remedy"] != ""
        });
        assert!(found, "{object} {rule} {path}: {}", ran.out);
    }
    let placed = |finding: &Value| finding["line"].as_u64().is_some_and(|line| line > 0);
    assert!(findings.iter().filter(|finding| !finding["object"].is_null()).all(placed), "{}", ran.out);
}

#[test]
fn violations_carry_the_words_of_the_api_server() {
    let ran = gateway_with(&["lint", "-f", "-", "--only", "validate", "-o", "json"], REFUSED);
    assert_eq!(ran.code, 1);
    let json = ran.json();
    let by_rule = |rule: &str| {
        let findings = json.as_array().expect("a list");
        findings.iter().find(|finding| finding["rule"] == rule).cloned().unwrap_or_default()
    };
    let path = by_rule("VAL-HM-01");
    assert_eq!(path["path"], "spec.rules[0].matches[0].path");
    let message = path["message"].as_str().expect("text");
    assert!(
        message.contains("value must be an absolute path and start with '/' when type one of"),
        "{message}"
    );
    assert_eq!((&path["file"], &path["line"]), (&Value::from("<stdin>"), &Value::from(7)));
    let port = by_rule("VAL-BREF-01");
    assert!(port["message"].as_str().expect("text").contains("Must have port for Service reference"));
}

#[test]
fn only_and_ignore_choose_rules_and_groups() {
    let all = gateway_with(&["lint", "-f", "-", "-o", "json"], REFUSED);
    assert!(rules_of(&all).contains("unknown-field") && rules_of(&all).contains("VAL-HM-01"), "{}", all.out);
    let one = gateway_with(&["lint", "-f", "-", "-o", "json", "--only", "val-hm-01"], REFUSED);
    assert_eq!(rules_of(&one), BTreeSet::from(["VAL-HM-01".to_owned()]));
    let group = gateway_with(&["lint", "-f", "-", "-o", "json", "--only", "manifest"], REFUSED);
    assert_eq!(rules_of(&group), BTreeSet::from(["unknown-field".to_owned()]));
    let rest = gateway_with(&["lint", "-f", "-", "-o", "json", "--ignore", "manifest,VAL-HM-01"], REFUSED);
    let rest = rules_of(&rest);
    assert!(!rest.contains("unknown-field") && !rest.contains("VAL-HM-01") && rest.contains("VAL-BREF-01"));
    let wrong = gateway_with(&["lint", "-f", "-", "--only", "VAL-XX-99"], REFUSED);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("neither a rule nor a group"), "{}", wrong.err);
}

#[test]
fn fail_on_sets_the_exit_code() {
    let run = |fail_on: &str| {
        let args = ["lint", "-f", "-", "--only", "unknown-field", "--fail-on", fail_on];
        gateway_with(&args, REFUSED).code
    };
    assert_eq!([run("never"), run("error"), run("warning"), run("info")], [0, 0, 1, 1]);
    assert_eq!(gateway(&["lint", "-f", "no/such/file"]).code, 2);
}

#[test]
fn settings_come_from_a_file() {
    let folder = Folder::new("settings");
    let manifest = folder.write("route.yaml", REFUSED);
    let settings = folder.write(
        ".gateway-lint.yaml",
        "channel: standard\nonly: [manifest, VAL-HM-01, VAL-BREF-01]\nfailOn: error\n\
         ignore: [VAL-HM-01, {rule: VAL-BREF-01, object: 'HTTPRoute/shop/*'}]\nseverity: {unknown-field: info}\n",
    );
    let ran = gateway(&["lint", "-f", &manifest, "--config", &settings, "-o", "json"]);
    assert_eq!((ran.code, rules_of(&ran)), (0, BTreeSet::from(["unknown-field".to_owned()])), "{}", ran.out);
    assert_eq!(ran.json()[0]["severity"], "info");
    // Without --config the file of the current folder counts.
    let mut here = command(&["lint", "-f", "route.yaml", "-o", "json"]);
    let here: Ran = here.current_dir(&folder.0).output().expect("it runs").into();
    assert_eq!(here.out.replace("route.yaml", ""), ran.out.replace(&manifest, ""));
    let wrong = folder.write("wrong.yaml", "chanel: standard\n");
    let wrong = gateway(&["lint", "-f", &manifest, "--config", &wrong]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("unknown field `chanel`"), "{}", wrong.err);
}

#[test]
fn updates_are_judged_against_what_is_there() {
    let class = |controller: &str| {
        format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: c}}\n\
             spec: {{controllerName: {controller}}}\n"
        )
    };
    let folder = Folder::new("updates");
    let old = folder.write("old.yaml", &class("example.com/one"));
    let new = folder.write("new.yaml", &class("example.com/two"));
    let lint = |args: &[&str]| gateway(&[&["lint", "--only", "validate", "-o", "json", "-f"], args].concat());
    let changed = lint(&[&new, "--old", &old]);
    assert_eq!((changed.code, rules_of(&changed)), (1, BTreeSet::from(["VAL-GC-01".to_owned()])));
    assert!(changed.json()[0]["message"].as_str().is_some_and(|text| text.contains("Value is immutable")));
    assert_eq!((lint(&[&new]).code, lint(&[&old, "--old", &old]).code), (0, 0));
}

#[test]
fn text_shows_the_line() {
    let ran = gateway_with(&["lint", "-f", "-", "--only", "VAL-HM-01"], REFUSED);
    for words in ["<stdin>:7:", "no-slash", "╰── here", "VAL-HM-01", "HTTPRoute/shop/api"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(ran.err.contains("1 error in 1 object"), "{}", ran.err);
}

#[test]
fn github_gets_annotations() {
    let ran =
        gateway_with(&["lint", "-f", "-", "--only", "VAL-HM-01,unknown-field", "-o", "github"], REFUSED);
    let lines: Vec<_> = ran.out.lines().collect();
    assert!(lines[0].starts_with("::error file=<stdin>,line=7,col="), "{}", ran.out);
    assert!(lines[0].contains(",title=VAL-HM-01::HTTPRoute/shop/api: spec.rules[0].matches[0].path: "));
    assert!(lines[1].starts_with("::warning file=<stdin>,line=9,"), "{}", ran.out);
    assert_eq!(lines.last(), Some(&"gateway lint: 1 error, 1 warning in 1 object"));
}

/// The schema of SARIF as a dependency of this test ships it.
fn sarif_schema() -> Value {
    let cargo = std::env::var_os("CARGO").expect("cargo runs the tests");
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc is there");
    let rustc = String::from_utf8(rustc.stdout).expect("text");
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("it names the host");
    let mut metadata = Command::new(cargo);
    // Packages of other platforms may never have been fetched.
    let metadata =
        metadata.args(["metadata", "--format-version", "1", "--offline", "--filter-platform", host]);
    let metadata = metadata.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo knows");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("a dependency");
    let manifest = std::path::Path::new(package["manifest_path"].as_str().expect("a path"));
    let schema = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json"));
    let mut schema: Value = serde_json::from_str(&schema.expect("it ships its schema")).expect("JSON");
    // The official schema has a stray bracket in these patterns, which makes them no expressions.
    for definition in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{definition}/properties/language"));
        let language = language.and_then(Value::as_object_mut).expect("a schema");
        language.remove("pattern").expect("the stray bracket");
    }
    schema
}

#[test]
fn sarif_is_sarif() {
    let validator = jsonschema::validator_for(&sarif_schema()).expect("a schema");
    for (args, stdin) in [(&["-f", BROKEN][..], ""), (&["-f", SHOP], ""), (&["-f", "-"], REFUSED)] {
        let ran = gateway_with(&[&["lint", "-o", "sarif"], args].concat(), stdin);
        let log = ran.json();
        let errors: Vec<_> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{args:?}: {errors:?}");
        let typed: serde_sarif::sarif::Sarif = serde_json::from_value(log.clone()).expect("its types");
        assert_eq!(typed.version.to_string(), "\"2.1.0\"");
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        for result in log["runs"][0]["results"].as_array().expect("results") {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string());
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0"})), "the schema asks for runs");
}

#[test]
fn every_rule_is_documented() {
    let json = gateway(&["lint", "--list-rules=json"]).json();
    let rules = json.as_array().expect("a list");
    assert!(rules.len() > 300, "{} rules", rules.len());
    let mut ids = BTreeSet::new();
    for rule in rules {
        let text = |key: &str| rule[key].as_str().expect("text").to_owned();
        assert!(ids.insert(text("id")), "{} twice", text("id"));
        assert!(!text("title").is_empty() && !text("doc").is_empty(), "{rule}");
    }
    assert!(ids.contains("VAL-HR-03") && ids.contains("shadowed-match") && ids.contains("unknown-field"));
    let page = gateway(&["lint", "--list-rules=markdown"]).out;
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/lint-rules.md"));
    assert!(kept.is_ok_and(|kept| kept == page), "docs/lint-rules.md is stale: run `make docs`");
}
