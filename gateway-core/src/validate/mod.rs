//! What the Kubernetes API server would refuse, looking at one object and at what it was before.
//!
//! ```text
//! manifest ─▶ admit ──────────▶ structure ─▶ unique ─▶ ruling ─▶ problems
//!             prune, defaults    schema       lists     CEL rules
//! ```
//!
//! The order is the API server's (VAL-GEN-01), all problems are collected, and its words, paths and types
//! of error are kept, so that a problem reads as it would after `kubectl apply`. Everything works on the
//! [`Value`] of a manifest as read: typed objects can no longer tell absent from empty, nor hold a text
//! where a number belongs.
//!
//! The schemas are tables (`validate/schema`, one line per field with its MODEL id), the CEL rules are
//! small predicates (`validate/rules`, one item per VAL id). [`rules`] lists both. Checks of `metadata` are
//! Kubernetes' own and not part of the CRDs; their ids `VAL-META-..` are ours.
//!
//! Where the API server looks at an object several times, a [`Validator`] looks once: the status of a
//! manifest is checked with the rest, as an update of the status would check it, although the API server
//! ignores it when an object is created. An update is checked in full; that real servers let unchanged
//! mistakes pass is not imitated (VAL-GEN-14).

mod catalog;
mod check;
mod fullness;
mod pattern;
mod problem;
mod rules;
mod schema;
mod validation;

pub use catalog::{ValidationRule, rules};
pub use fullness::Fullness;
pub use problem::{Problem, ProblemKind};
pub use validation::Validation;

use alloc::vec::Vec;

use check::Checks;
use pattern::Patterns;

use crate::model::{Object, Value};

/// Which CRDs are installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The standard channel: what is stable.
    Standard,
    /// The experimental channel: everything.
    #[default]
    Experimental,
}

impl Channel {
    /// Both channels.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Experimental];

    /// The word of the CRDs' annotation `gateway.networking.k8s.io/channel`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Experimental => "experimental",
        }
    }
}

impl core::fmt::Display for Channel {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Checks objects as an API server with the CRDs of one channel would. Build it once, use it many times.
///
/// ```
/// use gateway_core::model::Value;
/// use gateway_core::validate::{Channel, Validator};
///
/// let text = |text: &str| Value::from(text);
/// let map = |entries: &[(&str, Value)]| {
///     Value::Map(entries.iter().map(|(key, value)| (key.to_string(), value.clone())).collect())
/// };
/// let class = map(&[
///     ("apiVersion", text("gateway.networking.k8s.io/v1")),
///     ("kind", text("GatewayClass")),
///     ("metadata", map(&[("name", text("internal"))])),
///     ("spec", map(&[("controllerName", text("no-path"))])),
/// ]);
/// let validation = Validator::new(Channel::Standard).create(&class);
/// assert_eq!(validation.problems.len(), 1);
/// assert_eq!(validation.problems[0].rule, "MODEL-GC-02");
/// assert_eq!(validation.problems[0].path.to_string(), "spec.controllerName");
/// ```
#[derive(Clone, Debug)]
pub struct Validator {
    channel: Channel,
    patterns: Patterns,
}

impl Validator {
    /// A validator for the CRDs of a channel.
    pub fn new(channel: Channel) -> Self {
        Self { channel, patterns: Patterns::new() }
    }

    /// The channel.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// Checks a new object.
    ///
    /// Objects of kinds that are not of the Gateway API have no problems and come back as they are.
    pub fn create(&self, manifest: &Value) -> Validation {
        self.checks().object(manifest, None)
    }

    /// Checks a change of an object; rules about changes hold only here (VAL-GEN-13).
    pub fn update(&self, old: &Value, new: &Value) -> Validation {
        self.checks().object(new, Some(old))
    }

    /// Checks a new object that was read already.
    pub fn create_object(&self, object: &Object) -> Validation {
        self.create(&object.to_value())
    }

    /// How full the lists and maps of an object are that have a greatest number of items, its status
    /// aside. Says nothing about kinds that are not of the Gateway API.
    pub fn fullness(&self, manifest: &Value) -> Vec<Fullness> {
        fullness::of(self.checks(), manifest)
    }

    fn checks(&self) -> Checks<'_> {
        Checks { channel: self.channel, patterns: &self.patterns }
    }
}

impl Default for Validator {
    fn default() -> Self {
        Self::new(Channel::default())
    }
}
