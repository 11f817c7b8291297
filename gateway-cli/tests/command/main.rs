//! The command, run as a user does.

mod connections;
mod lint;
mod ran;

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use ran::{Ran, command, gateway, gateway_with};

pub(crate) const BROKEN: &str = "examples/broken";
pub(crate) const SHOP: &str = "examples/shop";

#[test]
fn route_tells_people() {
    let ran = gateway(&["route", "-f", SHOP, "https://api.example.com/v2/users"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for words in
        ["production/api-v2:8080", "80 %", "api-v2-canary", "HTTPRoute production/api-routes", "0 (v2)"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "colours are for terminals");
}

#[test]
fn route_tells_programs() {
    let canary =
        gateway(&["route", "-f", SHOP, "-o", "json", "--draw", "80", "https://api.example.com/v2/users"]);
    let decision = canary.json();
    assert_eq!(decision["decision"], "forward");
    assert_eq!(decision["backend"]["name"], "api-v2-canary");
    assert_eq!(decision["listener"]["section"], "https");
    let yaml = gateway(&["route", "-f", SHOP, "-o", "yaml", "http://api.example.com/v2/users?a=1"]);
    assert!(yaml.out.starts_with("decision: redirect\n"), "{}", yaml.out);
    let read = gateway_ask::read_values("out.yaml", &yaml.out).expect("it is YAML");
    assert_eq!(read[0]["location"], "https://api.example.com/v2/users?a=1");
}

#[test]
fn route_takes_what_curl_takes() {
    let ran = gateway(&[
        "route",
        "-f",
        SHOP,
        "-o",
        "json",
        "-X",
        "POST",
        "-H",
        "x-api-version: beta",
        "https://api.example.com/x",
    ]);
    assert_eq!(ran.json()["backend"]["name"], "api-beta");
    assert_eq!(ran.json()["upstream"]["method"], "POST");
    let misdirected = gateway(&[
        "route",
        "-f",
        SHOP,
        "-o",
        "json",
        "--sni",
        "shop.example.com",
        "https://api.example.com/",
    ]);
    assert_eq!((misdirected.code, &misdirected.json()["status"]), (1, &Value::from(421)));
    let plain = gateway(&["route", "-f", SHOP, "-o", "json", "--no-sni", "https://api.example.com/"]);
    assert_eq!((plain.code, &plain.json()["reason"]), (1, &Value::from("NoMatchingListener")));
    let port = gateway(&["route", "-f", SHOP, "-o", "json", "--port", "80", "https://api.example.com/"]);
    assert_eq!(port.json()["decision"], "redirect");
}

#[test]
fn route_explains() {
    let url = "https://api.example.com/legacy/x";
    let text = gateway(&["route", "-f", SHOP, "--explain", url]);
    for words in ["is on port 80", "✓ https", "rule 3, match 0", "wins", "path /legacy/x is not below /v2"]
    {
        assert!(text.out.contains(words), "{words}: {}", text.out);
    }
    let json = gateway(&["explain", "-f", SHOP, "-o", "json", url]).json();
    assert_eq!(json["decision"]["backend"]["name"], "api-v2");
    assert_eq!(json["candidates"][0]["verdict"], "wins");
}

#[test]
fn many_requests_are_answered_in_order() {
    let lines = r#"{"url":"https://api.example.com/v2/x","draw":99}

{"scheme":"https","host":"shop.example.com","headers":{"a":["1","2"]}}
{"host":"api.example.com","port":443,"path":"/auth?x=1","gateway":"gateway-infra/production-gateway"}
{"port":80,"host":"whatever.test"}
"#;
    let ran = gateway_with(&["route", "-f", SHOP, "--requests", "-"], lines);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let names: Vec<_> = ran.lines().iter().map(|line| line["backend"]["name"].clone()).collect();
    assert_eq!(
        names,
        ["api-v2-canary", "storefront", "auth-service"]
            .map(Value::from)
            .into_iter()
            .chain([Value::Null])
            .collect::<Vec<_>>()
    );
    assert_eq!(ran.lines()[2]["upstream"]["query"], "x=1");
    assert_eq!(ran.lines()[3]["location"], "https://whatever.test/");
}

#[test]
fn a_bad_line_does_not_stop_the_others() {
    let lines = "{\"host\":\"a\"}\n{\"hots\":\"a\"}\n{\"host\":\"b\"}\n";
    let ran = gateway_with(&["route", "-f", SHOP, "--requests", "-"], lines);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("line 2") && ran.err.contains("hots"), "{}", ran.err);
    let lines = ran.lines();
    assert_eq!(lines.len(), 3);
    assert!(lines[1]["error"].is_string() && lines[2]["decision"] == "redirect");
}

#[test]
fn status_is_calm_about_the_shop() {
    let ran = gateway(&["status", "-f", SHOP]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("gateway-infra/production-gateway"), "{}", ran.out);
    let json = gateway(&["status", "-f", SHOP, "-o", "json"]).json();
    let kinds: Vec<_> = json.as_array().expect("a list").iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["GatewayClass", "Gateway", "HTTPRoute", "HTTPRoute", "HTTPRoute"].map(Value::from));
    let wide = gateway(&["status", "-f", SHOP, "-o", "wide"]);
    assert!(
        wide.out.contains("True (Programmed)") && wide.out.contains("HTTPRoute,GRPCRoute"),
        "{}",
        wide.out
    );
    assert!(gateway(&["status", "-f", SHOP, "-o", "yaml"]).out.starts_with("- apiVersion: gateway."));
}

