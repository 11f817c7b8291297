//! What becomes of a connection, and why.

use std::io::{self, Write};

use gateway_ask::RequestSpec;
use gateway_core::act::ConnectionReport;
use gateway_core::explain::{ConnectionCandidate, ConnectionExplanation};

use super::decision::{self, Rows};
use super::request;
use super::style::{bold, dim, error, good, plain};
use super::table;
use super::tree::Tree;

/// What the share of a bad backend gets.
const BAD_SHARE: &str = "cannot be used: its share is rejected";

pub(crate) fn decision(
    out: &mut dyn Write,
    request: &RequestSpec,
    decision: &ConnectionReport,
) -> io::Result<()> {
    let scheme = request.scheme.as_str();
    let name = request.server_name(false).map(|name| format!(" for {name}")).unwrap_or_default();
    writeln!(out, "{}", bold(format!("{scheme} connection to port {}{name}", request.port)))?;
    let mut rows = Rows::default();
    match decision {
        ConnectionReport::Forward(pass) => {
            let share = decision::share(&pass.backends);
            rows.add("forward to", [good(decision::name(&pass.backend)), share]);
            decision::names(&mut rows, request, &pass.names);
            decision::backends(&mut rows, &pass.backends, Some(&pass.backend), BAD_SHARE);
            match pass.tls.as_deref() {
                Some("Passthrough") => rows.add("TLS", [plain("passes through as it is")]),
                Some(_) => rows.add("TLS", [plain("ends at the listener")]),
                None => {}
            }
            if let Some(tls) = &pass.upstream_tls {
                decision::upstream_tls(&mut rows, tls);
            }
        }
        ConnectionReport::Reject(reject) => {
            rows.add("reject", [error(reject.reason.clone())]);
            rows.add("because", [plain(reason(&reject.reason))]);
            decision::names(&mut rows, request, &reject.names);
            decision::backends(&mut rows, &reject.backends, None, BAD_SHARE);
        }
        ConnectionReport::Http(names) => {
            rows.add(
                "HTTP",
                [good("each request is decided by itself"), dim("ask with http:// or https://")],
            );
            if names.listener.is_some() || names.service.is_some() {
                decision::names(&mut rows, request, names);
            }
        }
    }
    table::write(out, 2, &rows.0)
}

pub(crate) fn explanation(
    out: &mut dyn Write,
    request: &RequestSpec,
    explanation: &ConnectionExplanation,
) -> io::Result<()> {
    decision(out, request, &explanation.decision)?;
    writeln!(out)?;
    request::listeners(
        out,
        explanation.gateway.as_ref(),
        explanation.service.as_ref(),
        &explanation.listeners,
    )?;
    if !explanation.candidates.is_empty() {
        writeln!(out)?;
        let left_out = request::left_out(explanation.left_out);
        Tree::new(bold("routes for connections there, the first that fits wins"))
            .with(explanation.candidates.iter().map(candidate))
            .with(left_out)
            .write(out)?;
    }
    request::unattached(out, &explanation.unattached)
}

fn candidate(one: &ConnectionCandidate) -> Tree {
    request::judged(&one.route, &one.hostname, one.verdict, one.stopped_by.as_deref())
}

/// The reason in a sentence.
fn reason(reason: &str) -> &str {
    match reason {
        "NoMatchingListener" => "nothing takes this port, transport and server name",
        "NoMatchingRoute" => "no Route that is attached there takes the connection",
        other => decision::reason(other),
    }
}
