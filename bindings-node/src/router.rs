//! `Router`.

use std::sync::Arc;

use gateway_ask::findings::{DOCS, JsonFinding};
use gateway_ask::{RequestSpec, World, route_key};
use gateway_core::status::ObjectStatus;
use gateway_core::validate::Problem;
use gateway_core::{ObjectKey, Request, Router};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi_derive::napi;
use serde::Serialize;

use crate::arrival::NativeArrival;
use crate::failure::{Failure, guard, json, pretty};
use crate::options::{looking, profile};
use crate::outcome::Outcomes;
use crate::snapshot::{KeyJson, NativeSnapshot, key_json};
use crate::task::{Work, later};
use crate::validate::validator;
use crate::{batch, share, world};

/// A router, and what it was built from.
pub(crate) struct Built {
    built: gateway_ask::Built,
    pub(crate) outcomes: Outcomes,
}

impl Built {
    fn build(world: World, options: Option<&str>) -> Result<NativeRouter, Failure> {
        Ok(Self::router_of(gateway_ask::Built::new(world, &profile(options)?)?))
    }

    fn rebuild(&self, world: World) -> Result<NativeRouter, Failure> {
        Ok(Self::router_of(self.built.rebuild(world)?))
    }

    fn router_of(built: gateway_ask::Built) -> NativeRouter {
        NativeRouter { built: Arc::new(Self { built, outcomes: Outcomes::default() }) }
    }

    pub(crate) fn router(&self) -> &Router {
        self.built.router()
    }

    fn outcome(&self, asked: &RequestSpec) -> Result<Option<u32>, Failure> {
        if asked.scheme.connection().is_some() {
            return Ok(None);
        }
        let (door, arrival) = asked.place(self.router(), &asked.host)?;
        let id = |view: &Request<'_>| self.outcomes.id(&door.route(&arrival, view, asked.draw), view);
        asked.with_view(id).map(Some)
    }

    /// Findings as `gateway lint -o json` prints them.
    fn lint(&self, old: Option<&World>, options: Option<&str>) -> Result<String, Failure> {
        let found = world::findings(self.built.world(), self.router(), old, &looking(options)?);
        pretty(&found.iter().map(|finding| JsonFinding::new(finding, DOCS)).collect::<Vec<_>>())
    }
}

/// A built snapshot.
#[napi]
pub struct NativeRouter {
    pub(crate) built: Arc<Built>,
}

/// Why the API server would refuse an object.
#[derive(Serialize)]
pub(crate) struct ProblemJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    rule: &'a str,
    path: String,
    message: String,
}

impl<'a> ProblemJson<'a> {
    pub(crate) fn new(object: Option<&ObjectKey>, problem: &'a Problem) -> Self {
        Self {
            object: object.map(ToString::to_string),
            rule: problem.rule,
            path: problem.path.to_string(),
            message: problem.message(),
        }
    }
}

/// The statuses that are not what they were.
#[derive(Serialize)]
struct ChangesJson<'a> {
    changed: &'a [ObjectStatus],
    removed: Vec<KeyJson<'a>>,
}

#[napi]
impl NativeRouter {
    /// Builds.
    #[napi(factory)]
    pub fn build(snapshot: &NativeSnapshot, options: Option<String>) -> napi::Result<Self> {
        guard(|| Built::build(snapshot.world.clone(), options.as_deref()))
    }

    /// Builds on another thread.
    #[napi(ts_return_type = "Promise<NativeRouter>")]
    pub fn build_async(snapshot: &NativeSnapshot, options: Option<String>) -> AsyncTask<Work<NativeRouter>> {
        let world = snapshot.world.clone();
        later(move || Built::build(world, options.as_deref()))
    }

    /// Builds for a snapshot that has changed.
    #[napi]
    pub fn rebuild(&self, snapshot: &NativeSnapshot) -> napi::Result<Self> {
        guard(|| self.built.rebuild(snapshot.world.clone()))
    }

    /// The same on another thread.
    #[napi(ts_return_type = "Promise<NativeRouter>")]
    pub fn rebuild_async(&self, snapshot: &NativeSnapshot) -> AsyncTask<Work<NativeRouter>> {
        let (built, world) = (Arc::clone(&self.built), snapshot.world.clone());
        later(move || built.rebuild(world))
    }

    /// The router that another worker shares.
    #[napi]
    pub fn shared(id: u32) -> napi::Result<NativeRouter> {
        guard(|| Ok(Self { built: share::shared(id)? }))
    }

