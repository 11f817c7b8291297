//! What can be found.

use alloc::string::String;
use core::fmt;

use crate::lint::Severity;

macro_rules! groups {
    ($($(#[$meta:meta])* $group:ident = $name:literal,)*) => {
        /// What a rule is about; a word of `gateway lint --only`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Group {
            $($(#[$meta])* $group,)*
        }

        impl Group {
            /// All groups.
            pub const ALL: &'static [Self] = &[$(Self::$group),*];

            /// The word of the group.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$group => $name,)*
                }
            }

            /// The group of that word.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|group| group.as_str() == name)
            }
        }
    };
}

groups! {
    /// The manifest itself: what cannot be read as meant.
    Manifest = "manifest",
    /// What the API server refuses.
    Validate = "validate",
    /// What the documentation forbids and nobody enforces (VAL-DOC).
    Documented = "documented",
    /// Conditions that are false.
    Status = "status",
    /// Rules and matches that never win.
    Shadow = "shadow",
    /// Routes and listeners that nothing connects.
    Attach = "attach",
    /// ReferenceGrants that nothing needs, or that permit too much.
    Grant = "grant",
    /// Backends that get no traffic.
    Backend = "backend",
    /// Hostnames without a certificate.
    Certificate = "certificate",
    /// Corners where the specification leaves a choice (AMBIG).
    Ambiguous = "ambiguous",
    /// Limits nearly reached.
    Limit = "limit",
    /// Hints about the input as a whole.
    Input = "input",
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A rule of the linter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintRule {
    /// Stable id.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad its findings are; a finding may be milder or worse where the rule's text says so.
    pub severity: Severity,
    /// One line for lists.
    pub title: String,
    /// Why it matters and what to do, in a few sentences.
    pub doc: String,
}
