//! A configuration as objects: a Route for each hostname, with as many rules as it needs.

use std::collections::BTreeMap;

use gateway_core::compile::{Index, IndexRules};
use gateway_core::model::{
    Gateway, GatewayClass, GatewaySpec, HttpBackendRef, HttpHeaderMatch, HttpPathMatch, HttpRoute,
    HttpRouteMatch, HttpRouteRule, HttpRouteSpec, Listener, ObjectMeta, ParentReference, PathMatchType,
    Service, ServicePort, ServiceSpec,
};
use gateway_core::table::ListenerTable;
use gateway_core::{Arrival, Arrived, Profile, Router, Snapshot};

use crate::shape::RuleSpec;

/// As many as the API takes.
const RULES_OF_ROUTE: usize = 16;

fn meta(name: &str) -> ObjectMeta {
    ObjectMeta { name: name.into(), namespace: Some("bench".into()), ..ObjectMeta::default() }
}

fn rule(spec: &RuleSpec) -> HttpRouteRule {
    let r#type =
        if spec.is_expression { PathMatchType::RegularExpression } else { PathMatchType::PathPrefix };
    let header = |(name, value): &(&str, String)| HttpHeaderMatch {
        r#type: None,
        name: (*name).into(),
        value: value.as_str().into(),
    };
    let one = HttpRouteMatch {
        path: Some(HttpPathMatch { r#type: Some(r#type), value: Some(spec.path.clone()) }),
        method: spec.method.map(Into::into),
        headers: (!spec.headers.is_empty()).then(|| spec.headers.iter().map(header).collect()),
        ..HttpRouteMatch::default()
    };
    let backend = HttpBackendRef { name: "v1".into(), port: Some(80.into()), ..HttpBackendRef::default() };
    HttpRouteRule { matches: Some(vec![one]), backend_refs: Some(vec![backend]), ..HttpRouteRule::default() }
}

/// The objects: a Gateway `bench/gw` with one listener on port 80.
pub fn snapshot(rules: &[RuleSpec]) -> Snapshot {
    let mut snapshot = Snapshot::new();
    let mut class = GatewayClass::default();
    class.metadata.name = "bench".into();
    snapshot.upsert(class);
    let listener =
        Listener { name: "http".into(), port: 80.into(), protocol: "HTTP".into(), ..Listener::default() };
    snapshot.upsert(Gateway {
        metadata: meta("gw"),
        spec: GatewaySpec {
            gateway_class_name: "bench".into(),
            listeners: vec![listener],
            ..GatewaySpec::default()
        },
        ..Gateway::default()
    });
    snapshot.upsert(Service {
        metadata: meta("v1"),
        spec: ServiceSpec {
            ports: Some(vec![ServicePort { port: 80.into(), ..ServicePort::default() }]),
            ..ServiceSpec::default()
        },
        ..Service::default()
    });
    for (number, (host, rules)) in routes(rules).into_iter().enumerate() {
        snapshot.upsert(route(number, host, &rules));
    }
    snapshot
}

/// The rules of each Route: its hostname and at most sixteen of them.
pub fn routes(rules: &[RuleSpec]) -> Vec<(&str, Vec<&RuleSpec>)> {
    let mut by_host: BTreeMap<&str, Vec<&RuleSpec>> = BTreeMap::new();
    for spec in rules {
        by_host.entry(&spec.host).or_default().push(spec);
    }
    let parts = by_host
        .iter()
        .flat_map(|(host, rules)| rules.chunks(RULES_OF_ROUTE).map(move |rules| (*host, rules.to_vec())));
    parts.collect()
}

/// One Route, named by its number.
pub fn route(number: usize, host: &str, rules: &[&RuleSpec]) -> HttpRoute {
    HttpRoute {
        metadata: meta(&format!("route-{number}")),
        spec: HttpRouteSpec {
            parent_refs: Some(vec![ParentReference { name: "gw".into(), ..ParentReference::default() }]),
            hostnames: Some(vec![host.into()]),
            rules: Some(rules.iter().map(|spec| rule(spec)).collect()),
            ..HttpRouteSpec::default()
        },
        ..HttpRoute::default()
    }
}

/// A configuration, built, with everything that measures it.
#[derive(Debug)]
pub struct Bed {
    /// Its rules.
    pub rules: Vec<RuleSpec>,
    /// The router of its objects.
    pub router: Router,
}

impl Bed {
    /// Builds a configuration.
    ///
    /// # Panics
    ///
    /// When it is over a limit.
    pub fn new(rules: Vec<RuleSpec>) -> Self {
        let router = Router::build(&snapshot(&rules), &Profile::default()).expect("within the limits");
        Self { rules, router }
    }

    /// The table of its one listener.
    pub fn listener(&self) -> &ListenerTable {
        &self.router.tables()[0].listeners[0]
    }

    /// A connection to it.
    pub fn arrived(&self) -> Arrived<'_> {
        let gateway = &*self.router.tables()[0];
        self.router.arrive(gateway, &Arrival { port: 80, ..Arrival::default() })
    }

    /// An index of its own.
    pub fn index(&self) -> Index {
        let profile = Profile::default();
        Index::new(&self.listener().hosts, IndexRules { hash_key: 0, limits: &profile.limits })
    }
}
