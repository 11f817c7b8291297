//! Whole clusters.

use gateway_core::Object;
use gateway_core::model::{GatewayClass, GatewayClassSpec, Namespace, ObjectMeta, Secret, XMesh, XMeshSpec};
use proptest::prelude::*;

use super::alphabet::CONTROLLER;
use super::gateways::{GATEWAYS, SETS, metadata};
use super::{Cluster, Settings, backends, gateways, pair, routes};

fn class(name: &str, controller: &str) -> Object {
    GatewayClass {
        metadata: ObjectMeta { name: name.to_owned(), ..ObjectMeta::default() },
        spec: GatewayClassSpec { controller_name: controller.into(), ..GatewayClassSpec::default() },
        ..GatewayClass::default()
    }
    .into()
}

fn namespace(name: &str, labels: &[(&str, &str)]) -> Object {
    let labels = labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Namespace {
        metadata: ObjectMeta { name: name.to_owned(), labels: Some(labels), ..ObjectMeta::default() },
        ..Namespace::default()
    }
    .into()
}

/// What is in every cluster: classes, namespaces, Services, and a pair for the listeners of each namespace.
fn stage(settings: &Settings) -> Vec<Object> {
    let mut objects = vec![
        class("ours", CONTROLLER),
        class("theirs", "example.org/other"),
        namespace("infra", &[("team", "platform")]),
        namespace("shop", &[("team", "shop"), ("tier", "front")]),
        namespace("other", &[("team", "other")]),
    ];
    objects.extend(backends::services());
    for owner in ["infra", "shop"] {
        let data = [("tls.crt", pair::CERTIFICATE), ("tls.key", pair::KEY)];
        let secret = Secret {
            metadata: metadata(owner, "pair", None),
            r#type: Some(Secret::TLS.to_owned()),
            string_data: Some(
                data.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
            ),
            ..Secret::default()
        };
        objects.push(secret.into());
    }
    if settings.mesh {
        let mesh = XMesh {
            metadata: ObjectMeta { name: "mesh".to_owned(), ..ObjectMeta::default() },
            spec: XMeshSpec { controller_name: CONTROLLER.into(), ..XMeshSpec::default() },
            ..XMesh::default()
        };
        objects.push(mesh.into());
    }
    objects
}

/// A cluster for the controller `example.com/ctl`.
pub fn cluster(settings: &Settings) -> BoxedStrategy<Cluster> {
    let stage = stage(settings);
    let parts = (
        prop::collection::vec(gateways::gateway(settings), 1..=settings.gateways.clamp(1, GATEWAYS.len())),
        prop::collection::vec(gateways::listener_set(settings), 0..=settings.listener_sets.min(SETS.len())),
        prop::collection::vec(routes::route(settings), 1..=settings.routes.max(1)),
        prop::collection::vec(backends::grant(), 0..=2),
        backends::extras(settings),
    );
    parts
        .prop_map(move |(gateways, sets, routes, grants, extras)| {
            let mut objects = stage.clone();
            for (mut gateway, name) in gateways.into_iter().zip(GATEWAYS) {
                name.clone_into(&mut gateway.metadata.name);
                objects.push(gateway.into());
            }
            for (mut set, name) in sets.into_iter().zip(SETS) {
                name.clone_into(&mut set.metadata.name);
                objects.push(set.into());
            }
            for (index, mut route) in routes.into_iter().enumerate() {
                route.metadata_mut().name = format!("r{index}");
                objects.push(route);
            }
            for (index, mut grant) in grants.into_iter().enumerate() {
                grant.metadata.name = format!("grant-{index}");
                objects.push(grant.into());
            }
            objects.extend(extras);
            Cluster(objects)
        })
        .boxed()
}
