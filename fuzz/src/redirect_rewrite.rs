//! Redirects and rewrites: as the oracle has them, and URIs.
//!
//! ```text
//! {rules: [HTTPROUTERULE, ..], hostnames: [TEXT, ..], choices, requests}
//! ```
//!
//! The Gateway is `infra/gw`, with HTTP on ports 80, 443 and 8080; the Service is `infra/v1`, port 8080.

use std::sync::LazyLock;

use gateway_core::model::{HttpPathModifier, HttpRouteFilter, HttpRouteRule, Object, Value};
use gateway_core::{Arrival, Decision, Profile, Router};
use gateway_manifest::{Loader, Options};
use gateway_oracle::generate::Cluster;
use http::Uri;
use http::uri::PathAndQuery;

use crate::tree::Tree;
use crate::{compiled, world};

static STAGE: LazyLock<Vec<Object>> = LazyLock::new(|| {
    let mut loader = Loader::new(Options::default());
    loader.text("stage.yaml", include_str!("stage.yaml")).unwrap();
    loader.finish().objects.into_iter().map(|loaded| loaded.object).collect()
});

/// The objects around a Route, which is the last one.
pub(crate) fn stage() -> &'static [Object] {
    &STAGE
}

pub(crate) fn run(data: &[u8]) {
    let tree = Tree::read(data);
    let mut profile = world::profile(&tree);
    profile.controller = None;
    let list = |key: &str| Value::List(tree.items(key).iter().take(6).map(Tree::to_value).collect());
    let map = |entries: Vec<(&str, Value)>| {
        Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    };
    let route = map(vec![
        ("apiVersion", "gateway.networking.k8s.io/v1".into()),
        ("kind", "HTTPRoute".into()),
        ("metadata", map(vec![("namespace", "infra".into()), ("name", "r".into())])),
        (
            "spec",
            map(vec![
                ("parentRefs", Value::List(vec![map(vec![("name", "gw".into())])])),
                ("hostnames", list("hostnames")),
                ("rules", list("rules")),
            ]),
        ),
    ]);
    let Some(route) = world::stored(&route) else { return };
    let mut cluster = Cluster(stage().to_vec());
    cluster.0.pop();
    let replaces_soundly = is_sound(&route);
    cluster.0.push(route);
    compiled::agree(&cluster, &profile, &tree);
    if replaces_soundly {
        uris(&cluster, &profile, &tree);
    }
}

/// Whether all that paths are replaced with is itself a path, or would be one behind a slash: the schema
/// takes any text.
fn is_sound(route: &Object) -> bool {
    let Object::HttpRoute(route) = route else { return false };
    let of_rule = |rule: &HttpRouteRule| -> Vec<HttpRouteFilter> {
        let of_backends =
            rule.backend_refs.iter().flatten().flat_map(|backend| backend.filters.iter().flatten());
        rule.filters.iter().flatten().chain(of_backends).cloned().collect()
    };
    let filters = route.spec.rules.iter().flatten().flat_map(of_rule);
    let sound = |modifier: Option<HttpPathModifier>| {
        let texts = modifier.map(|one| [one.replace_full_path, one.replace_prefix_match]);
        texts.into_iter().flatten().flatten().all(|text| {
            !text.contains('#')
                && PathAndQuery::try_from(format!("/{}", text.trim_start_matches('/'))).is_ok()
        })
    };
    filters.into_iter().all(|filter| {
        sound(filter.url_rewrite.and_then(|one| one.path))
            && sound(filter.request_redirect.and_then(|one| one.path))
    })
}

/// Whatever a client may send becomes a URI again.
fn uris(cluster: &Cluster, profile: &Profile, tree: &Tree) {
    let router = Router::build(&cluster.snapshot(), profile).unwrap();
    let gateway = router.gateway("infra", "gw").unwrap();
    for asked in world::requests(tree) {
        let request = asked.request();
        let whole = match request.query {
            Some(query) => [request.path, b"?", query].concat(),
            None => request.path.to_vec(),
        };
        let is_uri = request.path.starts_with(b"/")
            && PathAndQuery::try_from(whole.as_slice()).is_ok()
            && !request.authority.is_empty()
            && world::is_authority(request.authority);
        if !is_uri {
            continue;
        }
        let arrived = router.arrive(gateway, &Arrival { port: asked.port(), ..Arrival::default() });
        match router.route(arrived, &request, asked.draw()) {
            Decision::Redirect(redirect) => {
                let location = redirect.location(&request);
                let uri: Uri = location.parse().unwrap_or_else(|error| panic!("{location:?}: {error}"));
                assert!(uri.scheme().is_some() && uri.authority().is_some(), "{location:?}");
            }
            Decision::Forward(forward) => {
                let (path, query) = forward.target(&request);
                let whole = match &query {
                    Some(query) => [&path, &b"?"[..], query].concat(),
                    None => path.to_vec(),
                };
                assert!(path.starts_with(b"/"), "{:?}", String::from_utf8_lossy(&path));
                let uri = PathAndQuery::try_from(whole.as_slice());
                assert!(uri.is_ok(), "{:?}", String::from_utf8_lossy(&whole));
            }
            Decision::Respond(_) => {}
        }
    }
}
