//! What a rebuilt router shares with the one before it, what is freed, and what a change costs. That it
//! equals a built one is the law in `gateway-oracle/tests/rebuild_law.rs`.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod manifest;

use std::sync::Arc;
use std::time::{Duration, Instant};

use gateway_core::attach::RouteNode;
use gateway_core::model::{
    Gateway, GatewayClass, GatewayClassSpec, GatewaySpec, HttpBackendRef, HttpPathMatch, HttpRoute,
    HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, Object, ObjectMeta, ParentReference, Service,
    ServicePort, ServiceSpec,
};
use gateway_core::status::KindStatus;
use gateway_core::table::Entry;
use gateway_core::{
    Arrival, Change, ChangeKind, Decision, ObjectKey, ObjectKind, Profile, Request, Router, Snapshot,
};

fn named(name: String) -> ObjectMeta {
    ObjectMeta { name, namespace: Some("shop".into()), generation: Some(1), ..ObjectMeta::default() }
}

fn gateway(name: &str) -> Gateway {
    let listener =
        Listener { name: "http".into(), port: 80.into(), protocol: "HTTP".into(), ..Listener::default() };
    Gateway {
        metadata: named(name.to_owned()),
        spec: GatewaySpec {
            gateway_class_name: "class".into(),
            listeners: vec![listener],
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    }
}

/// A Route with a host of its own and some rules for it.
fn route(index: usize, gateway: &str, rules: usize, backend: &str) -> HttpRoute {
    let rule = |rule: usize| HttpRouteRule {
        matches: Some(vec![HttpRouteMatch {
            path: Some(HttpPathMatch { value: Some(format!("/v{rule}")), ..HttpPathMatch::default() }),
            ..HttpRouteMatch::default()
        }]),
        backend_refs: Some(vec![HttpBackendRef {
            name: backend.into(),
            port: Some(80.into()),
            ..HttpBackendRef::default()
        }]),
        ..HttpRouteRule::default()
    };
    HttpRoute {
        metadata: named(format!("r{index}")),
        spec: HttpRouteSpec {
            parent_refs: Some(vec![ParentReference { name: gateway.into(), ..ParentReference::default() }]),
            hostnames: Some(vec![format!("h{index}.test").into()]),
            rules: Some((0..rules).map(rule).collect()),
            ..HttpRouteSpec::default()
        },
        ..HttpRoute::default()
    }
}

fn service(name: &str, port: i32) -> Service {
    let port = ServicePort { port: port.into(), ..ServicePort::default() };
    Service {
        metadata: named(name.to_owned()),
        spec: ServiceSpec { ports: Some(vec![port]), ..ServiceSpec::default() },
        ..Service::default()
    }
}

/// Routes on Gateway `one`, and as many on Gateway `two`; each has a Service to itself.
fn cluster(routes: usize, rules: usize) -> Snapshot {
    let mut snapshot = Snapshot::new();
    snapshot.upsert(GatewayClass {
        metadata: ObjectMeta { name: "class".into(), ..ObjectMeta::default() },
        spec: GatewayClassSpec { controller_name: "example.com/ctl".into(), ..GatewayClassSpec::default() },
        ..GatewayClass::default()
    });
    for name in ["one", "two"] {
        snapshot.upsert(gateway(name));
    }
    for index in 0..routes {
        snapshot.upsert(service(&format!("s{index}"), 80));
        let name = if index % 2 == 0 { "one" } else { "two" };
        snapshot.upsert(route(index, name, rules, &format!("s{index}")));
    }
    snapshot
}

fn profile() -> Profile {
    Profile::spec("example.com/ctl")
}

fn key(index: usize) -> ObjectKey {
    ObjectKey::new(ObjectKind::HttpRoute, "shop", format!("r{index}"))
}

fn node(router: &Router, index: usize) -> &Arc<RouteNode> {
    router.graph().routes.get(&key(index)).unwrap()
}

/// The entries of a host.
fn host(router: &Router, index: usize) -> &Arc<[Entry]> {
    let name = if index.is_multiple_of(2) { "one" } else { "two" };
    let listener = &router.gateway("shop", name).unwrap().listeners[0];
    let hostname = format!("h{index}.test");
    &listener.hosts.iter().find(|host| host.hostname.to_string() == hostname).unwrap().entries
}

/// The indices of Routes whose node, and whose host's entries, are not shared.
fn unshared(one: &Router, other: &Router, routes: usize) -> (Vec<usize>, Vec<usize>) {
    let nodes = (0..routes).filter(|index| !Arc::ptr_eq(node(one, *index), node(other, *index)));
    let hosts = (0..routes).filter(|index| !Arc::ptr_eq(host(one, *index), host(other, *index)));
    (nodes.collect(), hosts.collect())
}

#[test]
fn what_no_change_reaches_is_shared() {
    let mut snapshot = cluster(300, 2);
    let old = Router::build(&snapshot, &profile()).unwrap();
    let changes = [
        snapshot.upsert(route(10, "one", 3, "s10")),
        snapshot.upsert(service("s20", 81)),
        snapshot.upsert(service("unused", 80)),
    ];
    let new = old.rebuild(&snapshot, &changes).unwrap();
    assert_eq!(unshared(&old, &new, 300), (vec![10, 20], vec![10, 20]));
    let is_shared = |index: usize| Arc::ptr_eq(&old.tables()[index], &new.tables()[index]);
    assert_eq!((new.tables()[0].name.name.as_str(), is_shared(0), is_shared(1)), ("one", false, true));
    // The counts are the same, so that of the Gateways nothing is new.
    let delta = new.status_changes_since(&old);
    let keys: Vec<_> = delta.changed.iter().map(|status| status.key().unwrap()).collect();
    assert_eq!((keys, delta.removed), (vec![key(20)], vec![]));
}

#[test]
fn a_batch_without_effect_changes_nothing() {
    let mut snapshot = cluster(100, 1);
    let old = Router::build(&snapshot, &profile()).unwrap();
    let come = snapshot.upsert(route(500, "one", 1, "s1"));
    let gone = snapshot.remove(&key(500)).unwrap();
    let new = old.rebuild(&snapshot, &[come, gone]).unwrap();
    assert_eq!(unshared(&old, &new, 100), (vec![], vec![]));
    assert!(Arc::ptr_eq(&old.tables()[0], &new.tables()[0]));
    assert_eq!(new.status_changes_since(&old), gateway_core::StatusChanges::default());
}

/// What Routes do not look at is none of their business.
#[test]
fn a_gateway_that_looks_the_same_to_routes() {
    let mut snapshot = cluster(100, 1);
    let old = Router::build(&snapshot, &profile()).unwrap();
    let mut labelled = gateway("one");
    labelled.metadata.labels = Some([("a".to_owned(), "b".to_owned())].into());
    labelled.metadata.generation = Some(2);
    let change = snapshot.upsert(labelled);
    let new = old.rebuild(&snapshot, &[change]).unwrap();
    assert_eq!(unshared(&old, &new, 100), (vec![], vec![]));
    assert_eq!(new.status_changes_since(&old).changed.len(), 1, "the generation");

    // Another Gateway, whose name comes first, has no effect on Routes that do not name it.
    let change = snapshot.upsert(gateway("another"));
    let newer = new.rebuild(&snapshot, &[change]).unwrap();
    assert_eq!(unshared(&new, &newer, 100), (vec![], vec![]));
    let change = snapshot.remove(&ObjectKey::new(ObjectKind::Gateway, "shop", "one")).unwrap();
    let newest = newer.rebuild(&snapshot, &[change]).unwrap();
    let nodes = (0..100).filter(|index| !Arc::ptr_eq(node(&newer, *index), node(&newest, *index)));
    assert_eq!(nodes.collect::<Vec<_>>(), (0..100).step_by(2).collect::<Vec<_>>());
}

#[test]
fn what_is_not_shared_is_freed_with_the_old_router() {
    let mut snapshot = cluster(100, 2);
    let old = Router::build(&snapshot, &profile()).unwrap();
    let changed = (Arc::downgrade(node(&old, 10)), Arc::downgrade(host(&old, 10)));
    let table = Arc::downgrade(&old.tables()[0]);
    let kept = (Arc::downgrade(node(&old, 12)), Arc::downgrade(host(&old, 12)));
    let change = snapshot.upsert(route(10, "one", 3, "s10"));
    let new = old.rebuild(&snapshot, &[change]).unwrap();
    let reader = old.clone();
    drop(old);
    assert!(changed.0.upgrade().is_some() && table.upgrade().is_some(), "a reader goes on");
    drop(reader);
    assert!(changed.0.upgrade().is_none() && changed.1.upgrade().is_none() && table.upgrade().is_none());
    assert!(kept.0.upgrade().is_some() && kept.1.upgrade().is_some());
    drop(new);
    assert!(kept.0.upgrade().is_none() && kept.1.upgrade().is_none());
}

/// Who answers for a host.
fn answer(router: &Router, index: usize) -> Option<String> {
    let name = if index.is_multiple_of(2) { "one" } else { "two" };
    let arrived =
        router.arrive(router.gateway("shop", name).unwrap(), &Arrival { port: 80, ..Arrival::default() });
    let host = format!("h{index}.test");
    let request = Request { authority: host.as_bytes(), path: b"/v0/x", ..Request::default() };
    match router.route(arrived, &request, 0) {
        Decision::Forward(forward) => Some(forward.entry.rule.route.name.clone()),
        _ => None,
    }
}

/// Indexes of hosts grow and shrink with the hosts.
#[test]
fn hosts_come_and_go() {
    let mut snapshot = cluster(0, 0);
    let mut router = Router::build(&snapshot, &profile()).unwrap();
    let mut there = std::collections::BTreeSet::new();
    let steps = [0..40, 40..43, 43..400, 0..3, 3..200, 200..399];
    for (step, range) in steps.into_iter().enumerate() {
        let changes: Vec<Change> = range
            .map(|index| {
                if there.remove(&index) {
                    return snapshot.remove(&key(index)).unwrap();
                }
                there.insert(index);
                snapshot.upsert(route(index, if index % 2 == 0 { "one" } else { "two" }, 2, "s"))
            })
            .collect();
        router = router.rebuild(&snapshot, &changes).unwrap();
        for index in 0..400 {
            let expected = there.contains(&index).then(|| format!("r{index}"));
            // The Service is not there, but the rule decides all the same.
            let decided = answer(&router, index).or_else(|| winner(&router, index));
            assert_eq!(decided, expected, "step {step}");
        }
    }
}

fn winner(router: &Router, index: usize) -> Option<String> {
    let name = if index.is_multiple_of(2) { "one" } else { "two" };
    let arrived =
        router.arrive(router.gateway("shop", name).unwrap(), &Arrival { port: 80, ..Arrival::default() });
    let host = format!("h{index}.test");
    let request = Request { authority: host.as_bytes(), path: b"/v0/x", ..Request::default() };
    match router.route(arrived, &request, 0) {
        Decision::Respond(respond) => respond.entry.map(|entry| entry.rule.route.name.clone()),
        _ => None,
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Prints what a change costs; for the release profile.
#[test]
#[ignore = "prints times"]
fn times() {
    for routes in [1_000, 10_000, 100_000] {
        let mut snapshot = cluster(routes, 10);
        let profile = profile();
        let start = Instant::now();
        let mut router = Router::build(&snapshot, &profile).unwrap();
        let build = start.elapsed();
        let start = Instant::now();
        let statuses = router.statuses().len();
        let status = start.elapsed();
        let mut lines = vec![format!("{routes} Routes: build {build:?}, {statuses} statuses {status:?}")];
        let mut measure = |what: &str, change: &mut dyn FnMut(&mut Snapshot, usize) -> Change| {
            let (mut rebuilds, mut deltas, mut drops) = (Vec::new(), Vec::new(), Vec::new());
            for round in 0..51 {
                let change = change(&mut snapshot, round);
                let start = Instant::now();
                let new = router.rebuild(&snapshot, &[change]).unwrap();
                rebuilds.push(start.elapsed());
                let start = Instant::now();
                let delta = new.status_changes_since(&router);
                deltas.push(start.elapsed());
                assert!(delta.changed.len() <= 5, "{}", delta.changed.len());
                let start = Instant::now();
                router = new;
                drops.push(start.elapsed());
            }
            let [rebuild, delta, dropped] = [rebuilds, deltas, drops].map(median);
            let share = build.as_secs_f64() / (rebuild + delta).as_secs_f64();
            lines.push(format!(
                "  {what}: rebuild {rebuild:?}, statuses {delta:?}, drop {dropped:?}; 1/{share:.0} of a build"
            ));
        };
        let at = |round: usize| round * 37 % routes;
        let gateway = |index: usize| if index.is_multiple_of(2) { "one" } else { "two" };
        measure("one Route replaced", &mut |snapshot, round| {
            let index = at(round);
            snapshot.upsert(route(index, gateway(index), 9 + round % 2, &format!("s{index}")))
        });
        measure("one Route added or removed", &mut |snapshot, round| {
            let index = routes + round / 2;
            snapshot.remove(&key(index)).unwrap_or_else(|| snapshot.upsert(route(index, "one", 10, "s1")))
        });
        measure("one Service replaced", &mut |snapshot, round| {
            snapshot.upsert(service(&format!("s{}", at(round)), 80 + i32::try_from(round % 2).unwrap()))
        });
        println!("{}", lines.join("\n"));
    }
}

#[test]
fn changes_since_names_what_is_not_shared() {
    let old: Snapshot =
        [service("a", 1), service("b", 1), service("d", 1)].into_iter().map(Object::from).collect();
    let mut new = old.clone();
    assert_eq!(new.changes_since(&old), []);
    let done = [
        new.upsert(service("a", 2)),
        new.remove(&ObjectKey::new(ObjectKind::Service, "shop", "b")).unwrap(),
        new.upsert(service("c", 1)),
        new.upsert(service("e", 1)),
        new.upsert(gateway("z")),
    ];
    let mut changes = new.changes_since(&old);
    changes.sort_by(|one, other| one.key.name.cmp(&other.key.name));
    assert_eq!(changes, done);

    // The other way round, with nothing in common, and with nothing at all.
    let back: Vec<_> =
        old.changes_since(&new).into_iter().map(|change| (change.key.name, change.kind)).collect();
    assert_eq!(
        back,
        [
            ("z", ChangeKind::Removed),
            ("a", ChangeKind::Replaced),
            ("b", ChangeKind::Added),
            ("c", ChangeKind::Removed),
            ("e", ChangeKind::Removed)
        ]
        .map(|(name, kind)| (name.to_owned(), kind))
    );
    assert_eq!(new.changes_since(&Snapshot::new()).len(), new.len());
    assert_eq!(Snapshot::new().changes_since(&new).len(), new.len());
}

/// ATT-011: a Gateway that took every ListenerSet, then those of labelled namespaces: that the labels count
/// from then on is part of what the ListenerSet is worked out from, though nothing about it was new.
#[test]
fn labels_that_begin_to_count() {
    let gateway = |from: &str| {
        manifest::snapshot(&format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: infra}}\n\
             spec:\n  gatewayClassName: class\n  listeners: [{{name: http, port: 80, protocol: HTTP}}]\n  \
             allowedListeners: {{namespaces: {from}}}\n"
        ))
    };
    let others = |labels: &str| {
        manifest::snapshot(&format!(
            "apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {labels}}}\n---\n\
             apiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {{name: set, namespace: shop}}\n\
             spec:\n  parentRef: {{name: gw, namespace: infra}}\n  listeners: [{{name: more, port: 81, protocol: HTTP}}]\n"
        ))
    };
    let mut snapshot = cluster(0, 0);
    let first = [gateway("{from: All}"), others("{takes: part}")];
    let selected = gateway("{from: Selector, selector: {matchLabels: {takes: part}}}");
    let unlabelled = others("{}");
    for object in first.iter().flat_map(|one| one.keys().filter_map(|key| one.get(&key))) {
        snapshot.upsert(object);
    }
    let mut router = Router::build(&snapshot, &profile()).unwrap();
    let namespace = ObjectKey::new(ObjectKind::Namespace, "", "shop");
    let gateway = ObjectKey::new(ObjectKind::Gateway, "infra", "gw");
    let taken = |router: &Router| router.gateway("infra", "gw").unwrap().listeners.len();
    for (object, listeners) in [(selected.get(&gateway), 2), (unlabelled.get(&namespace), 1)] {
        let change = snapshot.upsert(object.unwrap());
        router = router.rebuild(&snapshot, &[change]).unwrap();
        let built = Router::build(&snapshot, &profile()).unwrap();
        assert_eq!((taken(&router), taken(&built)), (listeners, listeners));
        assert_eq!(router.statuses(), built.statuses());
    }
}

