//! The ways to fail. Each is one line that says what to do.

use std::io;

use gateway_ask::AskError;
use gateway_core::BuildError;
use gateway_manifest::ManifestError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CliError {
    /// The question cannot be answered.
    #[error("{0}{hint}", hint = hint(.0))]
    Ask(#[from] AskError),
    /// A manifest cannot be read at all.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// With `--strict`, something is wrong with the manifests.
    #[error("--strict is set and there are {count} errors in the manifests; correct them")]
    Strict {
        /// How many errors there are.
        count: usize,
    },
    /// Only one thing can be read from stdin.
    #[error("stdin is asked for twice; name a file for the manifests or for the requests")]
    StdinTwice,
    /// The settings of the linter cannot be used.
    #[error("settings `{name}`: {why}")]
    Config {
        /// The path as given.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Some lines of `--requests` could not be answered.
    #[error("{count} of {total} requests were not answered; the first is line {line}: {why}")]
    Lines {
        /// How many.
        count: usize,
        /// Of how many.
        total: usize,
        /// The first of them, counted from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The requests cannot be read.
    #[error("requests `{name}` cannot be read: {error}")]
    Requests {
        /// The path as given.
        name: String,
        /// What the operating system says.
        error: io::Error,
    },
    /// The engine refuses the input as a whole.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Output(io::Error),
}

/// The option of the command that helps.
fn hint(error: &AskError) -> &'static str {
    match error {
        AskError::UnknownRule { .. } => " (`gateway lint --list-rules` prints them)",
        AskError::NoGateway => " (--assume GatewayClass)",
        AskError::ManyGateways { .. } => " (--gateway NAMESPACE/NAME)",
        _ => "",
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
