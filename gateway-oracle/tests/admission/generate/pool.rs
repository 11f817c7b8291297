//! Texts and numbers for every node of a schema: few, so that equal ones meet, and near its limits.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use crate::schema::{RulePlace, Schema};
use crate::structure;

/// Texts that some rule or pattern tells apart.
const TEXTS: &[&str] = &[
    "a",
    "b",
    "a-b",
    "example.com",
    "*.example.com",
    "",
    "A",
    "Foo",
    "foo",
    "x-foo",
    "a.b",
    "a_b",
    "a b",
    " a",
    "a\tb",
    "é",
    "a\n",
    "-a",
    "a-",
    "a..b",
    ".a",
    "1.2.3.4",
    "1.2.3.4:80",
    "01.2.3.4",
    "::1",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
    "*",
    "*.",
    "*.a",
    "*.*.a",
    "a.*.b",
    "*a.b",
    "*.-a",
    "*.1.2.3.4",
    "foo.*",
    "a.cluster.local",
    ".cluster.local",
    "/",
    "/a",
    "/a/",
    "//",
    "/a//b",
    "/./a",
    "/a/.",
    "/a/..",
    "/../a",
    "/%2f",
    "/%2F",
    "/%20",
    "/%zz",
    "/%",
    "/a#b",
    "/a?b",
    "/a b",
    "/é",
    "/a.b/..c",
    "/(a|b)",
    "a/b",
    "a/",
    "/b/c",
    "example.com/a",
    "example.com/a/b",
    "Example.com/a",
    "example.com/_a",
    "example.com/",
    "0s",
    "1s",
    "10s",
    "60s",
    "1m",
    "1h",
    "59m59s",
    "60m",
    "61m",
    "1h1ms",
    "999ms",
    "1000ms",
    "0ms",
    "100us",
    "500ns",
    "0.5s",
    "1d",
    "1h30m10s5ms",
    "1h1h1h1h1h",
    "123456s",
    "-1s",
    "http://a.com",
    "https://*",
    "https://*.a.com:443",
    "http://a.com:",
    "http://a.com/b",
    "http://*a",
    "https://a.com:111111",
    "null",
    "a.com",
    "HTTP",
    "HTTPS",
    "TLS",
    "TCP",
    "UDP",
    "Terminate",
    "Passthrough",
    "IPAddress",
    "Hostname",
    "NamedAddress",
    "Service",
    "Gateway",
    "Secret",
    "ConfigMap",
    "GET",
    "Get",
    "System",
    "URI",
    "spiffe://a.b/c",
    "spiffe:",
    "a:b",
    "http:",
    "::",
    "service.v1",
    ".a.b.C",
    "a.B",
    "a_B.c1",
    "1a",
    "a1",
    "_a",
    "A1_",
    "a/b.c",
    "2024-01-02T03:04:05Z",
    "2024-01-02",
    "2023-02-29T00:00:00Z",
    "Accepted",
    "True",
    "Unknown",
    "maybe",
    "gateway.networking.k8s.io",
    "\"q\"",
    "a&<b>",
    "100",
    "k8s.io",
    "a.b.c/d.e_f-g",
    "/a.b",
    "--",
    "a--b",
    "\u{7f}",
];

/// Lengths around the limits of the schemas.
const LENGTHS: &[usize] = &[63, 64, 253, 254, 255, 256, 316, 317, 1024, 1025, 4096, 4097];

/// What a node is filled with.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    /// Values of that very field in the seeds that fit.
    pub(crate) seen: Vec<Json>,
    /// Values that fit and that a rule about the field or what it is in speaks of.
    pub(crate) spoken_of: Vec<Json>,
    /// Values that fit the schema.
    pub(crate) fit: Vec<Json>,
    /// Values of the right type that do not.
    pub(crate) unfit: Vec<Json>,
}

/// The pools of all scalars of a schema, by node.
#[derive(Debug, Default)]
pub(crate) struct Pools {
    by_node: HashMap<usize, Pool>,
    none: Pool,
}

fn key(schema: &Schema) -> usize {
    std::ptr::from_ref(schema) as usize
}

