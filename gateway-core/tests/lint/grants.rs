//! ReferenceGrants against every kind of reference (REF-10..16).

use gateway_core::lint::Severity;

use crate::world::{BASE, World, base, gateway, of_kind, route};

fn grant(from: &str, to: &str) -> String {
    format!(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\nmetadata: {{name: g, namespace: other}}\n\
         spec: {{from: [{{group: gateway.networking.k8s.io, kind: {from}, namespace: shop}}], to: [{{group: '', kind: {to}}}]}}\n"
    )
}

/// Each reference makes a grant for it used, and no other.
#[test]
fn references_of_every_kind_count() {
    let other = "name: far, namespace: other, port: 80";
    let rules = format!("rules: [{{backendRefs: [{{{other}}}]}}]");
    let filter = |text: &str| {
        route("r", &format!("rules: [{{backendRefs: [{{name: v1, port: 80, filters: [{text}]}}]}}]"))
    };
    let mirror = filter(&format!("{{type: RequestMirror, requestMirror: {{backendRef: {{{other}}}}}}}"));
    let auth = filter(&format!(
        "{{type: ExternalAuth, externalAuth: {{protocol: HTTP, backendRef: {{{other}}}, http: {{}}}}}}"
    ));
    let listener =
        "{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: far, namespace: other}]}}";
    let tls = |text: &str| {
        gateway("g", "shop", "{name: a, port: 81, protocol: HTTP}")
            .replace("gatewayClassName", &format!("tls: {text}\n  gatewayClassName"))
    };
    let authority = "{group: '', kind: ConfigMap, name: far, namespace: other}";
    let set = format!(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {{name: s, namespace: shop}}\n\
         spec: {{parentRef: {{name: gw, namespace: infra}}, listeners: [{listener}]}}\n"
    );
    for (from, to, objects) in [
        ("HTTPRoute", "Service", route("r", &rules)),
        ("GRPCRoute", "Service", of_kind("GRPCRoute", "r", &rules)),
        ("TCPRoute", "Service", of_kind("TCPRoute", "r", &rules)),
        ("UDPRoute", "Service", of_kind("UDPRoute", "r", &rules)),
        ("TLSRoute", "Service", of_kind("TLSRoute", "r", &format!("hostnames: [a.test]\n{rules}"))),
        ("HTTPRoute", "Service", mirror),
        ("HTTPRoute", "Service", auth),
        ("Gateway", "Secret", gateway("g", "shop", listener)),
        ("ListenerSet", "Secret", set),
        ("Gateway", "Secret", tls("{backend: {clientCertificateRef: {name: far, namespace: other}}}")),
        (
            "Gateway",
            "ConfigMap",
            tls(&format!("{{frontend: {{default: {{validation: {{caCertificateRefs: [{authority}]}}}}}}}}")),
        ),
        (
            "Gateway",
            "ConfigMap",
            tls(&format!(
                "{{frontend: {{default: {{}}, perPort: [{{port: 81, tls: {{validation: {{caCertificateRefs: [{authority}]}}}}}}]}}}}"
            )),
        ),
    ] {
        let used = World::new(&format!("{BASE}{objects}{}", grant(from, to)));
        assert_eq!(used.of_rule("unused-grant"), Vec::<String>::new(), "{from} {to}\n{objects}");
        let wide = used.only("wide-grant");
        assert_eq!((wide.severity, wide.path.as_str()), (Severity::Info, "spec.to[0]"));
        assert!(wide.remedy.contains("`far`"), "{}", wide.remedy);
        let unused = World::new(&format!("{BASE}{objects}{}", grant(from, "Pod")));
        assert_eq!(unused.only("unused-grant").severity, Severity::Warning, "{from} {to}");
    }
}

/// Where nobody who could refer is in the input, the referrer may live in another repository.
#[test]
fn a_grant_for_strangers_is_only_an_info() {
    let stranger = World::new(&format!("{BASE}{}", grant("GRPCRoute", "Service")));
    assert_eq!(stranger.only("unused-grant").severity, Severity::Info);
}

/// REF-06: inside of a namespace no grant is needed, so that none is used.
#[test]
fn references_that_stay_need_none() {
    let home = grant("HTTPRoute", "Service").replace("namespace: other", "namespace: shop");
    let world =
        World::new(&format!("{BASE}{}{home}", route("r", "rules: [{backendRefs: [{name: v1, port: 80}]}]")));
    assert_eq!(world.of_rule("unused-grant"), ["unused-grant ReferenceGrant/shop/g "]);
    assert!(base("shop.yaml").contains("Namespace"));
}