/// Rebuilt for one object after the other, with the statuses of a router that is built anew and the changes
/// of them told; the last one.
fn rebuilt(base: &Snapshot, profile: &Profile, then: &[Snapshot]) -> Router {
    let mut snapshot = base.clone();
    let mut router = Router::build(&snapshot, profile).unwrap();
    for one in then {
        let changes: Vec<_> =
            one.keys().filter_map(|key| one.get(&key)).map(|object| snapshot.upsert(object)).collect();
        let next = router.rebuild(&snapshot, &changes).unwrap();
        let statuses = next.statuses();
        assert_eq!(statuses, Router::build(&snapshot, profile).unwrap().statuses());
        let before = router.statuses();
        let told: Vec<_> = statuses.into_iter().filter(|one| !before.contains(one)).collect();
        assert_eq!(next.status_changes_since(&router).changed, told);
        router = next;
    }
    router
}

fn status(router: &Router, kind: &str, name: &str) -> KindStatus {
    let mut statuses = router.statuses().into_iter();
    statuses.find(|one| one.kind == kind && one.metadata.name == name).unwrap().status
}

/// A Route on a ListenerSet, on the Gateway of a class, with a hostname.
fn with_listener_set(class: &str, hostname: &str) -> [Snapshot; 3] {
    [
        format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: gw, namespace: shop}}\n\
             spec: {{gatewayClassName: {class}, allowedListeners: {{namespaces: {{from: All}}}}, \
             listeners: [{{name: http, port: 80, protocol: HTTP}}]}}\n"
        ),
        format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {{name: set, namespace: shop}}\n\
             spec: {{parentRef: {{name: gw}}, \
             listeners: [{{name: more, port: 81, protocol: HTTP, hostname: {hostname}}}]}}\n"
        ),
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: shop}\n\
         spec: {parentRefs: [{kind: ListenerSet, name: set}], hostnames: [a.test], rules: [{}]}\n"
            .to_owned(),
    ]
    .map(|text| manifest::snapshot(&text))
}

