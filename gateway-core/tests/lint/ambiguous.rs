//! Every corner of rules 08 that objects can touch, each with an object that touches it and, where that is
//! easily said, one that avoids it.

use gateway_core::lint::{Group, Linter, Severity};
use gateway_core::{Feature, Profile};

use crate::world::{BASE, World, base, gateway, of_kind, route};

const BACKEND: &str = "backendRefs: [{name: v1, port: 80}]";

/// A Route whose one rule has this and a backend.
fn rule(text: &str) -> String {
    route("r", &format!("rules:\n  - {BACKEND}\n    {}", text.trim().replace('\n', "\n    ")))
}

fn found(objects: &str, id: &str) -> Vec<String> {
    World::new(&format!("{BASE}{objects}")).of_rule(id)
}

#[track_caller]
fn touches(id: &str, object: &str, path: &str, objects: &str) {
    assert_eq!(found(objects, id), [format!("{id} {object} {path}")], "{objects}");
}

#[track_caller]
fn avoids(id: &str, objects: &str) {
    assert_eq!(found(objects, id), Vec::<String>::new(), "{objects}");
}

#[test]
fn filters() {
    let r = "HTTPRoute/shop/r";
    let filter = |text: &str| rule(&format!("filters: [{text}]"));
    let f0 = "spec.rules[0].filters[0]";
    for (id, path, text) in [
        (
            "AMBIG-36",
            "requestHeaderModifier.remove[0]",
            "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: b}], remove: [a]}}",
        ),
        (
            "AMBIG-37",
            "requestHeaderModifier.set[0]",
            "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: host, value: b}]}}",
        ),
        (
            "AMBIG-38",
            "urlRewrite.path.replaceFullPath",
            "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /a}}}",
        ),
        (
            "AMBIG-39",
            "urlRewrite.path",
            "{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /a}}}",
        ),
        (
            "AMBIG-40",
            "urlRewrite.path.replaceFullPath",
            "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: a}}}",
        ),
        (
            "AMBIG-43",
            "cors.exposeHeaders",
            "{type: CORS, cors: {allowOrigins: ['https://a.test'], allowCredentials: true, exposeHeaders: ['*'], allowMethods: [GET], allowHeaders: [a]}}",
        ),
        ("AMBIG-44", "cors.allowOrigins", "{type: CORS, cors: {allowOrigins: ['*']}}"),
        (
            "AMBIG-45",
            "externalAuth",
            "{type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: v2, port: 80}, http: {}}}",
        ),
        (
            "AMBIG-46",
            "externalAuth.forwardBody.maxSize",
            "{type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: v2, port: 80}, http: {}, forwardBody: {maxSize: 9}}}",
        ),
        (
            "AMBIG-19",
            "extensionRef",
            "{type: ExtensionRef, extensionRef: {group: example.com, kind: Magic, name: m}}",
        ),
    ] {
        touches(id, r, &format!("{f0}.{path}"), &filter(text));
    }
    avoids(
        "AMBIG-36",
        &filter(
            "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: b}], remove: [b]}}",
        ),
    );
    avoids("AMBIG-38", &filter("{type: URLRewrite, urlRewrite: {hostname: a.test}}"));
    avoids(
        "AMBIG-40",
        &filter("{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: ''}}}"),
    );
    // AMBIG-42: each field that is unset.
    let cors = found(&filter("{type: CORS, cors: {allowOrigins: ['https://a.test']}}"), "AMBIG-42");
    assert_eq!(cors, vec![format!("AMBIG-42 {r} {f0}.cors"); 2]);
    let methods = |methods: &str| {
        rule(&format!("matches: [{methods}]\nfilters: [{{type: CORS, cors: {{allowOrigins: ['*']}}}}]"))
    };
    touches("AMBIG-41", r, f0, &methods("{method: PUT}"));
    avoids("AMBIG-41", &methods("{method: PUT}, {method: OPTIONS}"));
    avoids("AMBIG-41", &methods("{path: {value: /a}}"));
}

