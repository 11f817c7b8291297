//! The objects that a test of the suite works on, and the router built from them.

use std::collections::BTreeMap;
use std::path::Path;

use gateway_core::model::{ConfigMap, Endpoint, GatewayStatusAddress, ObjectMeta, Secret, Timestamp};
use gateway_core::{Feature, Object, ObjectKey, ObjectKind, Profile, Router, Snapshot};
use serde_json::{Value, json};

pub(crate) const CONTROLLER: &str = "example.com/conformance";
const CLASS: &str = "conformance";

pub(crate) struct Cluster {
    snapshot: Snapshot,
    profile: Profile,
    pub(crate) router: Router,
    /// Changes so far: objects that are created later are younger.
    changes: u32,
    /// The request step before this one: some steps only repeat it.
    pub(crate) last_request: Option<Value>,
    statuses: BTreeMap<ObjectKey, Value>,
    /// The labels `app` and `version` that each Service selects: the suite names backends by their pods.
    pods: BTreeMap<(String, String), String>,
}

/// The suite's words for addresses that can be bound and that cannot.
pub(crate) const ADDRESSES: [(&str, &str); 2] =
    [("PLACEHOLDER_UNUSABLE_ADDRS", "203.0.113.9"), ("PLACEHOLDER_USABLE_ADDRS", "198.51.100.1")];

