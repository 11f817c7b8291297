//! What the corpora begin with: the cases of `testdata`, and what the generators of the property tests draw.
//!
//! This is where generated input comes from. The strategies of `gateway_oracle::generate` are not drawn from
//! the fuzzer's bytes (proptest's `PassThrough` gives half of what is left to every alternative that it does
//! not take, and a range may ask for more bytes for ever once they are used up). They draw the seeds, which
//! are written as a [`Tree`], and the fuzzer changes those.

use std::fs;
use std::path::{Path, PathBuf};

use gateway_manifest::{Limits, read_values};
use gateway_oracle::Target;
use gateway_oracle::generate::{Cluster, Sampler, Settings, cluster, connection, exchange, sampler};
use serde_json::{Value as Json, json};

use crate::CONTROLLER;
use crate::tree::Tree;

/// One input to begin with.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Its name, which is that of its file.
    pub name: String,
    /// The input.
    pub bytes: Vec<u8>,
}

/// Larger ones are left out: small inputs are found faster, and changed better.
const LARGEST: usize = 24 * 1024;

fn seeds(trees: impl IntoIterator<Item = (String, Tree)>) -> Vec<Seed> {
    let seeds = trees.into_iter().map(|(name, tree)| {
        let mut bytes = Vec::new();
        tree.write(&mut bytes);
        Seed { name, bytes }
    });
    seeds.filter(|seed| seed.bytes.len() <= LARGEST).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The YAML files of a folder of the repository and below it, by name.
fn files(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let named = found.into_iter().map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace(['/', '\\'], "-");
        (name, fs::read_to_string(&path).unwrap())
    });
    named.collect()
}

/// The cases of a folder of `testdata`.
fn cases(folder: &str) -> impl Iterator<Item = (String, Json)> {
    files(&format!("testdata/{folder}")).into_iter().flat_map(|(name, text)| {
        let (documents, _) = read_values(&name, &text, &Limits::default());
        let numbered = documents.into_iter().enumerate();
        numbered
            .map(|(index, document)| {
                (format!("{name}-{index}"), serde_json::to_value(&document.value).unwrap())
            })
            .collect::<Vec<_>>()
    })
}

/// The objects of a case, with those that it includes.
fn objects_of(case: &Json) -> Vec<Json> {
    let mut objects = Vec::new();
    for included in case["include"].as_array().into_iter().flatten().filter_map(Json::as_str) {
        let path = root().join("testdata").join(included);
        let Ok(text) = fs::read_to_string(path) else { continue };
        let (documents, _) = read_values(included, &text, &Limits::default());
        objects.extend(documents.iter().map(|document| serde_json::to_value(&document.value).unwrap()));
    }
    objects.extend(case["objects"].as_array().cloned().unwrap_or_default());
    objects
}

/// A request of a case in the form of `world`.
fn request_of(case: &Json) -> Json {
    let mut request = case.clone();
    if let Some(fields) = request.as_object_mut() {
        let headers: Vec<Json> = match fields.remove("headers") {
            Some(Json::Object(headers)) => {
                headers.into_iter().flat_map(|(name, value)| [name.into(), value]).collect()
            }
            Some(Json::Array(pairs)) => {
                pairs.into_iter().flat_map(|pair| pair.as_array().cloned().unwrap_or_default()).collect()
            }
            _ => Vec::new(),
        };
        if !headers.is_empty() {
            fields.insert("headers".to_owned(), headers.into());
        }
        if fields.get("gateway").is_none() && fields.get("service").is_none() {
            fields.insert("gateway".to_owned(), "infra/gw".into());
        }
    }
    request
}

/// A case as an input of `compiled` and `rebuild`.
fn input_of(case: &Json) -> Json {
    let asked = case["requests"].as_array().into_iter().flatten();
    let requests: Vec<_> = asked.map(|one| request_of(&one["request"])).collect();
    let mut input = json!({"objects": objects_of(case), "requests": requests});
    for key in ["controller", "choices"] {
        if !case["profile"][key].is_null() {
            input[key] = case["profile"][key].clone();
        }
    }
    if requests.is_empty() {
        input["statuses"] = true.into();
    }
    input
}

/// Cases about clusters.
fn inputs() -> impl Iterator<Item = (String, Json)> {
    let folders = ["matching", "act", "status", "examples"].into_iter().flat_map(cases);
    folders.map(|(name, case)| (name, input_of(&case)))
}

/// Small generated clusters with what is asked of them.
fn generated(count: u64) -> impl Iterator<Item = (String, Json)> {
    let small =
        Settings { gateways: 2, listeners: 3, listener_sets: 1, routes: 4, rules: 2, ..Settings::default() };
    let settings = [
        Settings { kinds: Settings::http().kinds, mesh: false, ..small.clone() },
        Settings { mesh: false, ..small.clone() },
        Settings { gateways: 1, listener_sets: 0, services: 85, ..small.clone() },
        Settings { kinds: Settings::connections().kinds, ..small },
    ];
    (0..count).flat_map(move |seed| {
        let mut sampler = sampler(seed);
        let drawn = settings.iter().enumerate().map(|(index, settings)| {
            let cluster = sampler.draw(&cluster(settings)).unwrap();
            (format!("generated-{seed}-{index}"), drawn(&cluster, &mut sampler))
        });
        drawn.collect::<Vec<_>>()
    })
}