/// The six mistakes of `examples/broken/README.md`.
#[test]
fn status_finds_every_mistake() {
    let ran = gateway(&["status", "-f", BROKEN]);
    assert_eq!(ran.code, 1);
    for (title, place) in [
        ("HTTPRoute/staging/preview Accepted NotAllowedByListeners", "routes.yaml:"),
        (
            "Gateway/gateway-infra/production-gateway listener https ResolvedRefs RefNotPermitted",
            "gateway.yaml:",
        ),
        ("Gateway/gateway-infra/production-gateway listener https Programmed Invalid", "gateway.yaml:"),
        ("Gateway/gateway-infra/production-gateway ResolvedRefs ListenersNotResolved", "gateway.yaml:"),
        ("HTTPRoute/production/storefront ResolvedRefs BackendNotFound", "routes.yaml:"),
        ("HTTPRoute/production/api-routes Accepted NoMatchingParent", "routes.yaml:63:20"),
        ("HTTPRoute/production/brand-site Accepted NoMatchingListenerHostname", "routes.yaml:"),
        ("HTTPRoute/production/reports ResolvedRefs InvalidKind", "routes.yaml:"),
    ] {
        let block = ran.out.split("\n\n").find(|block| block.lines().next() == Some(title));
        let block = block.unwrap_or_else(|| panic!("{title}: {}", ran.out));
        assert!(block.contains(place), "{place}: {block}");
    }
}