/// Every feature but those that the run switches off.
pub(crate) fn profile(without: &[Feature]) -> Profile {
    let address = GatewayStatusAddress { r#type: Some("IPAddress".into()), value: "127.0.0.1".into() };
    let mut profile = Profile::spec(CONTROLLER);
    profile.features.retain(|feature| !without.contains(feature));
    profile.addresses = vec![address];
    profile.usable_addresses = Some([ADDRESSES[1].1.to_string()].into());
    profile
}

/// Fills in what the suite fills in.
pub(crate) fn filled(text: &str) -> String {
    let named = text
        .replace("{GATEWAY_CLASS_NAME}", CLASS)
        .replace("{CONTROLLER_NAME}", CONTROLLER)
        .replace("{GATEWAY_CONTROLLER_NAME}", CONTROLLER);
    ADDRESSES.iter().fold(named, |text, (placeholder, address)| text.replace(placeholder, address))
}

impl Cluster {
    pub(crate) fn new(suite: &Path, case: &Value, profile: Profile) -> Self {
        let mut snapshot = Snapshot::new();
        let class = json!({
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass",
            "metadata": {"name": CLASS}, "spec": {"controllerName": CONTROLLER}
        });
        snapshot.upsert(serde_json::from_value::<Object>(class).unwrap());
        let setup: Value =
            serde_json::from_str(&std::fs::read_to_string(suite.join("suite-setup.json")).unwrap()).unwrap();
        for object in setup["programmaticObjects"].as_array().unwrap() {
            match object["kind"].as_str().unwrap() {
                "Secret" => snapshot.upsert(secret(object)),
                _ => snapshot.upsert(ca_bundle(object)),
            };
        }
        for list in ["baseManifests", "manifests"] {
            for name in case[list].as_array().into_iter().flatten() {
                let path =
                    suite.join("manifests").join(name.as_str().unwrap().trim_start_matches("conformance/"));
                let text = std::fs::read_to_string(&path)
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                for mut object in crate::read::objects(&filled(&text)) {
                    object.metadata_mut().generation = Some(1);
                    object.metadata_mut().creation_timestamp = Some(created(0));
                    snapshot.upsert(object);
                }
            }
        }
        let mut pods = BTreeMap::new();
        for key in snapshot.keys().filter(|key| key.kind == ObjectKind::Service) {
            let service = serde_json::to_value(snapshot.get(&key).unwrap()).unwrap();
            // Services without a selector get the endpoints of infra-backend-v1 (the suite's setup).
            let selector = &service["spec"]["selector"];
            let app = selector["app"].as_str().unwrap_or("infra-backend-v1");
            let version = selector["version"].as_str().map(|version| format!("-{version}"));
            pods.insert((key.namespace, key.name), format!("{app}{}", version.unwrap_or_default()));
        }
        let router = Router::build(&snapshot, &profile).unwrap();
        let statuses = BTreeMap::new();
        let mut cluster = Self { snapshot, profile, router, changes: 0, last_request: None, statuses, pods };
        cluster.rebuild();
        cluster
    }

    fn rebuild(&mut self) {
        self.router = Router::build(&self.snapshot, &self.profile).unwrap();
        let statuses = self.router.statuses().into_iter();
        self.statuses =
            statuses.map(|one| (one.key().unwrap(), serde_json::to_value(&one.status).unwrap())).collect();
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(crate) fn status(&self, target: &Value) -> Option<Value> {
        self.statuses.get(&key(target)).cloned()
    }

    pub(crate) fn generation(&self, target: &Value) -> i64 {
        self.snapshot.get(&key(target)).unwrap().metadata().generation.unwrap_or(0)
    }

    /// How many parents a Route names.
    pub(crate) fn parent_refs(&self, target: &Value) -> usize {
        let object = self.snapshot.get(&key(target)).map(|object| serde_json::to_value(object).unwrap());
        object.and_then(|object| object["spec"]["parentRefs"].as_array().map(Vec::len)).unwrap_or(0)
    }

    /// The suite's name of the pods behind a backend.
    pub(crate) fn pods_of(&self, backend: &Value) -> Option<String> {
        let text = |key: &str| backend[key].as_str().map(str::to_string);
        self.pods.get(&(text("namespace")?, text("name")?)).cloned()
    }

    /// Whether a backend leads to pods of that name: its own, or some of those of every version.
    pub(crate) fn reaches(&self, backend: &Value, wanted: &str) -> bool {
        self.pods_of(backend).is_some_and(|pods| {
            wanted.strip_prefix(&pods).is_some_and(|rest| rest.is_empty() || rest.starts_with("-v"))
        })
    }

    /// The suite gives the EndpointSlices of these Services, `NAME-ip4` and `NAME-ip6`, addresses of pods.
    pub(crate) fn set_up(&mut self, step: &Value) -> Result<(), String> {
        for name in step["names"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let mut found = false;
            let keys: Vec<_> =
                self.snapshot.keys().filter(|key| key.kind == ObjectKind::EndpointSlice).collect();
            for key in keys
                .iter()
                .filter(|key| key.name.strip_prefix(name).is_some_and(|end| end.starts_with("-ip")))
            {
                let Some(Object::EndpointSlice(mut slice)) = self.snapshot.get(key) else { continue };
                let addresses = vec!["198.51.100.1".to_string()];
                slice.endpoints = Some(vec![Endpoint { addresses, ..Endpoint::default() }]);
                self.snapshot.upsert(slice);
                found = true;
            }
            if !found {
                return Err(format!("no EndpointSlice for {name}"));
            }
        }
        self.rebuild();
        Ok(())
    }

    pub(crate) fn apply(&mut self, step: &Value) -> Result<(), String> {
        let key = key(&step["object"]);
        self.changes += 1;
        match step["verb"].as_str().unwrap() {
            "delete" => {
                self.snapshot.remove(&key).ok_or("nothing to delete")?;
            }
            "create" => {
                let text = filled(&pem(&step["manifest"]).to_string());
                let mut object: Object = serde_json::from_str(&text).map_err(|error| error.to_string())?;
                object.metadata_mut().generation = Some(1);
                object.metadata_mut().creation_timestamp = Some(created(self.changes));
                self.snapshot.upsert(object);
            }
            "patch" => {
                let old = self.snapshot.get(&key).ok_or(format!("nothing to patch: {key}"))?;
                let mut new = serde_json::to_value(&old).unwrap();
                for field in ["spec", "data"] {
                    if !step[field].is_null() {
                        let text = filled(&pem(&step[field]).to_string());
                        new[field] = serde_json::from_str(&text).unwrap();
                    }
                }
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

/// When an object was created; those of one manifest together (the suite applies them within a second).
fn created(change: u32) -> Timestamp {
    format!("2026-01-01T00:{change:02}:00Z").as_str().into()
}

/// Puts a certificate in place of the suite's words for one.
fn pem(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("<PEM of ") => certificate("tls.crt").into(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), pem(value))).collect(),
        Value::Array(items) => items.iter().map(pem).collect(),
        other => other.clone(),
    }
}

fn key(target: &Value) -> ObjectKey {
    let kind = target["kind"].as_str().unwrap();
    let kind = ObjectKind::ALL.iter().copied().find(|known| known.kind() == kind).unwrap();
    ObjectKey::new(kind, target["namespace"].as_str().unwrap_or_default(), target["name"].as_str().unwrap())
}

/// The suite generates certificates; any readable pair will do where nobody shakes hands.
fn pair() -> Secret {
    let pem = include_str!("../../../testdata/base/certificates.yaml");
    let pair = crate::read::objects(pem).into_iter().find_map(|object| match object {
        Object::Secret(secret) if secret.r#type.as_deref() == Some("kubernetes.io/tls") => Some(secret),
        _ => None,
    });
    pair.unwrap()
}

fn certificate(key: &str) -> String {
    String::from_utf8(pair().value(key).unwrap()).unwrap()
}

fn metadata(object: &Value) -> ObjectMeta {
    let text = |key: &str| object[key].as_str().unwrap().to_string();
    ObjectMeta { name: text("name"), namespace: Some(text("namespace")), ..ObjectMeta::default() }
}

fn secret(object: &Value) -> Secret {
    Secret { metadata: metadata(object), ..pair() }
}

fn ca_bundle(object: &Value) -> ConfigMap {
    let data = [("ca.crt".to_string(), certificate("tls.crt"))].into();
    ConfigMap { metadata: metadata(object), data: Some(data), ..ConfigMap::default() }
}