fn drawn(cluster: &Cluster, sampler: &mut Sampler) -> Json {
    let place = |arrival: &gateway_oracle::Arrival| {
        let mut fields = match &arrival.target {
            Target::Gateway { namespace, name } => json!({"gateway": format!("{namespace}/{name}")}),
            Target::Service { namespace, name } => json!({"service": format!("{namespace}/{name}")}),
        };
        fields["port"] = arrival.port.into();
        if let Some(sni) = &arrival.sni {
            fields["sni"] = sni.as_str().into();
        }
        if let Some(client) = &arrival.client_namespace {
            fields["clientNamespace"] = client.as_str().into();
        }
        fields
    };
    let mut requests = Vec::new();
    for _ in 0..5 {
        let one = sampler.draw(&exchange(cluster)).unwrap();
        let mut fields = place(&one.arrival);
        fields["method"] = one.request.method.into();
        fields["host"] = one.request.authority.into();
        fields["path"] = one.request.path.into();
        if let Some(query) = one.request.query {
            fields["query"] = query.into();
        }
        let headers = one.request.headers.into_iter().flat_map(|(name, value)| [name, value]);
        fields["headers"] = headers.collect::<Vec<_>>().into();
        fields["draw"] = one.draw.into();
        requests.push(fields);
    }
    for _ in 0..2 {
        let dial = sampler.draw(&connection(cluster)).unwrap();
        let mut fields = place(&dial.arrival);
        fields["scheme"] = if dial.udp { "udp" } else { "tcp" }.into();
        fields["draw"] = dial.draw.into();
        requests.push(fields);
    }
    let objects: Vec<Json> = cluster.0.iter().map(|object| serde_json::to_value(object).unwrap()).collect();
    json!({"controller": CONTROLLER, "statuses": true, "objects": objects, "requests": requests})
}

/// Texts of manifests.
pub fn texts() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for folder in ["testdata", "examples", "gateway-manifest/testdata"] {
        for (name, text) in files(folder) {
            // A case each.
            for (index, part) in text.split_inclusive("\n---\n").enumerate() {
                seeds.push(Seed { name: format!("{name}-{index}"), bytes: part.as_bytes().to_vec() });
            }
        }
    }
    for (name, case) in cases("examples").chain(cases("status")).step_by(8) {
        let list = json!({"apiVersion": "v1", "kind": "List", "items": objects_of(&case)});
        seeds.push(Seed { name: format!("{name}.json"), bytes: list.to_string().into_bytes() });
    }
    seeds.retain(|seed| seed.bytes.len() <= LARGEST / 4);
    seeds
}

/// Objects, and changes of objects.
pub fn objects() -> Vec<Seed> {
    let validated = cases("validate").map(|(name, case)| {
        let object = case["object"].clone();
        let input = if case["old"].is_null() { object } else { json!({"old": case["old"], "new": object}) };
        (name, Tree::from(input))
    });
    let others = ["matching", "act", "status", "lint"].into_iter().flat_map(cases);
    let routed = others.flat_map(|(name, case)| {
        let objects = case["objects"].as_array().cloned().unwrap_or_default();
        let numbered = objects.into_iter().enumerate();
        numbered
            .map(move |(index, object)| (format!("{name}-{index}"), Tree::from(object)))
            .collect::<Vec<_>>()
    });
    let full = files("gateway-core/tests/model_full").into_iter().flat_map(|(name, text)| {
        let (documents, _) = read_values(&name, &text, &Limits::default());
        let numbered = documents.into_iter().enumerate();
        numbered
            .map(move |(index, document)| (format!("{name}-{index}"), Tree::from(&document.value)))
            .collect::<Vec<_>>()
    });
    seeds(validated.chain(routed).chain(full))
}

/// Clusters and requests.
pub fn clusters() -> Vec<Seed> {
    seeds(inputs().chain(generated(60)).map(|(name, input)| (name, Tree::from(input))))
}

