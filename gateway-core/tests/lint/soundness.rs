//! Nothing is called unreachable that some request reaches: small tables against every request of a small
//! universe.

use std::collections::BTreeSet;

use gateway_core::lint::Linter;
use gateway_core::model::{
    Gateway, GatewayClass, GatewaySpec, HeaderMatchType, HttpHeaderMatch, HttpMethod, HttpPathMatch,
    HttpQueryParamMatch, HttpRoute, HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, ObjectMeta,
    ParentReference, PathMatchType, QueryParamMatchType,
};
use gateway_core::validate::Channel;
use gateway_core::{Arrival, Decision, Object, Profile, Request, Router, Snapshot};
use proptest::prelude::*;

const HOSTS: [&str; 4] = ["", "a.test", "*.test", "b.a.test"];
const PATHS: [(&str, &str); 9] = [
    ("PathPrefix", "/"),
    ("PathPrefix", "/a"),
    ("PathPrefix", "/a/"),
    ("PathPrefix", "/a/b"),
    ("Exact", "/"),
    ("Exact", "/a"),
    ("Exact", "/a/b"),
    ("RegularExpression", "/a.*"),
    ("RegularExpression", "/(a|b)"),
];
const HEADERS: [(&str, &str, &str); 5] = [
    ("Exact", "x", "1"),
    ("Exact", "X", "2"),
    ("RegularExpression", "x", "[12]"),
    ("Exact", "y", "1"),
    ("RegularExpression", "y", ".*"),
];

/// Everything one match asks for: path, method, headers, query, as indices; the last of each is nothing.
type Ask = (usize, usize, Vec<usize>, usize);

fn ask() -> impl Strategy<Value = Ask> {
    (0..=PATHS.len(), 0..3usize, proptest::collection::vec(0..HEADERS.len(), 0..3), 0..4usize)
}

fn condition((path, method, headers, query): &Ask) -> HttpRouteMatch {
    let (kind, value) = PATHS.get(*path).copied().unwrap_or(("PathPrefix", "/"));
    HttpRouteMatch {
        path: (*path < PATHS.len())
            .then(|| HttpPathMatch { r#type: Some(PathMatchType::from(kind)), value: Some(value.into()) }),
        method: [Some(HttpMethod::Get), Some(HttpMethod::Put), None][*method].clone(),
        headers: Some(
            headers
                .iter()
                .map(|index| HttpHeaderMatch {
                    r#type: Some(HeaderMatchType::from(HEADERS[*index].0)),
                    name: HEADERS[*index].1.into(),
                    value: HEADERS[*index].2.into(),
                })
                .collect(),
        ),
        query_params: (*query < 3).then(|| {
            vec![HttpQueryParamMatch {
                r#type: Some(QueryParamMatchType::from(if *query == 2 {
                    "RegularExpression"
                } else {
                    "Exact"
                })),
                name: "q".into(),
                value: if *query == 2 { ".*".into() } else { format!("{query}") },
            }]
        }),
    }
}

fn meta(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), namespace: Some("shop".into()), ..ObjectMeta::default() }
}