#[test]
fn rules_and_backends() {
    let r = "HTTPRoute/shop/r";
    let spec = |text: &str| route("r", text);
    let headers = "{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [a]}}";
    let filtered = format!("backendRefs: [{{name: v1, port: 80, filters: [{headers}]}}]");
    touches(
        "AMBIG-33",
        r,
        "spec.rules[0].backendRefs[0].filters",
        &spec(&format!("rules: [{{{filtered}}}]")),
    );
    let both = spec(&format!("rules: [{{filters: [{headers}], {filtered}}}]"));
    touches("AMBIG-35", r, "spec.rules[0].backendRefs[0].filters[0]", &both);
    let zero = spec("rules: [{backendRefs: [{name: v1, port: 80, weight: 0}]}]");
    touches("AMBIG-47", r, "spec.rules[0].backendRefs", &zero);
    touches("AMBIG-48", r, "spec.rules[0]", &spec(&format!("rules: [{{filters: [{headers}]}}]")));
    avoids(
        "AMBIG-48",
        &spec("rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]"),
    );
    touches(
        "AMBIG-18",
        r,
        "spec.rules[0].backendRefs[0]",
        &spec("rules: [{backendRefs: [{name: v1, port: 81}]}]"),
    );
    let service = |spec: &str| {
        format!("---\napiVersion: v1\nkind: Service\nmetadata: {{name: v3, namespace: shop}}\nspec: {spec}\n")
    };
    let to_v3 = spec("rules: [{backendRefs: [{name: v3, port: 80}]}]");
    let external = service("{type: ExternalName, externalName: a.test, ports: [{port: 80}]}");
    touches("AMBIG-20", r, "spec.rules[0].backendRefs[0]", &format!("{external}{to_v3}"));
    let spoken = |protocol: &str| service(&format!("{{ports: [{{port: 80, appProtocol: {protocol}}}]}}"));
    touches("AMBIG-52", r, "spec.rules[0].backendRefs[0]", &format!("{}{to_v3}", spoken("example.com/x")));
    avoids("AMBIG-52", &format!("{}{to_v3}", spoken("kubernetes.io/h2c")));
    let two = "rules: [{backendRefs: [{name: nobody, port: 80}, {group: example.com, kind: Box, name: b}]}]";
    touches("AMBIG-13", r, "spec.rules", &spec(two));
    touches("AMBIG-66", r, "spec.rules[0].timeouts", &rule("timeouts: {request: 1s}"));
    touches(
        "AMBIG-50",
        r,
        "spec.rules[0].timeouts.backendRequest",
        &rule("timeouts: {request: 1s, backendRequest: 0s}"),
    );
    avoids("AMBIG-50", &rule("timeouts: {request: 0s, backendRequest: 0s}"));
    touches("AMBIG-51", r, "spec.rules[0].retry", &rule("retry: {attempts: 1}"));
    touches("AMBIG-62", r, "spec.rules[0].retry.codes[0]", &rule("retry: {codes: [302, 500]}"));
    touches("AMBIG-68", r, "spec.rules[0].sessionPersistence", &rule("sessionPersistence: {type: Header}"));
    avoids("AMBIG-68", &rule("sessionPersistence: {type: Header, sessionName: s}"));
}

#[test]
fn matches() {
    let r = "HTTPRoute/shop/r";
    let one = |text: &str| rule(&format!("matches: [{text}]"));
    let m = "spec.rules[0].matches[0]";
    touches("AMBIG-23", r, &format!("{m}.path.value"), &one("{path: {value: /a%20b}}"));
    touches("AMBIG-25", r, &format!("{m}.headers[0].value"), &one("{headers: [{name: a, value: 'b,c'}]}"));
    touches("AMBIG-26", r, &format!("{m}.queryParams[0]"), &one("{queryParams: [{name: a, value: 'b+c'}]}"));
    let regex = "{path: {type: RegularExpression, value: '/a.*'}}";
    touches("AMBIG-24", r, &format!("{m}.path"), &one(&format!("{regex}, {{path: {{value: /ab}}}}")));
    avoids("AMBIG-24", &one(regex));
    touches(
        "AMBIG-27",
        r,
        "spec.rules[0].matches[1].path.value",
        &one("{path: {value: /a}}, {path: {value: /a/}}"),
    );
    avoids("AMBIG-27", &one("{path: {value: /b}}, {path: {value: /a/}}"));
    let grpc = |spec: &str| of_kind("GRPCRoute", "g", spec);
    let method = |text: &str| grpc(&format!("rules: [{{{BACKEND}, matches: [{{method: {text}}}]}}]"));
    touches("AMBIG-28", "GRPCRoute/shop/g", &format!("{m}.method.service"), &method("{service: .a.B}"));
    touches(
        "AMBIG-28",
        "GRPCRoute/shop/g",
        &format!("{m}.method.method"),
        &method("{service: a.B, method: ''}"),
    );
    avoids("AMBIG-28", &method("{service: a.B}"));
    let filter = "filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [a]}}]";
    touches(
        "AMBIG-34",
        "GRPCRoute/shop/g",
        "spec.rules[0].filters[0]",
        &grpc(&format!("rules: [{{{BACKEND}, {filter}}}]")),
    );
    touches("AMBIG-49", "GRPCRoute/shop/g", "spec.rules[0]", &grpc("rules: [{matches: []}]"));
}

