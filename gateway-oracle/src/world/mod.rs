//! The objects, in lists, and the small questions about them.

pub(crate) mod age;
pub(crate) mod backend;
pub(crate) mod certificate;
pub(crate) mod grant;
pub(crate) mod hostname;
pub(crate) mod policy;
pub(crate) mod route;
pub(crate) mod selector;

use std::borrow::Cow;

use gateway_core::model::{
    BackendTlsPolicy, ConfigMap, EndpointSlice, Gateway, GatewayClass, ListenerSet, LocalObjectReference,
    Namespace, ObjectMeta, ReferenceGrant, Secret, Service, ServiceImport, ServicePort, XBackend, XMesh,
};
use gateway_core::{Feature, Object, ObjectKind, Profile, Snapshot};

/// Every object, by kind, in no particular order, and the profile.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) profile: Profile,
    pub(crate) classes: Vec<GatewayClass>,
    pub(crate) gateways: Vec<Gateway>,
    pub(crate) listener_sets: Vec<ListenerSet>,
    /// Routes of all five kinds in one form.
    pub(crate) routes: Vec<route::Route>,
    pub(crate) grants: Vec<ReferenceGrant>,
    pub(crate) policies: Vec<BackendTlsPolicy>,
    pub(crate) x_backends: Vec<XBackend>,
    pub(crate) meshes: Vec<XMesh>,
    pub(crate) services: Vec<Service>,
    pub(crate) service_imports: Vec<ServiceImport>,
    pub(crate) endpoint_slices: Vec<EndpointSlice>,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) config_maps: Vec<ConfigMap>,
    pub(crate) namespaces: Vec<Namespace>,
}

impl World {
    pub(crate) fn new(snapshot: &Snapshot, profile: &Profile) -> Self {
        let mut world = Self { profile: profile.clone(), ..Self::default() };
        for object in snapshot.keys().filter_map(|key| snapshot.get(&key)) {
            match object {
                Object::GatewayClass(one) => world.classes.push(one),
                Object::Gateway(one) => world.gateways.push(one),
                Object::ListenerSet(one) => world.listener_sets.push(one),
                Object::HttpRoute(one) => world.routes.push(route::Route::of_http(profile, &one)),
                Object::GrpcRoute(one) => world.routes.push(route::Route::of_grpc(profile, &one)),
                Object::TlsRoute(one) => world.routes.push(route::Route::of_tls(profile, &one)),
                Object::TcpRoute(one) => world.routes.push(route::Route::of_tcp(profile, &one)),
                Object::UdpRoute(one) => world.routes.push(route::Route::of_udp(profile, &one)),
                Object::ReferenceGrant(one) => world.grants.push(one),
                Object::BackendTlsPolicy(one) => world.policies.push(one),
                Object::XBackend(one) => world.x_backends.push(one),
                Object::XMesh(one) => world.meshes.push(one),
                Object::Service(one) => world.services.push(one),
                Object::ServiceImport(one) => world.service_imports.push(one),
                Object::EndpointSlice(one) => world.endpoint_slices.push(one),
                Object::Secret(one) => world.secrets.push(one),
                Object::ConfigMap(one) => world.config_maps.push(one),
                Object::Namespace(one) => world.namespaces.push(one),
                Object::XBackendTrafficPolicy(_) => {}
            }
        }
        world
    }

    pub(crate) fn supports(&self, feature: Feature) -> bool {
        self.profile.supports(feature)
    }

    /// REF-42: whether the data plane carries out such a filter itself.
    pub(crate) fn knows_extension(&self, one: &LocalObjectReference) -> bool {
        self.profile.extension_kinds.iter().any(|(group, kind)| *group == one.group && *kind == one.kind)
    }

    /// Whether objects of a kind are taken as existing: the profile says so, and there is none at all.
    pub(crate) fn assumes(&self, kind: ObjectKind, count: usize) -> bool {
        count == 0 && self.profile.assume.contains(&kind)
    }

    pub(crate) fn service(&self, namespace: &str, name: &str) -> Option<&Service> {
        self.services.iter().find(|one| is(&one.metadata, namespace, name))
    }

    /// A Service as the parent of Routes. One that is taken as existing has the ports that Routes ask for there.
    pub(crate) fn parent_service(&self, namespace: &str, name: &str) -> Option<Cow<'_, Service>> {
        if !self.assumes(ObjectKind::Service, self.services.len()) {
            return self.service(namespace, name).map(Cow::Borrowed);
        }
        let mut service = Service::default();
        for route in &self.routes {
            let references = route.parents.iter().filter(|one| {
                ObjectKind::from_group_kind(one.group(), one.kind()) == Some(ObjectKind::Service)
                    && one.namespace_or(&route.namespace) == namespace
                    && one.name == *name
            });
            let udp = route.kind == ObjectKind::UdpRoute;
            let ports = references.filter_map(|one| {
                Some(ServicePort {
                    name: one.section_name.as_ref().map(ToString::to_string),
                    port: one.port?,
                    protocol: Some(if udp { "UDP" } else { "TCP" }.to_owned()),
                    ..ServicePort::default()
                })
            });
            service.spec.ports.get_or_insert_default().extend(ports);
        }
        Some(Cow::Owned(service))
    }

    pub(crate) fn config_map(&self, namespace: &str, name: &str) -> Option<&ConfigMap> {
        self.config_maps.iter().find(|one| is(&one.metadata, namespace, name))
    }
}

/// The namespace of a namespaced object; `default` when the manifest names none.
pub(crate) fn namespace(metadata: &ObjectMeta) -> &str {
    metadata.namespace.as_deref().filter(|namespace| !namespace.is_empty()).unwrap_or("default")
}

/// Whether this is the object of that name.
pub(crate) fn is(metadata: &ObjectMeta, namespace: &str, name: &str) -> bool {
    metadata.name == name && self::namespace(metadata) == namespace
}