    /// The number under which other workers find this router.
    #[napi]
    pub fn share(&self) -> u32 {
        share::share(&self.built)
    }

    /// The names of all Gateways that are ours.
    #[napi]
    pub fn gateways(&self) -> Vec<String> {
        self.built.router().gateways().map(ToString::to_string).collect()
    }

    /// All statuses, as `gateway status -o json` prints them.
    #[napi]
    pub fn statuses(&self) -> napi::Result<String> {
        guard(|| pretty(&self.built.router().statuses()))
    }

    /// The statuses that are not what they were in another router.
    #[napi]
    pub fn status_changes_since(&self, old: &NativeRouter) -> napi::Result<String> {
        guard(|| {
            let changes = self.built.router().status_changes_since(old.built.router());
            let removed = changes.removed.iter().map(|key| key_json(key, None)).collect();
            json(&ChangesJson { changed: &changes.changed, removed })
        })
    }

    /// What the API server would refuse.
    #[napi]
    pub fn problems(&self, standard: bool) -> napi::Result<String> {
        guard(|| {
            let problems = self.built.built.world().snapshot().problems(validator(standard));
            let pairs =
                problems.iter().flat_map(|(key, problems)| problems.iter().map(move |one| (key, one)));
            json(&pairs.map(|(key, problem)| ProblemJson::new(Some(key), problem)).collect::<Vec<_>>())
        })
    }

    /// Everything that is wrong, as `gateway lint -o json` prints it.
    #[napi]
    pub fn lint(&self, old: Option<&NativeSnapshot>, options: Option<String>) -> napi::Result<String> {
        guard(|| self.built.lint(old.map(|old| &old.world), options.as_deref()))
    }

    /// The same on another thread.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn lint_async(
        &self,
        old: Option<&NativeSnapshot>,
        options: Option<String>,
    ) -> AsyncTask<Work<String>> {
        let (built, old) = (Arc::clone(&self.built), old.map(|old| old.world.clone()));
        later(move || built.lint(old.as_ref(), options.as_deref()))
    }

    /// The decision for a request or a connection.
    #[napi]
    pub fn route(&self, line: String) -> napi::Result<String> {
        guard(|| json(&batch::request(line.as_bytes())?.decide(self.built.router())?))
    }

    /// The decision, and everything that was considered.
    #[napi]
    pub fn explain(&self, line: String) -> napi::Result<String> {
        guard(|| pretty(&batch::request(line.as_bytes())?.explain(self.built.router())?))
    }

    /// Why a Route is attached or not; nothing when there is no such Route.
    #[napi]
    pub fn explain_route(&self, name: String) -> napi::Result<Option<String>> {
        guard(|| self.built.router().explain_route(&route_key(&name)?).as_ref().map(pretty).transpose())
    }

    /// Finds the Gateway of a connection.
    #[napi]
    pub fn arrive(&self, line: String) -> napi::Result<NativeArrival> {
        guard(|| NativeArrival::new(&self.built, batch::request(line.as_bytes())?))
    }

    /// Decides about requests.
    #[napi]
    pub fn route_list(&self, requests: Vec<String>) -> napi::Result<String> {
        guard(|| batch::list(self.built.router(), &requests))
    }

    /// Decides about requests on another thread.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn route_list_async(&self, requests: Vec<String>) -> AsyncTask<Work<String>> {
        let built = Arc::clone(&self.built);
        later(move || batch::list(built.router(), &requests))
    }

    /// Decides about JSON lines.
    #[napi]
    pub fn route_lines(&self, lines: &[u8]) -> napi::Result<Buffer> {
        guard(|| Ok(batch::lines(self.built.router(), lines)?.into()))
    }

    /// Decides about JSON lines on another thread.
    #[napi(ts_return_type = "Promise<Buffer>")]
    pub fn route_lines_async(&self, lines: &[u8]) -> AsyncTask<Work<Buffer>> {
        let (built, lines) = (Arc::clone(&self.built), lines.to_vec());
        later(move || Ok(batch::lines(built.router(), &lines)?.into()))
    }

    /// The number of the outcome for a request; nothing for a connection.
    #[napi]
    pub fn outcome(&self, line: String) -> napi::Result<Option<u32>> {
        guard(|| self.built.outcome(&batch::request(line.as_bytes())?))
    }

    /// An outcome by its number.
    #[napi]
    pub fn outcome_text(&self, id: u32) -> Option<String> {
        self.built.outcomes.text(id)
    }
}