#[test]
fn routes_together() {
    let at = |name: &str, hosts: &str, path: &str| {
        route(
            name,
            &format!("hostnames: [{hosts}]\nrules: [{{{BACKEND}, matches: [{{path: {{value: {path}}}}}]}}]"),
        )
    };
    // AMBIG-22: disjoint paths, one name below the other.
    let objects = format!("{}{}", at("r", "a.test", "/a"), at("s", "'*.test'", "/b"));
    touches("AMBIG-22", "HTTPRoute/shop/r", "spec.hostnames", &objects);
    avoids("AMBIG-22", &format!("{}{}", at("r", "a.test", "/"), at("s", "'*.test'", "/b")));
    avoids("AMBIG-22", &at("r", "a.test, '*.test'", "/a"));
    // AMBIG-04: older, then by name.
    let http = at("a", "a.test", "/");
    let grpc = of_kind("GRPCRoute", "g", &format!("hostnames: [a.test]\nrules: [{{{BACKEND}}}]"));
    touches("AMBIG-04", "GRPCRoute/shop/g", "spec.parentRefs[0]", &format!("{http}{grpc}"));
    let twice = at("a", "a.test", "/")
        .replace("parentRefs: [", "parentRefs: [{name: gw, namespace: infra, port: 80}, ");
    touches("AMBIG-60", "HTTPRoute/shop/a", "spec.parentRefs[0].port", &twice);
    let core = at("a", "a.test", "/").replace("port: 80}", "port: 80, group: core}");
    touches("AMBIG-69", "HTTPRoute/shop/a", "spec.rules[0].backendRefs[0].group", &core);
    let broken = route("r", "rules: [{matches: [{path: {type: RegularExpression, value: '('}}]}]");
    touches("AMBIG-61", "HTTPRoute/shop/r", "spec.rules", &broken);
    // AMBIG-56: the same parent with and without the Route's own namespace.
    let own = gateway("own", "shop", "{name: h, port: 81, protocol: HTTP}");
    let objects = format!(
        "{own}{}",
        at("a", "a.test", "/").replace(
            "parentRefs: [{name: gw, namespace: infra}]",
            "parentRefs: [{name: own}, {name: own, namespace: shop}]"
        )
    );
    touches("AMBIG-56", "HTTPRoute/shop/a", "spec.parentRefs[1]", &objects);
    // AMBIG-03 and AMBIG-06: the protocol does not fit.
    let tcp = |kind: &str| of_kind(kind, "t", &format!("rules: [{{{BACKEND}}}]"));
    touches("AMBIG-03", "TCPRoute/shop/t", "spec.parentRefs[0]", &tcp("TCPRoute"));
    let tls = gateway(
        "gw2",
        "infra",
        "{name: t, port: 443, protocol: TLS, tls: {mode: Passthrough}, allowedRoutes: {namespaces: {from: All}}}",
    );
    let objects = format!("{tls}{}", tcp("TCPRoute").replace("name: gw,", "name: gw2,"));
    touches("AMBIG-06", "TCPRoute/shop/t", "spec.parentRefs[0]", &objects);
    let two = of_kind("TCPRoute", "t", &format!("rules: [{{{BACKEND}}}, {{{BACKEND}}}]"))
        .replace("/v1\nkind: TCP", "/v1alpha2\nkind: TCP");
    touches("AMBIG-29", "TCPRoute/shop/t", "spec.rules", &two);
    let invalid = of_kind("UDPRoute", "u", "rules: [{backendRefs: [{name: nobody, port: 80}]}]");
    touches("AMBIG-53", "UDPRoute/shop/u", "spec.rules", &invalid);
    // AMBIG-07: three labels below the wildcard of an HTTPS listener.
    let wild = gateway(
        "gw2",
        "infra",
        "{name: w, port: 443, protocol: HTTPS, hostname: '*.test', tls: {options: {example.com/c: x}}, allowedRoutes: {namespaces: {from: All}}}",
    );
    let deep = |host: &str| format!("{wild}{}", at("a", host, "/").replace("name: gw,", "name: gw2,"));
    touches("AMBIG-07", "HTTPRoute/shop/a", "spec.hostnames", &deep("a.b.test"));
    avoids("AMBIG-07", &deep("a.test"));
}

