//! `Arrival`: one connection, many requests, each given by its parts.

use std::sync::Arc;

use gateway_ask::{Door, RequestSpec};
use gateway_core::{Decision, Entrance, Request};
use napi_derive::napi;

use crate::failure::{Failure, guard, json};
use crate::router::Built;

/// Where requests come in.
#[napi]
pub struct NativeArrival {
    built: Arc<Built>,
    /// What all requests have in common; names the Gateway or Service.
    common: RequestSpec,
}

impl NativeArrival {
    pub(crate) fn new(built: &Arc<Built>, common: RequestSpec) -> Result<Self, Failure> {
        let gateway = match Door::of(built.router(), &common)?.entrance() {
            Entrance::Gateway(gateway) => Some(gateway.name.to_string()),
            Entrance::Service(_) => None,
        };
        // Each request brings its own.
        let [method, path] = [String::new(), String::new()];
        let common = RequestSpec { gateway, method, path, ..common };
        Ok(Self { built: Arc::clone(built), common })
    }

    /// Decides about a request, and hands out what the decision borrows from.
    fn decide<T>(
        &self,
        [method, host, target]: [String; 3],
        headers: Option<Vec<String>>,
        draw: u64,
        then: impl FnOnce(&Decision<'_>, &Request<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (path, query) = gateway_ask::target(&target, None)?;
        let headers = pairs(headers.as_deref().unwrap_or_default())?;
        let (door, arrival) = self.common.place(self.built.router(), &host)?;
        let request = Request {
            method: method.as_bytes(),
            scheme: Some(self.common.scheme.as_str().as_bytes()),
            authority: host.as_bytes(),
            path: path.as_bytes(),
            query: query.map(str::as_bytes),
            headers: &headers,
        };
        then(&door.route(&arrival, &request, draw), &request)
    }
}

/// A draw, whose halves cross the border as numbers that JavaScript has exactly.
fn draw(low: u32, high: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// Name and value of a header.
type Pair<'a> = (&'a [u8], &'a [u8]);

/// Names and values that alternate, as pairs.
fn pairs(headers: &[String]) -> Result<Vec<Pair<'_>>, Failure> {
    fn pair(pair: &[String]) -> Result<Pair<'_>, Failure> {
        match pair {
            [name, value] => Ok((name.as_bytes(), value.as_bytes())),
            _ => Err(Failure::Argument(format!("headers: `{}` has no value", pair.concat()))),
        }
    }
    headers.chunks(2).map(pair).collect()
}

#[napi]
impl NativeArrival {
    /// The decision as JSON.
    #[napi]
    pub fn route(
        &self,
        method: String,
        host: String,
        target: String,
        headers: Option<Vec<String>>,
        low: u32,
        high: u32,
    ) -> napi::Result<String> {
        guard(|| {
            self.decide([method, host, target], headers, draw(low, high), |decision, request| {
                json(&decision.report(request))
            })
        })
    }

    /// The number of the outcome.
    #[napi]
    pub fn outcome(
        &self,
        method: String,
        host: String,
        target: String,
        headers: Option<Vec<String>>,
        low: u32,
        high: u32,
    ) -> napi::Result<u32> {
        guard(|| {
            self.decide([method, host, target], headers, draw(low, high), |decision, request| {
                self.built.outcomes.id(decision, request)
            })
        })
    }

    /// What becomes of the connection itself, as JSON.
    #[napi]
    pub fn connect(&self, low: u32, high: u32) -> napi::Result<String> {
        guard(|| {
            let (door, arrival) = self.common.place(self.built.router(), &self.common.host)?;
            json(&door.connect(&arrival, draw(low, high)).report())
        })
    }
}