/// The texts that a rule compares with.
fn words_of(rule: &str) -> Vec<String> {
    let quoted = rule.split('\'').skip(1).step_by(2);
    quoted.filter(|word| word.len() < 20 && !word.contains('^')).map(str::to_owned).collect()
}

impl Pools {
    /// The pools of a schema, with what the seeds have in its fields.
    pub(crate) fn new(schema: &Schema, rules: &[RulePlace], seeds: &[Json]) -> Self {
        let mut texts: Vec<Json> = TEXTS.iter().map(|text| json!(text)).collect();
        for length in LENGTHS {
            texts.push(json!("a".repeat(*length)));
            texts.push(json!(format!("/{}", "a".repeat(length - 1))));
        }
        // A prefix of 252 and of 253 characters in a key.
        let long = format!("{}.{}.{}.{}", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(60));
        texts.extend([
            json!(format!("{long}/x")),
            json!(format!("{long}e/x")),
            json!(format!("a/{}", "b".repeat(63))),
        ]);
        texts.push(json!(format!("a/{}", "b".repeat(64))));
        let mut pools = Self::default();
        pools.add(schema, &texts, rules, &[]);
        for seed in seeds {
            pools.harvest(schema, seed);
        }
        pools
    }

    /// The pool of a node.
    pub(crate) fn of(&self, schema: &Schema) -> &Pool {
        self.by_node.get(&key(schema)).unwrap_or(&self.none)
    }

    fn add(&mut self, schema: &Schema, texts: &[Json], rules: &[RulePlace], words: &[String]) {
        let mut words = words.to_vec();
        for rule in &schema.rules {
            words.extend(words_of(&rules[rule.number].text));
        }
        words.sort();
        words.dedup();
        let candidates = match schema.json_type.as_deref() {
            Some("string") if schema.choices.is_empty() => texts.to_vec(),
            Some("string") => {
                schema.choices.iter().cloned().chain(["", "Bogus", "get"].map(Json::from)).collect()
            }
            Some("integer") => {
                let near =
                    |limit: Option<i64>| limit.into_iter().flat_map(|limit| [limit - 1, limit, limit + 1]);
                let usual = [0, 1, 2, 80, 100, 443, -1, 500, 503, 8080, 2_147_483_648];
                near(schema.minimum).chain(near(schema.maximum)).chain(usual).map(Json::from).collect()
            }
            _ => Vec::new(),
        };
        let (fit, unfit) =
            candidates.into_iter().partition(|value| structure::check(schema, value, "").problems.is_empty());
        let mut spoken_of: Vec<Json> = match schema.json_type.as_deref() {
            Some("string") => words
                .iter()
                .flat_map(|word| {
                    [word.clone(), format!("/a{word}"), format!("/a{word}/b"), format!("a{word}")]
                })
                .map(Json::from)
                .collect(),
            _ => Vec::new(),
        };
        spoken_of.retain(|value| structure::check(schema, value, "").problems.is_empty());
        self.by_node.insert(key(schema), Pool { seen: Vec::new(), spoken_of, fit, unfit });
        for below in
            schema.properties.values().chain(schema.items.as_deref()).chain(schema.additional.as_deref())
        {
            self.add(below, texts, rules, &words);
        }
    }

    fn harvest(&mut self, schema: &Schema, value: &Json) {
        match value {
            Json::Object(fields) => {
                for (name, value) in fields {
                    if let Some(schema) = schema.properties.get(name).or(schema.additional.as_deref()) {
                        self.harvest(schema, value);
                    }
                }
            }
            Json::Array(elements) => {
                if let Some(items) = &schema.items {
                    for element in elements {
                        self.harvest(items, element);
                    }
                }
            }
            Json::String(_) | Json::Number(_) if structure::check(schema, value, "").problems.is_empty() => {
                let seen = &mut self.by_node.get_mut(&key(schema)).unwrap().seen;
                if seen.len() < 12 && !seen.contains(value) {
                    seen.push(value.clone());
                }
            }
            _ => {}
        }
    }
}