#[test]
fn listeners() {
    let g = "Gateway/infra/g";
    let listed = |listeners: &str| gateway("g", "infra", listeners);
    touches("AMBIG-05", g, "spec.listeners[0]", &listed("{name: a, port: 443, protocol: HTTPS}"));
    let conflict = "{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: TCP}";
    assert_eq!(
        found(&listed(conflict), "AMBIG-01"),
        ["AMBIG-01 Gateway/infra/g spec.listeners[0]", "AMBIG-01 Gateway/infra/g spec.listeners[1]"]
    );
    let kinds = "{name: a, port: 443, protocol: TLS, tls: {mode: Passthrough}, allowedRoutes: {kinds: [{kind: HTTPRoute}]}}";
    touches("AMBIG-06", g, "spec.listeners[0].allowedRoutes.kinds[0]", &listed(kinds));
    let none = "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: None}}}";
    touches("AMBIG-17", g, "spec.listeners[0].allowedRoutes.namespaces.from", &listed(none));
    let overlapping = "{name: a, port: 443, protocol: TLS, hostname: a.test, tls: {mode: Passthrough}}, {name: b, port: 443, protocol: HTTPS, hostname: '*.test', tls: {options: {example.com/c: x}}}";
    touches("AMBIG-09", g, "spec.listeners[0]", &listed(overlapping));
    let nested = "{name: a, port: 80, protocol: HTTP, hostname: a.test}, {name: b, port: 80, protocol: HTTP, hostname: '*.test'}";
    touches("AMBIG-21", g, "spec.listeners[0].hostname", &listed(nested));
    avoids(
        "AMBIG-21",
        &listed("{name: a, port: 80, protocol: HTTP, hostname: a.test}, {name: b, port: 81, protocol: HTTP}"),
    );
    let default = listed("{name: a, port: 80, protocol: HTTP}")
        .replace("gatewayClassName", "defaultScope: All\n  gatewayClassName");
    touches("AMBIG-14", g, "spec.defaultScope", &default);
}

#[test]
fn client_certificates() {
    let authorities = base("certificate-authorities.yaml");
    let frontend = |refs: &str, listener: &str| {
        gateway("g", "infra", listener).replace(
            "gatewayClassName",
            &format!("tls: {{frontend: {{default: {{validation: {{caCertificateRefs: [{refs}]}}}}}}}}\n  gatewayClassName"),
        )
    };
    let ca = |name: &str| format!("{{group: '', kind: ConfigMap, name: {name}}}");
    let https = "{name: a, port: 443, protocol: HTTPS, tls: {options: {example.com/c: x}}}";
    let some = frontend(&format!("{}, {}", ca("ca-one"), ca("ca-no-pem")), https);
    touches("AMBIG-55", "Gateway/infra/g", "spec.listeners[0]", &format!("{authorities}{some}"));
    let all = frontend(&ca("ca-one"), https);
    avoids("AMBIG-55", &format!("{authorities}{all}"));
    let tls = "{name: a, port: 443, protocol: TLS, tls: {options: {example.com/c: x}}}";
    touches(
        "AMBIG-58",
        "Gateway/infra/g",
        "spec.listeners[0]",
        &format!("{authorities}{}", frontend(&ca("ca-one"), tls)),
    );
    avoids("AMBIG-58", &format!("{authorities}{all}"));
}

