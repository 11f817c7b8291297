//! The rules of the CRDs that are not limits of a single field (rules 02 section 3).
//!
//! Each is one item with its id, the message users see, a line of documentation and a predicate over the
//! value it stands at; where that is, the tables of `validate/schema` say. The predicates mean what the CEL
//! texts of the CRDs mean, down to what those do with absent fields.

pub(super) mod backend_ref;
pub(super) mod backend_tls;
mod duration;
pub(super) mod experimental;
pub(super) mod filter_bodies;
pub(super) mod filters;
pub(super) mod gateway;
pub(super) mod gateway_class;
pub(super) mod grpc;
pub(super) mod http_path;
pub(super) mod http_rule;
pub(super) mod listener;
pub(super) mod parent_refs;
pub(super) mod tls_hostnames;
mod view;

use super::Channel;
use super::pattern::Patterns;
use crate::model::Value;

/// Something that must hold of a value.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    /// The only channel that has the rule; `None` for both.
    pub(super) only: Option<Channel>,
    /// The message of the CRD, verbatim.
    pub(super) message: &'static str,
    pub(super) doc: &'static str,
    pub(super) check: Check,
}

/// How to find out whether a rule holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// From the value.
    Now(fn(&Value, &Patterns) -> bool),
    /// From the value, unless evaluation ends in an error (VAL-GEN-12).
    Fallible(fn(&Value) -> Result<bool, &'static str>),
    /// From the value before and after a change (VAL-GEN-13).
    Change(fn(&Value, &Value) -> bool),
}

impl Rule {
    /// A rule of both channels.
    const fn new(
        id: &'static str,
        message: &'static str,
        doc: &'static str,
        holds: fn(&Value, &Patterns) -> bool,
    ) -> Self {
        Self { id, only: None, message, doc, check: Check::Now(holds) }
    }

    /// A rule of both channels whose evaluation may end in an error.
    const fn fallible(
        id: &'static str,
        message: &'static str,
        doc: &'static str,
        holds: fn(&Value) -> Result<bool, &'static str>,
    ) -> Self {
        Self { id, only: None, message, doc, check: Check::Fallible(holds) }
    }

    /// The same rule, of one channel only.
    const fn only(self, channel: Channel) -> Self {
        Self { only: Some(channel), ..self }
    }

    /// Whether a channel has the rule.
    pub(super) fn is_in(&self, channel: Channel) -> bool {
        self.only.is_none_or(|only| only == channel)
    }
}
