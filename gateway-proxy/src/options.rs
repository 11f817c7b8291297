//! The command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser};
use ipnet::IpNet;

/// A reverse proxy for the Kubernetes Gateway API.
///
/// Reads manifests, and carries out what gateway-core decides about every connection and request. It needs
/// no cluster.
#[derive(Clone, Debug, Parser)]
#[command(name = "gateway-proxy", version)]
pub struct Options {
    /// Manifests: a file, or a folder with all below it
    #[arg(short = 'f', long = "file", value_name = "PATH")]
    pub files: Vec<PathBuf>,
    /// Whether manifests are read again when they change
    #[arg(long, value_name = "BOOL", default_value_t = true, action = ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    pub watch: bool,
    /// Where the admin API listens; loopback addresses alone. Port 0 takes any
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9900")]
    pub admin: SocketAddr,
    /// `spec.controllerName` of the GatewayClasses that are ours; all are without it
    #[arg(long, value_name = "NAME")]
    pub controller: Option<String>,
    /// How the corners of the specification are taken: a preset, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub profile: Option<String>,
    /// Gives each Gateway that asks for no address one of its own out of this block
    #[arg(long, value_name = "CIDR")]
    pub addresses: Option<IpNet>,
    /// Where all Gateways listen that ask for no address, without --addresses
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub address: IpAddr,
    /// Addresses, or blocks of them, that Gateways may ask for [default: all of loopback]
    #[arg(long = "usable-address", value_name = "IP|CIDR")]
    pub usable_addresses: Vec<String>,
    /// How many connections there may be at once; others wait to be accepted
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    pub max_connections: usize,
    /// How many flows of datagrams there may be at once; datagrams of others are dropped
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    pub max_flows: usize,
    /// Seconds after which a flow without datagrams ends
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub flow_timeout: Duration,
    /// The most bytes of headers that a request may have
    #[arg(long, value_name = "BYTES", default_value_t = 64 * 1024)]
    pub max_header_bytes: u32,
    /// Seconds that a client has for a TLS handshake, and for the headers of a request
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub client_timeout: Duration,
    /// Seconds that the connection to a backend may take
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    pub connect_timeout: Duration,
    /// Seconds in which a backend has to begin its answer where a Route does not say; 0 is no limit
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub response_timeout: Duration,
    /// Seconds that connections have to end when the proxy stops
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub drain_timeout: Duration,
    /// Logs are JSON
    #[arg(long)]
    pub log_json: bool,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("`{text}` is not a number of seconds"))?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

impl Default for Options {
    fn default() -> Self {
        Self::parse_from(["gateway-proxy"])
    }
}