#[test]
fn a_route_is_explained() {
    let ran = gateway(&["explain", "-f", BROKEN, "httproute/production/api-routes"]);
    assert_eq!(ran.code, 1);
    for words in
        ["not attached", "no listener named https-api", "help: use one of its listeners", "routes.yaml:63:20"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let json = gateway(&["explain", "-f", SHOP, "-o", "json", "HTTPRoute/production/api-routes"]);
    assert_eq!((json.code, &json.json()["parents"][0]["attached"]), (0, &Value::Bool(true)));
    let missing = gateway(&["explain", "-f", SHOP, "HTTPRoute/production/nope"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("HTTPRoute/production/api-routes"), "{}", missing.err);
}

#[test]
fn what_cannot_be_used_is_told_in_a_line() {
    for (args, words) in [
        (&["route", "-f", SHOP, "api.example.com"][..], "https://host/path"),
        (&["route", "-f", SHOP, "ftp://api.example.com"], "http or https"),
        (&["route", "-f", SHOP, "-H", "nope", "https://a.test/"], "'Name: value'"),
        (&["route", "-f", "no-such-folder", "https://a.test/"], "does not exist"),
        (&["route", "-f", SHOP, "--gateway", "a/b", "https://a.test/"], "gateway-infra/production-gateway"),
        (
            &["route", "-f", SHOP, "--controller", "a.test/x", "https://a.test/"],
            "no Gateway in the input is ours",
        ),
        (&["route", "-f", SHOP, "--requests", "no-such-file"], "cannot be read"),
        (&["route", "-f", "-", "--requests", "-"], "stdin"),
        (&["route", "-f", SHOP], "required"),
        (&["status", "-f", SHOP, "--profile", "no-such-file"], "spec"),
        (&["status", "-f", SHOP, "--assume", "Pod"], "only these kinds"),
        (&["explain", "-f", SHOP, "Service/a/b"], "neither a URL nor a Route"),
    ] {
        let ran = gateway(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(words) && ran.out.is_empty(), "{args:?}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{args:?}: {}", ran.err);
    }
}

const LONELY: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: cloud
  surprise: 1
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: gw}]
  rules: [{backendRefs: [{name: web, port: 80}]}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
";

#[test]
fn stdin_holds_a_part_of_a_cluster() {
    let alone = gateway_with(&["status", "-f", "-"], LONELY);
    assert_eq!(alone.code, 1, "{}", alone.out);
    assert!(alone.out.contains("HTTPRoute/default/web no status"), "{}", alone.out);

    let assumed = gateway_with(
        &["route", "-f", "-", "--assume", "GatewayClass,Service", "-o", "json", "http://a.test/"],
        LONELY,
    );
    assert_eq!(
        (assumed.code, &assumed.json()["backend"]["name"]),
        (0, &Value::from("web")),
        "{}",
        assumed.err
    );
    for words in ["no GatewayClass, no Service", "unknown field `surprise`", "<stdin>:7:3", "Deployment"] {
        assert!(assumed.err.contains(words), "{words}: {}", assumed.err);
    }
    let quiet = gateway_with(
        &["route", "-q", "-f", "-", "--assume", "GatewayClass,Service", "http://a.test/"],
        LONELY,
    );
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    let strict = gateway_with(&["status", "--strict", "-f", "-"], LONELY);
    assert_eq!((strict.code, strict.out.as_str()), (2, ""));
}

#[test]
fn input_that_kubernetes_refuses_ends_with_two() {
    let ran = gateway_with(&["status", "-f", SHOP, "-f", "-"], "a: [");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("<stdin>:1:4") && ran.out.contains("production-gateway"),
        "{}{}",
        ran.err,
        ran.out
    );
}

#[test]
fn a_profile_is_a_file() {
    let file = std::env::temp_dir().join(format!("gateway-cli-profile-{}.yaml", std::process::id()));
    let path = file.to_str().expect("it is text");
    std::fs::write(
        &file,
        "features: {GatewayHTTPSListenerDetectMisdirectedRequests: false}\naddresses: [10.0.0.1, {type: Hostname, value: a.test}]\n",
    )
    .expect("it is writable");
    let request = ["-o", "json", "--sni", "shop.example.com", "https://api.example.com/"];
    let ran = gateway(&[&["route", "-f", SHOP, "--profile", path][..], &request[..]].concat());
    assert_eq!(ran.json()["listener"]["section"], "https-wildcard");
    let status = gateway(&["status", "-f", SHOP, "--profile", path]);
    assert!(status.out.contains("10.0.0.1,a.test"), "{}", status.out);
    std::fs::write(&file, "detectMisdirect: false\n").expect("it is writable");
    let wrong = gateway(&["status", "-f", SHOP, "--profile", path]);
    std::fs::remove_file(&file).expect("it is there");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("no key is called `detectMisdirect`"), "{}", wrong.err);
}

#[test]
fn a_closed_pipe_is_no_reason_to_panic() {
    let mut command = command(&["route", "-f", SHOP, "--requests", "-"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("it is piped");
    // It may stop reading, too.
    let _ = stdin.write_all("{\"host\":\"a\"}\n".repeat(1000).as_bytes());
    drop(stdin);
    let ran = Ran::from(child.wait_with_output().expect("it ends"));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn shells_and_man_are_served() {
    assert!(gateway(&["completions", "bash"]).out.contains("_gateway"));
    assert!(gateway(&["man"]).out.contains(".TH gateway"));
    assert!(gateway(&["man", "route"]).out.contains("requests"));
    assert_eq!(gateway(&["--version"]).code, 0);
}