/// Objects that come and go: those of a cluster, and other objects of the same names.
pub fn changes() -> Vec<Seed> {
    let variants =
        files("gateway-oracle/tests/rebuild").into_iter().find(|(name, _)| name.ends_with("variants.yaml"));
    let variants: Vec<Json> = variants
        .map(|(name, text)| read_values(&name, &text, &Limits::default()).0)
        .into_iter()
        .flatten()
        .map(|document| serde_json::to_value(&document.value).unwrap())
        .collect();
    let mut before: Vec<Json> = Vec::new();
    let mut number = 0_usize;
    let inputs = generated(30).chain(inputs().step_by(3)).map(move |(name, mut input)| {
        number += 1;
        let own = input["objects"].as_array().cloned().unwrap_or_default();
        let mut objects = own.clone();
        objects.extend(before.iter().take(12).cloned());
        objects.extend(variants.iter().cycle().skip(number * 5).take(5).cloned());
        before = own;
        // Every object once, a third of them removed, in batches of one to four.
        let count = objects.len();
        let mut steps = Vec::new();
        for step in 0..count.min(24) {
            let index = u8::try_from((step * 7 + number) % count).unwrap_or_default();
            if (step + number).is_multiple_of(3) {
                steps.push(b'-');
            }
            steps.push(index);
            if step.is_multiple_of(1 + number % 4) {
                steps.push(b'|');
            }
        }
        input["first"] = (count * 2 / 3).into();
        input["objects"] = objects.into();
        if number.is_multiple_of(5) {
            input["assume"] = json!(["ReferenceGrant", "XBackend", "ServiceImport", "XMesh"]);
        }
        let mut tree = Tree::from(input);
        if let Tree::Map(entries) = &mut tree {
            entries.push((b"steps".to_vec(), Tree::Text(steps)));
        }
        (name, tree)
    });
    seeds(inputs)
}

/// Paths, authorities and queries.
pub fn requests() -> Vec<Seed> {
    let mut texts: Vec<String> = Vec::new();
    for (_, input) in inputs() {
        for request in input["requests"].as_array().into_iter().flatten() {
            let parts = ["host", "path", "query", "sni"];
            texts.extend(parts.iter().filter_map(|key| request[*key].as_str()).map(str::to_owned));
        }
    }
    texts.extend(
        [
            "/a/./b/../c",
            "/%61%2f%7E/..",
            "//a%2f///b/",
            "/a%2fb//c/.",
            "[2001:db8::1]:80",
            "a+b=%41&c&=d",
            "a.test.:80",
        ]
        .map(str::to_owned),
    );
    texts.sort();
    texts.dedup();
    let numbered = texts.into_iter().enumerate();
    numbered.map(|(index, text)| Seed { name: format!("part-{index}"), bytes: text.into_bytes() }).collect()
}

/// The HTTPRoutes of cases, each with the requests of its case.
pub fn rules() -> Vec<Seed> {
    let routes = inputs().chain(generated(40)).flat_map(|(name, input)| {
        let objects = input["objects"].as_array().cloned().unwrap_or_default();
        let routes = objects.into_iter().filter(|object| object["kind"] == "HTTPRoute").enumerate();
        let inputs = routes.map(|(index, route)| {
            let mut requests = input["requests"].clone();
            for request in requests.as_array_mut().into_iter().flatten() {
                request["gateway"] = "infra/gw".into();
                request["port"] = [80, 443, 8080][index % 3].into();
            }
            let one = json!({"rules": route["spec"]["rules"], "requests": requests});
            (format!("{name}-{index}"), Tree::from(one))
        });
        inputs.collect::<Vec<_>>()
    });
    seeds(routes)
}

/// Regular expressions of cases, and those that cost the most.
pub fn patterns() -> Vec<Seed> {
    let mut patterns: Vec<String> = Vec::new();
    for (_, input) in inputs() {
        for object in input["objects"].as_array().into_iter().flatten() {
            expressions(object, &mut patterns);
        }
    }
    patterns.sort();
    patterns.dedup();
    patterns.extend(
        [
            "(?:[a-z]{100}){100}",
            "(a*)*b",
            "(.*a){20}",
            r"[\s\S]{1000}",
            r"\pL+",
            "(?i)/straße",
            "(?x)a # b",
            ".*.*.*=.*",
            "((a{1,30}){1,30}){1,30}",
            r"\bfoo\b",
            "(a|aa)+$",
            "[^/]+/[0-9]{4}-[0-9]{2}",
            "^/v[0-9]$",
            "(?P<x>a)|b",
        ]
        .map(str::to_owned),
    );
    let values = ["/a/b", "/v2", "", "/shop/cart/42", "aaaaaaaaaaaaaaaaaaaaaaaa", "/2024-01", "foo", "ab"];
    let chunks = patterns.chunks(2).enumerate();
    let inputs = chunks.map(|(index, patterns)| {
        let limit = [1 << 12, 1 << 16, 1 << 20][index % 3];
        (
            format!("patterns-{index}"),
            Tree::from(json!({"patterns": patterns, "values": values, "limit": limit})),
        )
    });
    seeds(inputs)
}

/// The values of everything in an object that is a regular expression.
fn expressions(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(fields) => {
            if value["type"] == "RegularExpression" {
                let texts = ["value", "service", "method"].iter().filter_map(|key| value[*key].as_str());
                found.extend(texts.map(str::to_owned));
            }
            fields.values().for_each(|field| expressions(field, found));
        }
        Json::Array(items) => items.iter().for_each(|item| expressions(item, found)),
        _ => {}
    }
}
