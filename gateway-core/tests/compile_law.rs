//! The law of `compile`: the index finds the first entry of the table that the request meets, for every
//! table and every request. The tables are made so that rules collide, the requests so that they nearly
//! hit.
//!
//! `GATEWAY_CORE_LAW_CASES=1000000` sets the number of pairs of a table and a request; 60,000 without it.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

#[path = "compile_law/definition.rs"]
mod definition;

use definition::first;
use gateway_core::compile::{Index, IndexRules};
use gateway_core::limits::Limits;
use gateway_core::model::{
    Gateway, GatewayClass, GatewaySpec, GrpcHeaderMatch, GrpcMethodMatch, GrpcMethodMatchType, GrpcRoute,
    GrpcRouteMatch, GrpcRouteRule, GrpcRouteSpec, HeaderMatchType, HttpHeaderMatch, HttpPathMatch,
    HttpQueryParamMatch, HttpRoute, HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, ObjectMeta,
    ParentReference, PathMatchType, QueryParamMatchType,
};
use gateway_core::profile::{Hosts, PrefixLength, RegexAnchoring, RegexRank, RepeatedHeaders};
use gateway_core::table::Entry;
use gateway_core::{Arrival, Decision, Profile, Request, Router, Snapshot};

const REQUESTS: u64 = 120;

/// `SplitMix64`: the same cases everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((word ^ (word >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }
}

const HOSTS: [&str; 12] = [
    "",
    "a.test",
    "b.a.test",
    "c.b.a.test",
    "d.test",
    "*.test",
    "*.a.test",
    "*.b.a.test",
    "*.c.b.a.test",
    "b.test",
    "long-name-of-a-host.example.test",
    "1.2.3.4",
];
const ELEMENTS: [&str; 9] =
    ["a", "b", "ab", "", "longer-than-eight", "longer-than-eigh", "exactly8", "A", "."];
const EXPRESSIONS: [&str; 16] = [
    "/a",
    "/a/.*",
    "/a/[ab]",
    "/(a|b)/.*",
    "/a(/.*)?",
    "(?i)/A",
    ".*",
    ".*/b",
    "/[^/]+/b",
    "/a/b|/b/a",
    "/ab?/",
    "/(?:a/b|a/ab)/.*",
    "[/a]*",
    "/longer-than-eight/[a-z.]*",
    "",
    "/b/a+",
];
const METHODS: [&str; 4] = ["GET", "POST", "PURGE", "DELETE"];
const HEADERS: [&str; 3] = ["x-a", "X-B", "x-c"];
const VALUES: [&str; 9] = ["1", "2", "3", "4", "5", "a,b", "a", "1,2", "exactly8"];
const VALUE_EXPRESSIONS: [&str; 3] = ["[0-9]", "a.*", ".*"];
const PARAMS: [&str; 2] = ["p", "q"];

fn path(random: &mut Random, depth: usize) -> String {
    let mut path = String::new();
    for _ in 0..random.below(depth) {
        path.push('/');
        path.push_str(random.of(&ELEMENTS));
    }
    match random.below(12) {
        0 => path + "/",
        // The API takes no such path, the library does not ask.
        1 => path.trim_start_matches('/').to_string(),
        _ => path,
    }
}

