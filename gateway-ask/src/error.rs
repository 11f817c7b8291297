//! The ways to ask wrongly. Each is one line that says what to do, in words that fit an argument of a program
//! as well as an option of the command.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// The profile cannot be used.
    #[error("profile `{name}`: {why}")]
    Profile {
        /// The name or path of the profile.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A word that selects findings names nothing.
    #[error(
        "`{word}` is neither a rule nor a group; docs/lint-rules.md lists the rules, the groups are {groups}"
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
    /// There is no Gateway to send the request to.
    #[error("no Gateway in the input is ours; add a Gateway and its GatewayClass, or assume GatewayClass")]
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
    #[error("{count} Gateways {why} port {port}; name the one that is meant as `gateway`: {names}")]
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
    /// Something that is neither a Route nor a URL was to be explained.
    #[error("`{0}` is neither a URL nor a Route; write https://host/path or HTTPRoute/namespace/name")]
    NotExplainable(String),
    /// A Route that is not there was to be explained.
    #[error("{name} is not in the input; there is {known}")]
    UnknownRoute {
        /// The one asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
}
