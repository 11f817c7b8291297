//! The ways to fail. Each is one line that says what to do.

use std::io;

use gateway_core::BuildError;
use gateway_manifest::ManifestError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CliError {
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
    /// The profile cannot be used.
    #[error("profile `{name}`: {why}")]
    Profile {
        /// The name or path of the profile.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// The settings of the linter cannot be used.
    #[error("settings `{name}`: {why}")]
    Config {
        /// The path as given.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A word of `--only` or `--ignore` names nothing.
    #[error(
        "`{word}` is neither a rule nor a group; `gateway lint --list-rules` lists the rules, the groups are {groups}"
    )]
    UnknownRule {
        /// The word as given.
        word: String,
        /// The groups.
        groups: String,
    },
    /// The URL cannot be used.
    #[error("URL `{url}`: {why}")]
    Url {
        /// The URL as given.
        url: String,
        /// What is wrong, and what to do.
        why: &'static str,
    },
    /// A header cannot be used.
    #[error("header `{header}`: write it as 'Name: value'")]
    Header {
        /// The header as given.
        header: String,
    },
    /// A request cannot be used.
    #[error("{0}")]
    Request(String),
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
    /// There is no Gateway to send the request to.
    #[error(
        "no Gateway in the input is ours; add a Gateway and its GatewayClass, or try --assume GatewayClass"
    )]
    NoGateway,
    /// The Gateway that was asked for is not there, or not ours.
    #[error("Gateway {name} is not in the input, or not ours; there is {known}")]
    UnknownGateway {
        /// The one asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// The Service that was asked for is not there, or the controller runs no mesh.
    #[error("Service {name} is not in the input, or the controller runs no mesh; there is {known}")]
    UnknownService {
        /// The one asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// It is not clear which Gateway is meant.
    #[error("{count} Gateways {why} port {port}; choose with --gateway: {names}")]
    ManyGateways {
        /// How many there are.
        count: usize,
        /// Whether they listen there.
        why: &'static str,
        /// The port.
        port: u16,
        /// Their names.
        names: String,
    },
    /// `explain` got something that is neither a Route nor a URL.
    #[error("`{0}` is neither a URL nor a Route; write https://host/path or HTTPRoute/namespace/name")]
    NotExplainable(String),
    /// `explain` got a Route that is not there.
    #[error("{name} is not in the input; there is {known}")]
    UnknownRoute {
        /// The one asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// The engine refuses the input as a whole.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Output(io::Error),
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Names for an error message: the first few, and how many more there are.
pub(crate) fn list(names: impl IntoIterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<_> = names.into_iter().collect();
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "none".to_owned(),
        count if count > SHOWN => format!("{shown} and {} more", count - SHOWN),
        _ => shown,
    }
}
