//! Requests for a configuration: four of five hit a rule, in random order.

use gateway_core::Request;

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

impl RuleSpec {
    /// A request with all that the rule asks for but the path, and with headers that no rule asks for.
    pub fn sample(&self, path: String) -> Sample {
        let headers = [
            ("accept", "application/json"),
            ("user-agent", "curl/8.5.0"),
            ("x-request-id", "5f2c1f9e-7a30-4d7e-9df1-58a5f0b0a001"),
            ("accept-encoding", "gzip, br"),
        ];
        let own = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers = headers.into_iter().chain(own);
        Sample {
            method: self.method.unwrap_or("GET"),
            host: self.host.replace('*', "shop"),
            path,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        }
    }
}

/// So many requests.
pub fn samples(rules: &[RuleSpec], number: usize) -> Vec<Sample> {
    let mut random = Random(99);
    let sample = |_| {
        let spec = &rules[random.below(rules.len())];
        let mut path = spec.example.clone();
        if path.len() > 1 && random.below(2) == 0 {
            path.push_str("/items/17");
        }
        let mut sample = spec.sample(path);
        if random.below(5) == 0 {
            // A miss: another host, or another element in the middle of the path.
            match random.below(2) {
                0 => sample.host.insert_str(0, "no-"),
                _ => sample.path = sample.path.replacen('/', "/x", 2),
            }
        }
        sample
    };
    (0..number).map(sample).collect()
}

/// Views of the parts of requests; `headers` has one list for each of them.
pub fn parts<'s>(samples: &'s [Sample], headers: &'s [Vec<(&'s [u8], &'s [u8])>]) -> Vec<Request<'s>> {
    let request = |(sample, headers): (&'s Sample, &'s Vec<_>)| Request {
        method: sample.method.as_bytes(),
        authority: sample.host.as_bytes(),
        path: sample.path.as_bytes(),
        headers,
        ..Request::default()
    };
    samples.iter().zip(headers).map(request).collect()
}

/// The same as requests of the http crate, as a server of HTTP/1 makes them.
///
/// # Panics
///
/// When one cannot be made.
pub fn http_requests(samples: &[Sample]) -> Vec<http::Request<()>> {
    let request = |sample: &Sample| {
        let mut request = http::Request::builder().method(sample.method).uri(&sample.path);
        request = request.header("host", &sample.host);
        for (name, value) in &sample.headers {
            request = request.header(name, value);
        }
        request.body(()).expect("the parts are valid")
    };
    samples.iter().map(request).collect()
}
