//! The objects that a test of the suite works on, and the router built from them.

use std::collections::BTreeMap;
use std::path::Path;

use gateway_core::model::{GatewayStatusAddress, ObjectMeta, Secret};
use gateway_core::{Object, ObjectKey, ObjectKind, Profile, Router, Snapshot};
use serde_json::{Value, json};

pub(crate) const CONTROLLER: &str = "example.com/conformance";
const CLASS: &str = "conformance";

pub(crate) struct Cluster {
    snapshot: Snapshot,
    pub(crate) router: Router,
    /// The request step before this one: some steps only repeat it.
    pub(crate) last_request: Option<Value>,
    statuses: BTreeMap<ObjectKey, Value>,
    /// The label `app` that each Service selects: the suite names backends by their pods.
    pods: BTreeMap<(String, String), String>,
}

fn profile() -> Profile {
    let address = GatewayStatusAddress { r#type: Some("IPAddress".into()), value: "127.0.0.1".into() };
    Profile { addresses: vec![address], ..Profile::spec(CONTROLLER) }
}

impl Cluster {
    pub(crate) fn new(suite: &Path, case: &Value) -> Self {
        let mut snapshot = Snapshot::new();
        let class = json!({
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass",
            "metadata": {"name": CLASS}, "spec": {"controllerName": CONTROLLER}
        });
        snapshot.upsert(serde_json::from_value::<Object>(class).unwrap());
        let setup: Value =
            serde_json::from_str(&std::fs::read_to_string(suite.join("suite-setup.json")).unwrap()).unwrap();
        for object in setup["programmaticObjects"].as_array().unwrap() {
            if object["kind"] == "Secret" {
                snapshot.upsert(secret(object));
            }
        }
        for list in ["baseManifests", "manifests"] {
            for name in case[list].as_array().into_iter().flatten() {
                let path =
                    suite.join("manifests").join(name.as_str().unwrap().trim_start_matches("conformance/"));
                let text = std::fs::read_to_string(&path)
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let text = text
                    .replace("{GATEWAY_CLASS_NAME}", CLASS)
                    .replace("{GATEWAY_CONTROLLER_NAME}", CONTROLLER);
                for mut object in crate::read::objects(&text) {
                    object.metadata_mut().generation = Some(1);
                    snapshot.upsert(object);
                }
            }
        }
        let mut pods = BTreeMap::new();
        for key in snapshot.keys().filter(|key| key.kind == ObjectKind::Service) {
            let service = serde_json::to_value(snapshot.get(&key).unwrap()).unwrap();
            // Services without a selector get the endpoints of infra-backend-v1 (the suite's setup).
            let app = service["spec"]["selector"]["app"].as_str().unwrap_or("infra-backend-v1");
            pods.insert((key.namespace, key.name), app.to_string());
        }
        let router = Router::build(&snapshot, &profile()).unwrap();
        let mut cluster = Self { snapshot, router, last_request: None, statuses: BTreeMap::new(), pods };
        cluster.rebuild();
        cluster
    }

    fn rebuild(&mut self) {
        self.router = Router::build(&self.snapshot, &profile()).unwrap();
        let statuses = self.router.statuses().into_iter();
        self.statuses =
            statuses.map(|one| (one.key().unwrap(), serde_json::to_value(&one.status).unwrap())).collect();
    }

    pub(crate) fn status(&self, target: &Value) -> Option<Value> {
        self.statuses.get(&key(target)).cloned()
    }

    pub(crate) fn generation(&self, target: &Value) -> i64 {
        self.snapshot.get(&key(target)).unwrap().metadata().generation.unwrap_or(0)
    }

    /// How many parents a Route names.
    pub(crate) fn parent_refs(&self, target: &Value) -> usize {
        match self.snapshot.get(&key(target)) {
            Some(Object::HttpRoute(route)) => route.spec.parent_refs.map_or(0, |parents| parents.len()),
            _ => 0,
        }
    }

    /// The suite's name of the pods behind a backend.
    pub(crate) fn pods_of(&self, backend: &Value) -> Option<String> {
        let text = |key: &str| backend[key].as_str().map(str::to_string);
        self.pods.get(&(text("namespace")?, text("name")?)).cloned()
    }

    pub(crate) fn apply(&mut self, step: &Value) -> Result<(), String> {
        let key = key(&step["object"]);
        match step["verb"].as_str().unwrap() {
            "delete" => {
                self.snapshot.remove(&key).ok_or("nothing to delete")?;
            }
            "patch" => {
                let old = self.snapshot.get(&key).ok_or(format!("nothing to patch: {key}"))?;
                let mut new = serde_json::to_value(&old).unwrap();
                let spec = step["spec"]
                    .to_string()
                    .replace("{GATEWAY_CLASS_NAME}", CLASS)
                    .replace("{GATEWAY_CONTROLLER_NAME}", CONTROLLER);
                new["spec"] = serde_json::from_str(&spec).unwrap();
                new["metadata"]["generation"] = json!(self.generation(&step["object"]) + 1);
                self.snapshot
                    .upsert(serde_json::from_value::<Object>(new).map_err(|error| error.to_string())?);
            }
            verb => return Err(format!("no runner for verb {verb}")),
        }
        self.rebuild();
        Ok(())
    }
}

fn key(target: &Value) -> ObjectKey {
    let kind = target["kind"].as_str().unwrap();
    let kind = ObjectKind::ALL.iter().copied().find(|known| known.kind() == kind).unwrap();
    ObjectKey::new(kind, target["namespace"].as_str().unwrap_or_default(), target["name"].as_str().unwrap())
}

/// The suite generates certificates; any readable pair will do where nobody shakes hands.
fn secret(object: &Value) -> Secret {
    let text = |key: &str| object[key].as_str().unwrap().to_string();
    let pem = include_str!("../../../testdata/base/certificates.yaml");
    let pair = crate::read::objects(pem).into_iter().find_map(|object| match object {
        Object::Secret(secret) if secret.r#type.as_deref() == Some("kubernetes.io/tls") => Some(secret),
        _ => None,
    });
    Secret {
        metadata: ObjectMeta {
            name: text("name"),
            namespace: Some(text("namespace")),
            ..ObjectMeta::default()
        },
        ..pair.unwrap()
    }
}
