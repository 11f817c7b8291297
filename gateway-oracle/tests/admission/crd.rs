//! The official CRDs: every served version of every kind, in both channels.

use std::fs;
use std::path::Path;

use gateway_manifest::{Limits, read_values};
use serde_json::Value as Json;

use crate::schema::{self, RulePlace, Schema};

/// One served version of one kind in one channel.
#[derive(Debug)]
pub(crate) struct Crd {
    /// `standard` or `experimental`.
    pub(crate) channel: &'static str,
    pub(crate) kind: String,
    pub(crate) api_version: String,
    pub(crate) is_namespaced: bool,
    pub(crate) schema: Schema,
    /// All rules, by number.
    pub(crate) rules: Vec<RulePlace>,
}

impl Crd {
    /// Whether a manifest is of this kind and version.
    pub(crate) fn is_of(&self, object: &Json) -> bool {
        object["kind"] == *self.kind && object["apiVersion"] == *self.api_version
    }
}

/// All of them, from the folder that holds `crds/`.
pub(crate) fn load(shared: &Path) -> Vec<Crd> {
    let mut crds = Vec::new();
    for channel in ["standard", "experimental"] {
        let mut files: Vec<_> = fs::read_dir(shared.join("crds").join(channel))
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let (documents, notes) = read_values(&file.to_string_lossy(), &text, &Limits::default());
            assert!(notes.is_empty(), "{notes:?}");
            for document in documents {
                served(channel, &serde_json::to_value(&document.value).unwrap(), &mut crds);
            }
        }
    }
    crds
}

fn served(channel: &'static str, crd: &Json, crds: &mut Vec<Crd>) {
    if crd["kind"] != "CustomResourceDefinition" {
        return;
    }
    let spec = &crd["spec"];
    for version in spec["versions"].as_array().unwrap().iter().filter(|version| version["served"] == true) {
        let mut rules = Vec::new();
        let schema = schema::read(&version["schema"]["openAPIV3Schema"], "", &mut rules);
        crds.push(Crd {
            channel,
            kind: spec["names"]["kind"].as_str().unwrap().to_owned(),
            api_version: format!("{}/{}", spec["group"].as_str().unwrap(), version["name"].as_str().unwrap()),
            is_namespaced: spec["scope"] == "Namespaced",
            schema,
            rules,
        });
    }
}