/// ATT-120: one ListenerSet is another one, and all Gateways are as they were.
#[test]
fn a_listener_set_alone() {
    let base = cluster(0, 0);
    let start = with_listener_set("class", "a.test");
    let [_, moved, _] = with_listener_set("class", "b.test");
    let attached = |then: &[Snapshot]| {
        let router = rebuilt(&base, &profile(), then);
        let KindStatus::ListenerSet(status) = status(&router, "ListenerSet", "set") else { panic!() };
        status.listeners.as_ref().unwrap()[0].attached_routes
    };
    assert_eq!(attached(&start), 1);
    assert_eq!(attached(&[&start[..], &[moved]].concat()), 0);
}

/// ATT-193: whoever carries a Gateway out tells the Routes on its ListenerSets, too.
#[test]
fn a_gateway_that_becomes_another_controllers() {
    let mut base = cluster(0, 0);
    base.upsert(GatewayClass {
        metadata: ObjectMeta { name: "other".into(), ..ObjectMeta::default() },
        spec: GatewayClassSpec { controller_name: "example.com/other".into(), ..GatewayClassSpec::default() },
        ..GatewayClass::default()
    });
    let start = with_listener_set("class", "a.test");
    let [moved, _, _] = with_listener_set("other", "a.test");
    let controller = |then: &[Snapshot]| {
        let router = rebuilt(&base, &Profile::every_class(), then);
        let KindStatus::Route(status) = status(&router, "HTTPRoute", "r") else { panic!() };
        status.parents[0].controller_name.to_string()
    };
    assert_eq!(controller(&start), "example.com/ctl");
    assert_eq!(controller(&[&start[..], &[moved]].concat()), "example.com/other");
}

/// The first Service of all ends that Services are assumed: Routes that read none of this one are reached too;
/// when it goes, they are again.
#[test]
fn what_is_assumed_until_there_is_one() {
    let mut profile = profile();
    profile.assume = [ObjectKind::Service].into();
    let mut snapshot = cluster(0, 0);
    snapshot.upsert(route(0, "one", 1, "s0"));
    let mut router = Router::build(&snapshot, &profile).unwrap();
    let stranger = ObjectKey::new(ObjectKind::Service, "shop", "stranger");
    for is_usable in [false, true] {
        let change = if is_usable {
            snapshot.remove(&stranger).unwrap()
        } else {
            snapshot.upsert(service("stranger", 80))
        };
        router = router.rebuild(&snapshot, &[change]).unwrap();
        assert_eq!(router.statuses(), Router::build(&snapshot, &profile).unwrap().statuses());
        let backend = &host(&router, 0)[0].rule.backends[0];
        assert_eq!(backend.target.valid, is_usable);
    }
}
