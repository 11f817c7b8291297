//! How the process ends.

use std::process::ExitCode;

/// What the caller's script learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All is well.
    Good = 0,
    /// The answer is a negative one.
    Findings = 1,
    /// The question or the input cannot be used.
    Unusable = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
