//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use gateway_ask::assumable;
use gateway_core::ObjectKind;
use gateway_core::model::Timestamp;
use serde::Deserialize;

/// Kubernetes Gateway API, offline: where a request goes, and why.
#[derive(Debug, Parser)]
#[command(
    name = "gateway",
    version,
    about,
    after_help = "Exit codes: 0 all is well, 1 the answer is a negative one, 2 the question or the input cannot be used."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say where a request goes: which rule, which backend, what is changed.
    ///
    /// Exit code 1 when the Gateway itself would answer with an error.
    Route(RouteArgs),
    /// Show the status of every object, as a controller would write it.
    ///
    /// Exit code 1 when something is not accepted, not programmed, not resolved or not attached.
    Status(StatusArgs),
    /// Explain why a Route is attached or not, or why a request goes where it goes.
    ///
    /// Exit code 1 when the Route is not attached, has dropped rules or unresolved references, or when
    /// the Gateway itself would answer the request with an error.
    Explain(ExplainArgs),
    /// Check manifests: what the API server would refuse, what a controller would not accept, and what
    /// works but hardly as meant.
    ///
    /// Exit code 1 when there are findings of the severity of --fail-on or worse.
    Lint(LintArgs),
    /// List the profiles, or show one in full: what the controller can do, and what it chooses.
    Profiles(ProfilesArgs),
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page, or that of a command.
    Man {
        /// The command.
        #[arg(value_parser = ["route", "status", "explain", "lint", "profiles"])]
        command: Option<String>,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct InputArgs {
    /// Manifests: a file, a folder, or `-` for stdin; may be given several times.
    #[arg(short = 'f', long = "filename", required = true, value_name = "PATH")]
    pub(crate) files: Vec<PathBuf>,
    /// How the controller behaves: a name that `gateway profiles` lists, or a YAML or JSON file.
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,
    /// The controller whose GatewayClasses are ours. Without it, all of them are.
    #[arg(long, value_name = "NAME")]
    pub(crate) controller: Option<String>,
    /// Kinds to take as existing when the input holds none of them at all.
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = assumable)]
    pub(crate) assume: Vec<ObjectKind>,
    /// Take unknown fields and other doubts about the manifests as errors.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Say nothing about the manifests but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RequestArgs {
    /// The Gateway, if there are several.
    #[arg(long, value_name = "NAMESPACE/NAME")]
    pub(crate) gateway: Option<String>,
    /// A Service of the mesh, in place of a Gateway.
    #[arg(long, value_name = "NAMESPACE/NAME", conflicts_with = "gateway")]
    pub(crate) service: Option<String>,
    /// The namespace that a client of a Service is in [default: none with Routes of its own].
    #[arg(long, value_name = "NAMESPACE")]
    pub(crate) client_namespace: Option<String>,
    /// The port to connect to [default: that of the URL].
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// The TLS server name [default: the host of the URL].
    #[arg(long, value_name = "NAME", conflicts_with = "no_sni")]
    pub(crate) sni: Option<String>,
    /// Send no TLS server name.
    #[arg(long)]
    pub(crate) no_sni: bool,
    /// The method.
    #[arg(short = 'X', long = "request", value_name = "METHOD")]
    pub(crate) method: Option<String>,
    /// A header, such as 'x-env: test'; may be given several times.
    #[arg(short = 'H', long = "header", value_name = "HEADER")]
    pub(crate) headers: Vec<String>,
    /// The number that chooses among weighted backends and mirrors.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) draw: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct RouteArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    /// Also show every listener, Route and rule that was considered, and what stopped it.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Answer many requests: JSON lines from a file, or from stdin with `-`. One decision per line.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "explain", "port", "sni", "no_sni", "method", "headers", "draw"])]
    pub(crate) requests: Option<PathBuf>,
    /// The form of the answer.
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) output: Format,
    /// The request, such as `https://api.example.com/v2/users`; or the connection, such as
    /// `tls://db.example.com`, `tcp://gateway:9000` or `udp://gateway:53`.
    #[arg(required_unless_present = "requests", value_name = "URL")]
    pub(crate) url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Show what a controller would write at this time, such as 2026-01-02T03:04:05Z: merged into the
    /// statuses that the manifests hold, with times.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) now: Option<Timestamp>,
    /// The form of the answer.
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = StatusFormat::Text)]
    pub(crate) output: StatusFormat,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    /// The form of the answer.
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) output: Format,
    /// A Route, such as HTTPRoute/shop/api, or a URL.
    #[arg(value_name = "ROUTE|URL")]
    pub(crate) what: String,
}

#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Only these rules or groups of rules, such as `validate` or `VAL-HR-03`.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// All but these rules or groups of rules.
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Manifests as they are in the cluster: objects in both are judged as updates.
    #[arg(long, value_name = "PATH")]
    pub(crate) old: Vec<PathBuf>,
    /// The channel of the CRDs in the cluster [default: experimental].
    #[arg(long, value_enum, value_name = "CHANNEL")]
    pub(crate) channel: Option<ChannelName>,
    /// The mildest severity that makes the exit code 1 [default: warning].
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Settings; without it `.gateway-lint.yaml` of the current folder, if there is one.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The form of the answer.
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = LintFormat::Text)]
    pub(crate) output: LintFormat,
    /// List all rules with their documentation, and nothing else.
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        exclusive = true,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text"
    )]
    pub(crate) list_rules: Option<RulesFormat>,
}

/// The channels of the CRDs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ChannelName {
    /// The CRDs of the standard channel.
    Standard,
    /// The CRDs of the experimental channel, which have all of the standard ones' fields.
    Experimental,
}

/// From which severity on findings make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FailOn {
    /// What does not work.
    Error,
    /// Also what works, but hardly as meant.
    Warning,
    /// Any finding.
    Info,
    /// None.
    Never,
}

/// The form of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// For people.
    Text,
    /// A list of findings, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// The form of the list of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct ProfilesArgs {
    /// The form of the answer.
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) output: Format,
    /// A profile to show in full: its name, or a file.
    #[arg(value_name = "NAME|FILE")]
    pub(crate) name: Option<String>,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For programs that prefer YAML.
    Yaml,
}

/// The form of statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusFormat {
    /// For people.
    Text,
    /// With reasons and kinds.
    Wide,
    /// A list of objects, for programs.
    Json,
    /// A list of objects in YAML.
    Yaml,
}

fn time(text: &str) -> Result<Timestamp, String> {
    let time = Timestamp::from(text);
    match time.seconds() {
        Some(_) => Ok(time),
        None => Err("write it as RFC 3339 does, such as 2026-01-02T03:04:05Z".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_words_fit_together() {
        super::Cli::command().debug_assert();
    }
}