#[test]
fn listener_sets() {
    let parent = |listeners: &str, more: &str| {
        gateway("g", "infra", listeners).replace(
            "gatewayClassName",
            &format!("allowedListeners: {{namespaces: {{from: All}}}}\n  {more}gatewayClassName"),
        )
    };
    let set = |listener: &str| {
        format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {{name: s, namespace: shop}}\n\
             spec: {{parentRef: {{name: g, namespace: infra}}, listeners: [{listener}]}}\n"
        )
    };
    let s = "ListenerSet/shop/s";
    let http = "{name: a, port: 80, protocol: HTTP}";
    let clash = format!("{}{}", parent(http, ""), set("{name: b, port: 80, protocol: TCP}"));
    touches("AMBIG-02", s, "spec.listeners[0]", &clash);
    let bad = "{name: a, port: 80, protocol: smtp}";
    let literal = format!("{}{}", parent(bad, ""), set("{name: b, port: 81, protocol: HTTP}"));
    touches("AMBIG-10", "Gateway/infra/g", "spec.listeners", &literal);
    touches("AMBIG-12", s, "spec.parentRef", &literal);
    let secured =
        "{name: b, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert-one, namespace: infra}]}}";
    let ungranted = format!("{}{}{}", base("certificates.yaml"), parent(http, ""), set(secured));
    touches("AMBIG-11", s, "spec.listeners[0]", &ungranted);
}

#[test]
fn policies() {
    let policy = |targets: &str| {
        format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {{name: p, namespace: shop}}\n\
             spec: {{targetRefs: [{targets}], validation: {{hostname: a.test, wellKnownCACertificates: System}}}}\n"
        )
    };
    let p = "BackendTLSPolicy/shop/p";
    let service = |name: &str| format!("{{group: '', kind: Service, name: {name}}}");
    touches("AMBIG-16", p, "spec.targetRefs", &policy(&format!("{}, {}", service("v1"), service("v2"))));
    avoids("AMBIG-16", &policy(&service("v1")));
    touches("AMBIG-64", p, "spec.validation", &policy(&service("v1")));
    let x = |kind: &str, name: &str, spec: &str| {
        format!(
            "---\napiVersion: gateway.networking.x-k8s.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
        )
    };
    let backend = x(
        "XBackend",
        "b",
        "{type: ExternalHostname, externalHostname: {hostname: a.test}, port: {port: 443}, tls: {mode: None}}",
    );
    let both =
        format!("{backend}{}", policy("{group: gateway.networking.x-k8s.io, kind: XBackend, name: b}"));
    touches("AMBIG-65", "XBackend/shop/b", "spec.tls", &both);
    avoids("AMBIG-65", &format!("{backend}{}", policy(&service("v1"))));
    let budget = x(
        "XBackendTrafficPolicy",
        "t",
        "{targetRefs: [{group: '', kind: Service, name: v1}], retryConstraint: {}}",
    );
    touches("AMBIG-63", "XBackendTrafficPolicy/shop/t", "spec.retryConstraint", &budget);
}

/// ATT-215, AMBIG-15, AMBIG-31
#[test]
fn meshes() {
    let mut profile = Profile::default();
    profile.features.insert(Feature::Mesh);
    let at_service = |kind: &str, name: &str, rule: &str| {
        of_kind(kind, name, &format!("rules: [{rule}]"))
            .replace("{name: gw, namespace: infra}", "{group: '', kind: Service, name: v1}")
    };
    let objects = format!(
        "{BASE}{}{}",
        at_service("GRPCRoute", "g", &format!("{{{BACKEND}}}")),
        at_service("HTTPRoute", "h", "{matches: []}")
    );
    let world = World::with(&objects, &profile);
    assert_eq!(world.of_rule("AMBIG-15"), ["AMBIG-15 HTTPRoute/shop/h spec.parentRefs[0]"]);
    assert_eq!(world.of_rule("AMBIG-31"), ["AMBIG-31 HTTPRoute/shop/h spec.rules[0]"]);
    assert_eq!(world.of_rule("ATT-215"), ["ATT-215 HTTPRoute/shop/h spec.parentRefs[0]"]);
}

/// Good to know, unless the rulebook asks for more (AMBIG-36, 37, 40, 41, 69: "lint").
#[test]
fn most_are_good_to_know() {
    let warnings: Vec<_> = Linter::rules()
        .into_iter()
        .filter(|rule| rule.group == Group::Ambiguous && rule.severity == Severity::Warning)
        .map(|rule| rule.id)
        .collect();
    for id in ["AMBIG-36", "AMBIG-37", "AMBIG-40", "AMBIG-41", "AMBIG-69"] {
        assert!(warnings.contains(&id), "{id}");
    }
    assert!(warnings.len() <= 8, "{warnings:?}");
}
