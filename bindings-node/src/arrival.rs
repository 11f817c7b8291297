//! `Arrival`: one connection, many requests, each given by its parts.

use std::sync::Arc;

use gateway_ask::RequestSpec;
use gateway_core::{Decision, Request};
use napi_derive::napi;

use crate::failure::{Failure, guard, json};
use crate::router::Built;

/// Where requests come in.
#[napi]
pub struct NativeArrival {
    built: Arc<Built>,
    /// The namespace and name of the Gateway.
    gateway: (String, String),
    /// What all requests have in common.
    common: RequestSpec,
}

impl NativeArrival {
    pub(crate) fn new(built: &Arc<Built>, common: RequestSpec) -> Result<Self, Failure> {
        let name = &common.table(&built.router)?.name;
        let gateway = (name.namespace.clone(), name.name.clone());
        Ok(Self { built: Arc::clone(built), gateway, common })
    }

    /// Decides about a request, and hands out what the decision borrows from.
    fn decide<T>(
        &self,
        [method, host, target]: [String; 3],
        headers: Option<Vec<String>>,
        [low, high]: [u32; 2],
        then: impl FnOnce(&Decision<'_>, &Request<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
            None => (target, None),
        };
        let request = RequestSpec {
            gateway: None,
            port: self.common.port,
            sni: self.common.sni.clone(),
            scheme: self.common.scheme,
            method,
            host,
            path,
            query,
            headers: pairs(headers)?,
            draw: u64::from(high) << 32 | u64::from(low),
        };
        let router = &self.built.router;
        let gateway = router.gateway(&self.gateway.0, &self.gateway.1);
        let gateway = gateway.ok_or_else(|| Failure::Panic("the Gateway is gone".to_owned()))?;
        let arrived = router.arrive(gateway, &request.arrival(gateway));
        request.with_view(|view| then(&router.route(arrived, view, request.draw), view))
    }
}

/// Names and values that alternate, as pairs.
fn pairs(headers: Option<Vec<String>>) -> Result<Vec<(String, String)>, Failure> {
    let mut headers = headers.unwrap_or_default().into_iter();
    let mut pairs = Vec::with_capacity(headers.len() / 2);
    while let Some(name) = headers.next() {
        let value = headers.next();
        let value = value.ok_or_else(|| Failure::Argument(format!("headers: `{name}` has no value")))?;
        pairs.push((name, value));
    }
    Ok(pairs)
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
            self.decide([method, host, target], headers, [low, high], |decision, request| {
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
            self.decide([method, host, target], headers, [low, high], |decision, request| {
                self.built.outcomes.id(decision, request)
            })
        })
    }

    /// What becomes of the connection itself, as JSON.
    #[napi]
    pub fn connect(&self, low: u32, high: u32) -> napi::Result<String> {
        guard(|| {
            let router = &self.built.router;
            let gateway = router.gateway(&self.gateway.0, &self.gateway.1);
            let gateway = gateway.ok_or_else(|| Failure::Panic("the Gateway is gone".to_owned()))?;
            let arrived = router.arrive(gateway, &self.common.arrival(gateway));
            json(&router.connect(arrived, u64::from(high) << 32 | u64::from(low)).report())
        })
    }
}
