//! The parts of a decision that many requests share: few, so that JavaScript keeps them.

use std::collections::HashMap;
use std::ptr;
use std::sync::{PoisonError, RwLock};

use gateway_core::act::{BackendReport, DecisionReport, ReportNames};
use gateway_core::{Decision, RequestView};
use serde::Serialize;

use crate::failure::{Failure, json};

/// Listener, entry and backend by address, which do not move while their router lives; then what else
/// answers differ in.
type Key = (usize, usize, usize, u16, Option<u8>, &'static str);

/// All outcomes that were asked for.
#[derive(Default)]
pub(crate) struct Outcomes(RwLock<Known>);

#[derive(Default)]
struct Known {
    ids: HashMap<Key, u32>,
    texts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutcomeJson {
    decision: &'static str,
    #[serde(flatten)]
    names: ReportNames,
    #[serde(skip_serializing_if = "Option::is_none")]
    backend: Option<BackendReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grpc_status: Option<u8>,
}

impl Outcomes {
    /// The number of the outcome of a decision.
    pub(crate) fn id(&self, decision: &Decision<'_>, request: &impl RequestView) -> Result<u32, Failure> {
        let key = key(decision);
        if let Some(id) = self.0.read().unwrap_or_else(PoisonError::into_inner).ids.get(&key) {
            return Ok(*id);
        }
        let text = json(&outcome(decision.report(request)))?;
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(known.texts.len()).map_err(|error| Failure::Panic(error.to_string()))?;
        let id = *known.ids.entry(key).or_insert(next);
        if id == next {
            known.texts.push(text);
        }
        Ok(id)
    }

    /// An outcome as JSON.
    pub(crate) fn text(&self, id: u32) -> Option<String> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).texts.get(id as usize).cloned()
    }
}

fn address<T>(of: &T) -> usize {
    ptr::from_ref(of).addr()
}

fn key(decision: &Decision<'_>) -> Key {
    match decision {
        Decision::Forward(it) => (address(it.listener), address(it.entry), address(it.backend), 0, None, ""),
        Decision::Redirect(it) => (address(it.listener), address(it.entry), 0, it.status(), None, ""),
        Decision::Respond(it) => {
            let (listener, entry) = (it.listener.map_or(0, address), it.entry.map_or(0, address));
            (listener, entry, 0, it.status, it.grpc_status, it.reason.as_str())
        }
    }
}

fn outcome(report: DecisionReport) -> OutcomeJson {
    let of = |decision, names| OutcomeJson {
        decision,
        names,
        backend: None,
        status: None,
        reason: None,
        grpc_status: None,
    };
    match report {
        DecisionReport::Forward(it) => OutcomeJson { backend: Some(it.backend), ..of("forward", it.names) },
        DecisionReport::Redirect(it) => OutcomeJson { status: Some(it.status), ..of("redirect", it.names) },
        DecisionReport::Respond(it) => OutcomeJson {
            status: Some(it.status),
            reason: Some(it.reason),
            grpc_status: it.grpc_status,
            ..of("respond", it.names)
        },
    }
}