fn objects(routes: &[(usize, usize, Vec<Vec<Ask>>)]) -> Vec<Object> {
    let mut class = GatewayClass::default();
    class.metadata.name = "example".into();
    let listener = |name: &str, hostname: &str| Listener {
        name: name.into(),
        hostname: (!hostname.is_empty()).then(|| hostname.into()),
        port: 80.into(),
        protocol: "HTTP".into(),
        ..Listener::default()
    };
    let gateway = Gateway {
        metadata: meta("gw"),
        spec: GatewaySpec {
            gateway_class_name: "example".into(),
            listeners: vec![listener("all", ""), listener("wild", "*.test"), listener("one", "a.test")],
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    };
    let route = |(index, (host, section, rules)): (usize, &(usize, usize, Vec<Vec<Ask>>))| HttpRoute {
        metadata: meta(&format!("route-{index}")),
        spec: HttpRouteSpec {
            parent_refs: Some(vec![ParentReference {
                name: "gw".into(),
                section_name: ["all", "wild", "one"].get(*section).map(|name| (*name).into()),
                ..ParentReference::default()
            }]),
            hostnames: (*host > 0).then(|| vec![HOSTS[*host].into()]),
            rules: Some(
                rules
                    .iter()
                    .map(|matches| HttpRouteRule {
                        matches: Some(matches.iter().map(condition).collect()),
                        ..HttpRouteRule::default()
                    })
                    .collect(),
            ),
            ..HttpRouteSpec::default()
        },
        ..HttpRoute::default()
    };
    let mut objects: Vec<Object> = vec![class.into(), gateway.into()];
    objects.extend(routes.iter().enumerate().map(route).map(Object::from));
    objects
}

/// Every match that wins some request of the universe, as `Route rule match`.
fn winners(router: &Router) -> BTreeSet<(String, usize, usize)> {
    let header_sets: [&[(&[u8], &[u8])]; 7] = [
        &[],
        &[(b"x", b"1")],
        &[(b"x", b"2")],
        &[(b"y", b"1")],
        &[(b"y", b"7"), (b"x", b"1")],
        &[(b"x", b"2"), (b"y", b"1")],
        &[(b"x", b"1"), (b"x", b"2")],
    ];
    let gateway = router.gateway("shop", "gw").unwrap();
    let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
    let mut winners = BTreeSet::new();
    for authority in ["a.test", "b.a.test", "c.test", "x.y", "10.0.0.1"] {
        for path in ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b", "*"] {
            for method in ["GET", "PUT", "HEAD"] {
                for headers in header_sets {
                    for query in [None, Some(&b"q=0"[..]), Some(b"q=1&q=0"), Some(b"r=1")] {
                        let request = Request {
                            method: method.as_bytes(),
                            authority: authority.as_bytes(),
                            path: path.as_bytes(),
                            query,
                            headers,
                            ..Request::default()
                        };
                        let entry = match router.route(arrived, &request, 0) {
                            Decision::Forward(forward) => Some(forward.entry),
                            Decision::Redirect(redirect) => Some(redirect.entry),
                            Decision::Respond(respond) => respond.entry,
                        };
                        if let Some(entry) = entry {
                            winners.insert((
                                entry.rule.route.name.clone(),
                                entry.rule.index,
                                entry.match_index,
                            ));
                        }
                    }
                }
            }
        }
    }
    winners
}

fn numbers(path: &str) -> Vec<usize> {
    path.split(['[', ']']).filter_map(|part| part.parse().ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// A `shadowed-match` or a match of an `unreachable-rule` wins nothing; of two equal matches on equal
    /// hostnames one is told.
    #[test]
    fn what_is_unreachable_wins_nothing(
        routes in proptest::collection::vec(
            (0..HOSTS.len(), 0..4usize, proptest::collection::vec(proptest::collection::vec(ask(), 1..4), 1..4)),
            1..5,
        ),
    ) {
        let snapshot: Snapshot = objects(&routes).into_iter().collect();
        let router = Router::build(&snapshot, &Profile::default()).unwrap();
        let winners = winners(&router);
        let found = Linter::new(Channel::Experimental).objects(&snapshot, &router);
        for finding in &found {
            let name = finding.object.as_ref().map(|key| key.name.clone()).unwrap_or_default();
            let numbers = numbers(&finding.path);
            match finding.rule {
                "shadowed-match" => {
                    prop_assert!(!winners.contains(&(name, numbers[0], numbers[1])), "{:?}", finding);
                }
                "unreachable-rule" => {
                    let won = winners.iter().any(|(route, rule, _)| (route, *rule) == (&name, numbers[0]));
                    prop_assert!(!won, "{:?}", finding);
                }
                "duplicate-match" if routes.iter().all(|(_, section, _)| *section < 3) => {
                    // With one listener and one hostname for each Route a duplicate is all there is of a match.
                    prop_assert!(!winners.contains(&(name, numbers[0], numbers[1])), "{:?}", finding);
                }
                _ => {}
            }
        }
        // Completeness in the plain case: an equal match of an equal Route is always told.
        for (index, (host, section, rules)) in routes.iter().enumerate() {
            let route = router.graph().routes.iter().nth(index).unwrap();
            let attached = route.parents[0].refusal().is_none();
            for (other, (other_host, other_section, other_rules)) in routes.iter().enumerate().take(index) {
                if !attached || (host, section) != (other_host, other_section) || *section > 2 {
                    continue;
                }
                for (rule, matches) in rules.iter().enumerate() {
                    for (number, one) in matches.iter().enumerate() {
                        if other_rules.iter().flatten().any(|known| known == one) {
                            let path = format!("spec.rules[{rule}].matches[{number}]");
                            let told = found.iter().any(|finding| {
                                finding.path == path
                                    && finding.object.as_ref().is_some_and(|key| key.name == format!("route-{index}"))
                                    && ["duplicate-match", "shadowed-match"].contains(&finding.rule)
                            });
                            prop_assert!(told, "route-{index} {path} equals one of route-{other}");
                        }
                    }
                }
            }
        }
    }
}
