//! Requests for a configuration: four of five hit a rule, in random order.

use crate::shape::{Random, RuleSpec};

/// A request as its parts.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The method.
    pub method: &'static str,
    /// The host.
    pub host: String,
    /// The path.
    pub path: String,
    /// Headers, also such that no rule asks for.
    pub headers: Vec<(String, String)>,
}

impl Sample {
    /// The headers as bytes.
    pub fn header_bytes(&self) -> Vec<(&[u8], &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect()
    }
}

/// So many requests.
pub fn samples(rules: &[RuleSpec], number: usize) -> Vec<Sample> {
    let mut random = Random(99);
    let sample = |_| {
        let spec = &rules[random.below(rules.len())];
        let host = spec.host.replace('*', "shop");
        let mut path = spec.example.clone();
        if path.len() > 1 && random.below(2) == 0 {
            path.push_str("/items/17");
        }
        let mut headers: Vec<(String, String)> = [
            ("accept", "application/json"),
            ("user-agent", "curl/8.5.0"),
            ("x-request-id", "5f2c1f9e-7a30-4d7e-9df1-58a5f0b0a001"),
            ("accept-encoding", "gzip, br"),
        ]
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .to_vec();
        headers.extend(spec.headers.iter().map(|(name, value)| ((*name).to_string(), value.clone())));
        let (mut host, mut path) = (host, path);
        if random.below(5) == 0 {
            // A miss: another host, or another element in the middle of the path.
            match random.below(2) {
                0 => host.insert_str(0, "no-"),
                _ => path = path.replacen("/", "/x", 2),
            }
        }
        Sample { method: spec.method.unwrap_or("GET"), host, path, headers }
    };
    (0..number).map(sample).collect()
}
