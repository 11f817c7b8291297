//! Routes of the five kinds in one form.

use gateway_core::model::{
    GatewayDefaultScope, GrpcRoute, Hostname, HttpRoute, ObjectMeta, ParentReference, TcpRoute, TlsRoute,
    UdpRoute,
};

use gateway_core::{ObjectKind, Profile};

use super::age::{Age, age};
use crate::rule::Rule;

/// A Route.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) kind: ObjectKind,
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) age: Age,
    pub(crate) parents: Vec<ParentReference>,
    /// ATT-200.
    pub(crate) wants_defaults: bool,
    /// ATT-160: none listed means one that covers all, written as the empty text.
    pub(crate) hostnames: Vec<String>,
    pub(crate) rules: Vec<Rule>,
}

fn route(
    profile: &Profile,
    kind: ObjectKind,
    metadata: &ObjectMeta,
    parents: Option<&Vec<ParentReference>>,
    defaults: Option<&GatewayDefaultScope>,
    hostnames: Option<&Vec<Hostname>>,
    rules: Vec<Rule>,
) -> Route {
    let mut hostnames: Vec<_> = hostnames.into_iter().flatten().map(|one| one.0.clone()).collect();
    if hostnames.is_empty() {
        hostnames.push(String::new());
    }
    Route {
        kind,
        namespace: super::namespace(metadata).to_owned(),
        name: metadata.name.clone(),
        age: age(profile, metadata),
        parents: parents.cloned().unwrap_or_default(),
        wants_defaults: defaults == Some(&GatewayDefaultScope::All),
        hostnames,
        rules,
    }
}

impl Route {
    pub(crate) fn of_http(profile: &Profile, one: &HttpRoute) -> Self {
        let spec = &one.spec;
        let rules = spec.rules().iter().map(Rule::from).collect();
        let (parents, defaults) = (spec.parent_refs.as_ref(), spec.use_default_gateways.as_ref());
        route(
            profile,
            ObjectKind::HttpRoute,
            &one.metadata,
            parents,
            defaults,
            spec.hostnames.as_ref(),
            rules,
        )
    }
}

impl Route {
    pub(crate) fn of_grpc(profile: &Profile, one: &GrpcRoute) -> Self {
        let spec = &one.spec;
        let rules = spec.rules.iter().flatten().map(Rule::from).collect();
        let (parents, defaults) = (spec.parent_refs.as_ref(), spec.use_default_gateways.as_ref());
        route(
            profile,
            ObjectKind::GrpcRoute,
            &one.metadata,
            parents,
            defaults,
            spec.hostnames.as_ref(),
            rules,
        )
    }
}

impl Route {
    pub(crate) fn of_tls(profile: &Profile, one: &TlsRoute) -> Self {
        let spec = &one.spec;
        let rules = spec.rules.iter().map(|rule| Rule::plain(rule.name.as_ref(), &rule.backend_refs));
        let (parents, defaults) = (spec.parent_refs.as_ref(), spec.use_default_gateways.as_ref());
        let hostnames = spec.hostnames.as_ref();
        route(profile, ObjectKind::TlsRoute, &one.metadata, parents, defaults, hostnames, rules.collect())
    }
}

impl Route {
    pub(crate) fn of_tcp(profile: &Profile, one: &TcpRoute) -> Self {
        let spec = &one.spec;
        let rules = spec.rules.iter().map(|rule| Rule::plain(rule.name.as_ref(), &rule.backend_refs));
        let (parents, defaults) = (spec.parent_refs.as_ref(), spec.use_default_gateways.as_ref());
        route(profile, ObjectKind::TcpRoute, &one.metadata, parents, defaults, None, rules.collect())
    }
}

impl Route {
    pub(crate) fn of_udp(profile: &Profile, one: &UdpRoute) -> Self {
        let spec = &one.spec;
        let rules = spec.rules.iter().map(|rule| Rule::plain(rule.name.as_ref(), &rule.backend_refs));
        let (parents, defaults) = (spec.parent_refs.as_ref(), spec.use_default_gateways.as_ref());
        route(profile, ObjectKind::UdpRoute, &one.metadata, parents, defaults, None, rules.collect())
    }
}