fn a_match(random: &mut Random, shape: usize) -> HttpRouteMatch {
    let mut one = HttpRouteMatch::default();
    let (r#type, value) = match random.below(10) {
        0..=4 => (PathMatchType::PathPrefix, path(random, 5)),
        5 | 6 => (PathMatchType::Exact, path(random, 5)),
        // Deeper than the index goes.
        7 if random.one_in(4) => {
            let deep = "/a".repeat(60 + random.below(10));
            (if random.one_in(2) { PathMatchType::Exact } else { PathMatchType::PathPrefix }, deep)
        }
        _ => (PathMatchType::RegularExpression, random.of(&EXPRESSIONS).to_string()),
    };
    if !random.one_in(12) {
        one.path = Some(HttpPathMatch { r#type: Some(r#type), value: Some(value) });
    }
    if shape == 1 {
        // Many entries on few paths.
        let value = random.of(&["/", "/a", "/a/b"]).to_string();
        one.path = Some(HttpPathMatch { r#type: Some(PathMatchType::PathPrefix), value: Some(value) });
    }
    if random.one_in(3) {
        one.method = Some(random.of(&METHODS).into());
    }
    if shape == 1 || random.one_in(3) {
        let headers = (0..=random.below(3)).map(|_| {
            let exact = !random.one_in(4);
            HttpHeaderMatch {
                r#type: (!exact).then_some(HeaderMatchType::RegularExpression),
                name: random.of(&HEADERS).into(),
                value: if exact { random.of(&VALUES) } else { random.of(&VALUE_EXPRESSIONS) }.into(),
            }
        });
        one.headers = Some(headers.collect());
    }
    if random.one_in(6) {
        let exact = !random.one_in(3);
        one.query_params = Some(vec![HttpQueryParamMatch {
            r#type: (!exact).then_some(QueryParamMatchType::RegularExpression),
            name: random.of(&PARAMS).into(),
            value: if exact { random.of(&VALUES) } else { random.of(&VALUE_EXPRESSIONS) }.into(),
        }]);
    }
    one
}

fn meta(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), namespace: Some("shop".into()), ..ObjectMeta::default() }
}

fn a_call(random: &mut Random) -> GrpcRouteMatch {
    let name = |random: &mut Random| {
        (!random.one_in(3)).then(|| random.of(&["a", "b", "ab", "longer-than-eight"]).into())
    };
    let exact = !random.one_in(5);
    GrpcRouteMatch {
        method: (!random.one_in(8)).then(|| GrpcMethodMatch {
            r#type: (!exact).then_some(GrpcMethodMatchType::RegularExpression),
            service: name(random),
            method: name(random),
        }),
        headers: random.one_in(3).then(|| {
            vec![GrpcHeaderMatch {
                r#type: None,
                name: random.of(&HEADERS).into(),
                value: random.of(&VALUES).into(),
            }]
        }),
    }
}

fn snapshot(random: &mut Random) -> Snapshot {
    let mut snapshot = Snapshot::new();
    let mut class = GatewayClass::default();
    class.metadata.name = "example".into();
    snapshot.upsert(class);
    snapshot.upsert(Gateway {
        metadata: meta("gw"),
        spec: GatewaySpec {
            gateway_class_name: "example".into(),
            listeners: vec![Listener {
                name: "all".into(),
                port: 80.into(),
                protocol: "HTTP".into(),
                ..Listener::default()
            }],
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    });
    // They keep HTTPRoutes for every host from the listener (MATCH-24), so most tables have none.
    let calls = if random.one_in(5) { 3 } else { 0 };
    for index in 0..calls {
        let rules = (0..=random.below(3)).map(|_| GrpcRouteRule {
            matches: Some((0..random.below(6)).map(|_| a_call(random)).collect()),
            ..GrpcRouteRule::default()
        });
        let rules = Some(rules.collect());
        let hostnames =
            Some(vec![random.of(&["calls.test", "*.calls.test", "x.calls.test", "b.test"]).into()]);
        snapshot.upsert(GrpcRoute {
            metadata: meta(&format!("calls-{index}")),
            spec: GrpcRouteSpec {
                parent_refs: Some(vec![ParentReference { name: "gw".into(), ..ParentReference::default() }]),
                hostnames,
                rules,
                ..GrpcRouteSpec::default()
            },
            ..GrpcRoute::default()
        });
    }
    let shape = random.below(3);
    let hosts = 1 + random.below(HOSTS.len());
    let many = random.of(&[1, 4, 12]);
    for index in 0..=random.below(many) {
        let mut hostnames: Vec<_> = (0..random.below(3)).map(|_| HOSTS[random.below(hosts)]).collect();
        hostnames.retain(|host| !host.is_empty());
        if many == 12 && random.one_in(2) {
            // Enough hosts for more than one chunk.
            hostnames.clear();
        }
        let mut hostnames: Vec<_> = hostnames.into_iter().map(Into::into).collect();
        if many == 12 && random.one_in(2) {
            hostnames.extend((0..8).map(|number| format!("h{}.test", index * 8 + number).into()));
        }
        let rules = (0..=random.below(4)).map(|_| HttpRouteRule {
            matches: Some((0..random.below(8)).map(|_| a_match(random, shape)).collect()),
            ..HttpRouteRule::default()
        });
        let rules = Some(rules.collect());
        snapshot.upsert(HttpRoute {
            metadata: meta(&format!("route-{index}")),
            spec: HttpRouteSpec {
                parent_refs: Some(vec![ParentReference { name: "gw".into(), ..ParentReference::default() }]),
                hostnames: (!hostnames.is_empty()).then_some(hostnames),
                rules,
                ..HttpRouteSpec::default()
            },
            ..HttpRoute::default()
        });
    }
    snapshot
}

#[test]
fn the_index_finds_the_first_entry_of_the_table() {
    let cases = std::env::var("GATEWAY_CORE_LAW_CASES").ok();
    let cases = cases.map_or(60_000, |cases| cases.parse::<u64>().unwrap());
    let (mut found, mut beyond_the_first) = (0_u64, 0_u64);
    for seed in 0..cases.div_ceil(REQUESTS) {
        let random = &mut Random(seed);
        let mut profile = Profile { hash_key: seed, ..Profile::default() };
        profile.choices.hosts = random.of(&[Hosts::FallThrough, Hosts::FallThrough, Hosts::VirtualHost]);
        profile.choices.regex_rank =
            random.of(&[RegexRank::AfterExact, RegexRank::BeforeExact, RegexRank::AfterPrefix]);
        profile.choices.regex_anchoring = random.of(&[
            RegexAnchoring::Full,
            RegexAnchoring::Full,
            RegexAnchoring::Start,
            RegexAnchoring::Search,
        ]);
        profile.choices.prefix_length = random.of(&[PrefixLength::Normalized, PrefixLength::AsWritten]);
        profile.choices.repeated_headers =
            random.of(&[RepeatedHeaders::Joined, RepeatedHeaders::Any, RepeatedHeaders::First]);
        let router = Router::build(&snapshot(random), &profile).unwrap();
        let gateway = router.gateway("shop", "gw").unwrap();
        let arrived = router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() });
        let listener = &gateway.listeners[0];
        for _ in 0..REQUESTS {
            let host = match random.below(8) {
                0 => format!("x.{}", random.of(&HOSTS).trim_start_matches("*.")),
                1 => format!("h{}.test", random.below(96)),
                2 => random.of(&["calls.test", "x.calls.test", "y.calls.test"]).to_string(),
                3 => random.of(&HOSTS).to_ascii_uppercase(),
                _ => random.of(&HOSTS).trim_start_matches('*').to_string(),
            };
            let mut path = path(random, 7);
            if random.one_in(10) {
                path = "/a".repeat(58 + random.below(14)) + random.of(&["", "/", "/b"]);
            }
            let headers: Vec<(&[u8], &[u8])> = (0..random.below(4))
                .map(|_| (random.of(&HEADERS).as_bytes(), random.of(&VALUES).as_bytes()))
                .collect();
            let query = random.of(&[None, Some("p=1"), Some("q=2&p=a"), Some("p=3&p=1")]);
            let request = Request {
                method: random.of(&METHODS).as_bytes(),
                authority: host.as_bytes(),
                path: path.as_bytes(),
                query: query.map(str::as_bytes),
                headers: &headers,
                ..Request::default()
            };
            let host = host.strip_suffix('.').unwrap_or(&host);
            let expected = first(listener, host.as_bytes(), &request, profile.choices.hosts);
            let entry = match router.route(arrived, &request, 0) {
                Decision::Respond(respond) => respond.entry,
                Decision::Forward(forward) => Some(forward.entry),
                Decision::Redirect(redirect) => Some(redirect.entry),
            };
            let position = |entry: Option<&Entry>| {
                entry.map(|entry| listener.entries().position(|one| std::ptr::eq(one, entry)).unwrap())
            };
            let (entry, expected) = (position(entry), position(expected));
            // The host's entries up to where the two differ.
            let considered = || {
                let named = listener
                    .entries()
                    .enumerate()
                    .filter(|(_, entry)| entry.hostname.matches(host.as_bytes()));
                named
                    .map(|(position, entry)| format!("{position} {} {:?}", entry.hostname, entry.conditions))
                    .collect::<Vec<_>>()
            };
            assert_eq!(entry, expected, "seed {seed}, {host}{path}, {request:?}, {:#?}", considered());
            found += u64::from(expected.is_some());
            beyond_the_first += u64::from(expected.is_some_and(|position| position > 0));
        }
    }
    // The generator is aimed: requests are taken, and rarely by the first entry.
    assert!(found * 3 > cases && beyond_the_first * 3 > cases, "{found}, {beyond_the_first} of {cases}");
}

/// Flooding needs the key (see `compile/build/slots.rs`): it is the profile's.
#[test]
fn the_hashes_have_the_key_of_the_profile() {
    let router = Router::build(&snapshot(&mut Random(1)), &Profile::default()).unwrap();
    let hosts = &router.gateway("shop", "gw").unwrap().listeners[0].hosts;
    let limits = Limits::default();
    let index = |hash_key| format!("{:?}", Index::new(hosts, IndexRules { hash_key, limits: &limits }));
    assert_eq!(index(1), index(1));
    assert_ne!(index(1), index(2));
}
