//! Matches of HTTPRoutes and GRPCRoutes.

use gateway_core::model::{
    GrpcHeaderMatch, GrpcMethodMatch, GrpcMethodMatchType, GrpcRouteMatch, HeaderMatchType, HttpHeaderMatch,
    HttpPathMatch, HttpQueryParamMatch, HttpRouteMatch, PathMatchType, QueryParamMatchType,
};
use proptest::prelude::*;
use proptest::sample::select;

use super::alphabet::{
    METHODS, PARAMETER_VALUES, PARAMETERS, VALUES, chance, header_name, maybe, path, pick,
};

const PATTERNS: [&str; 7] = ["/a.*", "/(a|b)", "/a|/ab", "/a/[ab]+", "/.*", "/aa?", "(?i)/A"];
const BROKEN: [&str; 3] = ["/a(", "*", "(?!a)"];
const VALUE_PATTERNS: [&str; 4] = ["[12]", "1|2", "1.*", r"\d"];
pub(super) const SERVICES: [&str; 3] = ["shop.Cart", "shop.Stock", "shop.CartX"];
pub(super) const CALLS: [&str; 3] = ["Get", "Put", "GetX"];

fn path_match(broken: u32) -> impl Strategy<Value = HttpPathMatch> {
    let exact = path().prop_map(|path| (PathMatchType::Exact, path));
    let prefix = path().prop_map(|path| (PathMatchType::PathPrefix, path));
    let regex = pick(&PATTERNS).prop_map(|path| (PathMatchType::RegularExpression, path));
    let good = prop_oneof![4 => exact, 8 => prefix, 2 => regex];
    let bad = prop_oneof![
        pick(&BROKEN).prop_map(|path| (PathMatchType::RegularExpression, path)),
        path().prop_map(|path| (PathMatchType::from("Glob"), path)),
    ];
    (good, bad, chance(broken)).prop_map(|(good, bad, broken)| {
        let (kind, value) = if broken { bad } else { good };
        HttpPathMatch { r#type: Some(kind), value: Some(value) }
    })
}

/// A match that is one prefix, for filters that replace it.
pub(super) fn prefix() -> impl Strategy<Value = HttpRouteMatch> {
    (path(), chance(20)).prop_map(|(path, absent)| HttpRouteMatch {
        path: (!absent)
            .then_some(HttpPathMatch { r#type: Some(PathMatchType::PathPrefix), value: Some(path) }),
        ..HttpRouteMatch::default()
    })
}

fn header() -> impl Strategy<Value = (String, String, bool)> {
    prop_oneof![
        4 => (header_name(), pick(&VALUES)).prop_map(|(name, value)| (name, value, false)),
        1 => (header_name(), pick(&VALUE_PATTERNS)).prop_map(|(name, value)| (name, value, true)),
    ]
}

fn parameter() -> impl Strategy<Value = HttpQueryParamMatch> {
    let exact = (pick(&PARAMETERS), pick(&PARAMETER_VALUES)).prop_map(|(name, value)| (name, value, false));
    let regex = (pick(&PARAMETERS), pick(&VALUE_PATTERNS)).prop_map(|(name, value)| (name, value, true));
    prop_oneof![4 => exact, 1 => regex].prop_map(|(name, value, regex)| HttpQueryParamMatch {
        r#type: regex.then_some(QueryParamMatchType::RegularExpression),
        name: name.into(),
        value,
    })
}

pub(super) fn http(broken: u32) -> impl Strategy<Value = HttpRouteMatch> {
    let headers = maybe(25, prop::collection::vec(header(), 1..=2));
    let query = maybe(20, prop::collection::vec(parameter(), 1..=2));
    let parts = (maybe(85, path_match(broken)), headers, query, maybe(20, pick(&METHODS)));
    parts.prop_map(|(path, headers, query_params, method)| HttpRouteMatch {
        path,
        headers: headers.map(|headers| {
            let header = |(name, value, regex): (String, String, bool)| HttpHeaderMatch {
                r#type: regex.then_some(HeaderMatchType::RegularExpression),
                name: name.into(),
                value: value.into(),
            };
            headers.into_iter().map(header).collect()
        }),
        query_params,
        method: method.map(Into::into),
    })
}

pub(super) fn grpc() -> impl Strategy<Value = GrpcRouteMatch> {
    let exact = prop_oneof![
        4 => (pick(&SERVICES), pick(&CALLS)).prop_map(|(service, method)| (Some(service), Some(method), false)),
        2 => pick(&SERVICES).prop_map(|service| (Some(service), None, false)),
        1 => pick(&CALLS).prop_map(|method| (None, Some(method), false)),
        1 => Just((Some("shop\\..*".to_owned()), None, true)),
        1 => Just((Some("shop\\.(Cart|Stock)".to_owned()), Some("Get".to_owned()), true)),
    ];
    let headers = maybe(30, prop::collection::vec(header(), 1..=2));
    (maybe(85, exact), headers).prop_map(|(call, headers)| GrpcRouteMatch {
        method: call.map(|(service, method, regex)| GrpcMethodMatch {
            r#type: regex.then_some(GrpcMethodMatchType::RegularExpression),
            service,
            method,
        }),
        headers: headers.map(|headers| {
            let header = |(name, value, regex): (String, String, bool)| GrpcHeaderMatch {
                r#type: regex.then_some(HeaderMatchType::RegularExpression),
                name: name.into(),
                value,
            };
            headers.into_iter().map(header).collect()
        }),
    })
}

/// The values that requests are made of: those of the matches, and their neighbours.
pub(super) fn values() -> impl Strategy<Value = String> {
    prop_oneof![4 => pick(&VALUES), 1 => select(vec!["", "3", "12", "1, 2"]).prop_map(str::to_owned)]
}
