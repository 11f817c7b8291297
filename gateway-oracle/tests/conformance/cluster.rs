//! The objects that a test of the suite works on.

use std::path::Path;

use gateway_core::model::{ConfigMap, Endpoint, ObjectMeta, Secret, Service};
use gateway_core::{Feature, Object, ObjectKey, ObjectKind, Profile, Snapshot};
use gateway_oracle::Oracle;
use serde_json::{Value, json};

const CONTROLLER: &str = "example.com/conformance";
const CLASS: &str = "conformance";

pub(crate) struct Cluster {
    snapshot: Snapshot,
    profile: Profile,
    pub(crate) oracle: Oracle,
    changes: u32,
    pub(crate) last_request: Option<Value>,
}

fn filled(text: &str) -> String {
    let names = [
        ("{GATEWAY_CLASS_NAME}", CLASS),
        ("{CONTROLLER_NAME}", CONTROLLER),
        ("{GATEWAY_CONTROLLER_NAME}", CONTROLLER),
    ];
    names.iter().fold(text.to_owned(), |text, (placeholder, name)| text.replace(placeholder, name))
}

fn created(change: u32) -> gateway_core::model::Timestamp {
    format!("2026-01-01T00:{change:02}:00Z").as_str().into()
}

impl Cluster {
    pub(crate) fn new(suite: &Path, case: &Value, without: &[Feature]) -> Self {
        let mut profile = Profile::spec(CONTROLLER);
        profile.features.retain(|feature| !without.contains(feature));
        let mut snapshot = Snapshot::new();
        let class = json!({
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass",
            "metadata": {"name": CLASS}, "spec": {"controllerName": CONTROLLER}
        });
        snapshot.upsert(serde_json::from_value::<Object>(class).unwrap());
        let setup = std::fs::read_to_string(suite.join("suite-setup.json")).unwrap();
        let setup: Value = serde_json::from_str(&setup).unwrap();
        for object in setup["programmaticObjects"].as_array().unwrap() {
            match object["kind"].as_str().unwrap() {
                "Secret" => snapshot.upsert(Secret { metadata: metadata(object), ..pair() }),
                _ => snapshot.upsert(ConfigMap {
                    metadata: metadata(object),
                    data: Some([("ca.crt".to_owned(), certificate())].into()),
                    ..ConfigMap::default()
                }),
            };
        }
        for name in ["baseManifests", "manifests"].iter().filter_map(|list| case[*list].as_array()).flatten()
        {
            let path =
                suite.join("manifests").join(name.as_str().unwrap().trim_start_matches("conformance/"));
            for mut object in crate::read::objects(&filled(&std::fs::read_to_string(path).unwrap())) {
                object.metadata_mut().creation_timestamp = Some(created(0));
                snapshot.upsert(object);
            }
        }
        let oracle = Oracle::new(&snapshot, &profile);
        Self { snapshot, profile, oracle, changes: 0, last_request: None }
    }

    fn service(&self, namespace: &str, name: &str) -> Option<Service> {
        match self.snapshot.get(&ObjectKey::new(ObjectKind::Service, namespace, name)) {
            Some(Object::Service(service)) => Some(service),
            _ => None,
        }
    }

    /// The suite's names of the pods behind a backend: their label `app`, in a mesh with the version.
    pub(crate) fn is_backend(&self, backend: &Value, wanted: &str) -> bool {
        let (namespace, name) = (&backend["namespace"], &backend["name"]);
        let Some(service) =
            self.service(namespace.as_str().unwrap_or_default(), name.as_str().unwrap_or_default())
        else {
            return false;
        };
        let selector = service.spec.selector.unwrap_or_default();
        match (selector.get("app"), selector.get("version")) {
            // Services without a selector get the endpoints of infra-backend-v1 (the suite's setup).
            (None, _) => wanted == "infra-backend-v1",
            (Some(app), None) => app == wanted || wanted.starts_with(&format!("{app}-v")),
            (Some(app), Some(version)) => app == wanted || format!("{app}-{version}") == wanted,
        }
    }

    pub(crate) fn parent_refs(&self, kind: ObjectKind, namespace: &str, name: &str) -> Option<Value> {
        let object = self.snapshot.get(&ObjectKey::new(kind, namespace, name))?;
        Some(serde_json::to_value(object).unwrap())
    }

    /// The suite gives the EndpointSlices of these Services the addresses of pods.
    pub(crate) fn set_up(&mut self, step: &Value) {
        let keys: Vec<_> = self.snapshot.keys().filter(|key| key.kind == ObjectKind::EndpointSlice).collect();
        for key in keys {
            let Some(Object::EndpointSlice(mut slice)) = self.snapshot.get(&key) else { continue };
            let named = |name: &Value| key.name.starts_with(&format!("{}-ip", name.as_str().unwrap()));
            if step["names"].as_array().unwrap().iter().any(named) {
                slice.endpoints = Some(vec![Endpoint {
                    addresses: vec!["198.51.100.1".to_owned()],
                    ..Endpoint::default()
                }]);
                self.snapshot.upsert(slice);
            }
        }
        self.oracle = Oracle::new(&self.snapshot, &self.profile);
    }

    pub(crate) fn apply(&mut self, step: &Value) {
        let target = &step["object"];
        let kind = ObjectKind::ALL.iter().copied().find(|kind| target["kind"] == kind.kind()).unwrap();
        let namespace = target["namespace"].as_str().unwrap_or_default();
        let key = ObjectKey::new(kind, namespace, target["name"].as_str().unwrap());
        self.changes += 1;
        match step["verb"].as_str().unwrap() {
            "delete" => {
                self.snapshot.remove(&key).unwrap();
            }
            "create" => {
                let mut object: Object =
                    serde_json::from_str(&filled(&pem(&step["manifest"]).to_string())).unwrap();
                object.metadata_mut().creation_timestamp = Some(created(self.changes));
                self.snapshot.upsert(object);
            }
            _ => {
                let mut new = serde_json::to_value(self.snapshot.get(&key).unwrap()).unwrap();
                for field in ["spec", "data"].iter().filter(|field| !step[**field].is_null()) {
                    new[*field] = serde_json::from_str(&filled(&pem(&step[*field]).to_string())).unwrap();
                }
                self.snapshot.upsert(serde_json::from_value::<Object>(new).unwrap());
            }
        }
        self.oracle = Oracle::new(&self.snapshot, &self.profile);
    }
}

/// Puts a certificate in place of the suite's words for one.
fn pem(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("<PEM of ") => certificate().into(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), pem(value))).collect(),
        Value::Array(items) => items.iter().map(pem).collect(),
        other => other.clone(),
    }
}

/// The suite generates certificates; any readable pair will do where nobody shakes hands.
fn pair() -> Secret {
    let text = include_str!("../../../testdata/base/certificates.yaml");
    let pair = crate::read::objects(text).into_iter().find_map(|object| match object {
        Object::Secret(secret) if secret.r#type.as_deref() == Some("kubernetes.io/tls") => Some(secret),
        _ => None,
    });
    pair.unwrap()
}

fn certificate() -> String {
    String::from_utf8(pair().value("tls.crt").unwrap()).unwrap()
}

fn metadata(object: &Value) -> ObjectMeta {
    let text = |key: &str| object[key].as_str().unwrap().to_owned();
    ObjectMeta { name: text("name"), namespace: Some(text("namespace")), ..ObjectMeta::default() }
}
