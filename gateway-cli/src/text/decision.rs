//! A decision, line by line.

use std::io::{self, Write};

use gateway_ask::RequestSpec;
use gateway_core::act::{
    BackendReport, DecisionReport, ExtensionReport, ForwardReport, ReportNames, ResponseReport,
    UpstreamReport, UpstreamTlsReport,
};

use super::style::{Styled, bold, dim, error, good, help, plain};
use super::table;

/// What the share of a bad backend gets.
const BAD_SHARE: &str = "cannot be used: its share gets 500";

/// Rows with a label, collected.
#[derive(Debug, Default)]
pub(super) struct Rows(pub(super) Vec<Vec<Styled>>);

impl Rows {
    pub(super) fn add(&mut self, label: &str, cells: impl IntoIterator<Item = Styled>) {
        let repeated =
            self.0.iter().rev().map(|row| row[0].text.as_str()).find(|text| !text.is_empty()) == Some(label);
        let label = if repeated { "" } else { label };
        self.0.push(std::iter::once(dim(label)).chain(cells).collect());
    }
}

pub(crate) fn decision(
    out: &mut dyn Write,
    request: &RequestSpec,
    decision: &DecisionReport,
) -> io::Result<()> {
    let scheme = request.scheme.as_str();
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    writeln!(
        out,
        "{}",
        bold(format!("{} {scheme}://{}{}{query}", request.method, request.host, request.path))
    )?;
    let mut rows = Rows::default();
    match decision {
        DecisionReport::Forward(forward) => {
            rows.add("forward to", [good(name(&forward.backend)), share(&forward.backends)]);
            names(&mut rows, request, &forward.names);
            backends(&mut rows, &forward.backends, Some(&forward.backend), BAD_SHARE);
            connection(&mut rows, forward);
            for auth in &forward.external_auth {
                let settings = [auth.http.as_ref().map(compact), auth.grpc.as_ref().map(compact)];
                let body = auth.forward_body.as_ref().map(|body| format!("body {}", compact(body)));
                let words = settings.into_iter().chain([body]).flatten().collect::<Vec<_>>().join(" ");
                rows.add(
                    "ask first",
                    [plain(format!("{} {}", auth.protocol, name(&auth.backend))), dim(words)],
                );
            }
            upstream(&mut rows, request, &forward.upstream);
            response(&mut rows, &forward.response);
            for mirror in &forward.mirrors {
                rows.add("mirror", [plain(name(&mirror.backend))]);
            }
            let timeouts =
                [("request", &forward.timeouts.request), ("backend", &forward.timeouts.backend_request)];
            for (what, timeout) in timeouts {
                if let Some(timeout) = timeout {
                    rows.add("timeout", [plain(format!("{what} {timeout}"))]);
                }
            }
            if let Some(retry) = &forward.retry {
                rows.add("retry", [plain(compact(retry))]);
            }
            if let Some(budget) = &forward.retry_budget {
                rows.add("budget", [plain(compact(budget))]);
            }
            if let Some(session) = &forward.session {
                rows.add("session", [plain(compact(session))]);
            }
            extensions(&mut rows, &forward.extensions);
        }
        DecisionReport::Redirect(redirect) => {
            rows.add("redirect", [good(format!("{} {}", redirect.status, redirect.location))]);
            names(&mut rows, request, &redirect.names);
            response(&mut rows, &redirect.response);
            extensions(&mut rows, &redirect.extensions);
        }
        DecisionReport::Respond(respond) => {
            rows.add("respond", [error(format!("{} {}", respond.status, respond.reason))]);
            rows.add("because", [plain(reason(&respond.reason))]);
            if let Some(status) = respond.grpc_status {
                rows.add("gRPC", [plain(format!("status {status} {}", grpc_status(status)))]);
            }
            for (name, value) in &respond.headers {
                rows.add("headers", [plain(format!("{name}: {value}"))]);
            }
            names(&mut rows, request, &respond.names);
            backends(&mut rows, &respond.backends, None, BAD_SHARE);
        }
    }
    table::write(out, 2, &rows.0)
}

fn extensions(rows: &mut Rows, extensions: &[ExtensionReport]) {
    for one in extensions {
        let name = format!("{}.{} {}/{}", one.kind, one.group, one.namespace, one.name);
        rows.add("extension", [plain(name)]);
    }
}

pub(super) fn names(rows: &mut Rows, request: &RequestSpec, names: &ReportNames) {
    match &names.listener {
        Some(one) => {
            let owner = format!(
                "{} (port {}) of {} {}/{}",
                one.section, request.port, one.kind, one.namespace, one.name
            );
            rows.add("listener", [plain(owner)]);
        }
        None => match &names.service {
            Some(one) => {
                rows.add("service", [plain(format!("{}/{} port {}", one.namespace, one.name, one.port))]);
            }
            None if request.service.is_some() => {
                rows.add("service", [plain(format!("none (port {})", request.port))]);
            }
            None => rows.add("listener", [plain(format!("none (port {})", request.port))]),
        },
    }
    if let Some(route) = &names.route {
        rows.add("route", [plain(format!("{} {}/{}", route.kind, route.namespace, route.name))]);
    }
    if let Some(rule) = names.rule {
        let name = names.rule_name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let found = names.r#match.map(|index| format!(", match {index}")).unwrap_or_default();
        rows.add("rule", [plain(format!("{rule}{name}{found}"))]);
    }
}

pub(super) fn backends(
    rows: &mut Rows,
    backends: &[BackendReport],
    chosen: Option<&BackendReport>,
    bad_share: &str,
) {
    if backends.len() < 2 && chosen.is_some() {
        return;
    }
    for backend in backends {
        let is_chosen = chosen.is_some_and(|chosen| {
            (&chosen.namespace, &chosen.name, chosen.port)
                == (&backend.namespace, &backend.name, backend.port)
        });
        let text = name(backend);
        let text = if is_chosen { good(text) } else { plain(text) };
        let valid = if backend.valid == Some(false) { error(bad_share) } else { plain("") };
        rows.add("backends", [text, plain(percent(backends, backend)), valid]);
    }
}

/// How one of these backends was chosen.
pub(super) fn share(backends: &[BackendReport]) -> Styled {
    let draws = backends.len() > 1;
    dim(if draws { "drawn by weight; --draw chooses" } else { "" })
}

fn percent(backends: &[BackendReport], backend: &BackendReport) -> String {
    let total: f64 = backends.iter().filter_map(|one| one.weight).map(f64::from).sum();
    let weight = f64::from(backend.weight.unwrap_or_default());
    if total <= 0.0 {
        return "weight 0".to_owned();
    }
    let text = format!("{:.1}", weight * 100.0 / total);
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

/// A backend by name.
pub(super) fn name(backend: &BackendReport) -> String {
    let port = backend.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{} {}/{}{port}", backend.kind, backend.namespace, backend.name)
}

/// How the backend is reached.
fn connection(rows: &mut Rows, forward: &ForwardReport) {
    if let Some(protocol) = &forward.protocol {
        rows.add("protocol", [plain(protocol.clone())]);
    }
    if let Some(tls) = &forward.upstream_tls {
        upstream_tls(rows, tls);
    }
}

pub(super) fn upstream_tls(rows: &mut Rows, tls: &UpstreamTlsReport) {
    rows.add(
        "TLS",
        [plain(format!("server name {}", tls.server_name)), dim(format!("policy {}", tls.policy))],
    );
    for name in &tls.subject_alt_names {
        rows.add("TLS", [plain(format!("certificate of {}", compact(name)))]);
    }
    for reference in &tls.ca_certificate_refs {
        rows.add("TLS", [plain(format!("signed by {} {}", reference.kind, reference.name))]);
    }
    if let Some(known) = &tls.well_known_ca_certificates {
        rows.add("TLS", [plain(format!("signed by {known} authorities"))]);
    }
    if let Some(own) = &tls.client_certificate {
        rows.add("TLS", [plain(format!("shows the certificate of Secret {own}"))]);
    }
}

/// The name of a gRPC status.
fn grpc_status(status: u8) -> &'static str {
    match status {
        12 => "UNIMPLEMENTED",
        14 => "UNAVAILABLE",
        _ => "",
    }
}

/// What is changed about the request.
fn upstream(rows: &mut Rows, request: &RequestSpec, upstream: &UpstreamReport) {
    let mut changed = |what: &str, before: &str, after: &str| {
        if before != after {
            rows.add("request", [plain(format!("{what} {before} -> {after}"))]);
        }
    };
    let words = |query: &Option<String>| query.clone().unwrap_or_else(|| "(none)".to_owned());
    changed("method", &request.method, &upstream.method);
    changed("host", &request.host, &upstream.authority);
    changed("path", &request.path, &upstream.path);
    changed("query", &words(&request.query), &words(&upstream.query));
    let (before, after) = (merged(&request.headers), merged(&upstream.headers));
    for (name, value) in &after {
        match before.iter().find(|(known, _)| known == name) {
            None => rows.add("request", [good(format!("+ {name}: {value}"))]),
            Some((_, old)) if old != value => {
                rows.add("request", [help(format!("~ {name}: {old} -> {value}"))]);
            }
            Some(_) => {}
        }
    }
    for (name, _) in before.iter().filter(|(name, _)| !after.iter().any(|(kept, _)| kept == name)) {
        rows.add("request", [error(format!("- {name}"))]);
    }
}

/// Headers with lower-case names, each once.
fn merged(headers: &[(String, String)]) -> Vec<(String, String)> {
    let mut merged: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        let name = name.to_ascii_lowercase();
        match merged.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(value);
            }
            None => merged.push((name, value.clone())),
        }
    }
    merged
}

fn response(rows: &mut Rows, response: &ResponseReport) {
    for (name, value) in &response.set {
        rows.add("response", [help(format!("= {name}: {value}"))]);
    }
    for (name, value) in &response.add {
        rows.add("response", [good(format!("+ {name}: {value}"))]);
    }
    for name in &response.remove {
        rows.add("response", [error(format!("- {name}"))]);
    }
}

fn compact(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The reason in a sentence.
pub(super) fn reason(reason: &str) -> &str {
    match reason {
        "NoMatchingListener" => "nothing takes this port and host",
        "NoMatchingRoute" => "no rule that is attached there fits",
        "MisdirectedRequest" => {
            "the host belongs to another listener than the TLS server name of the connection"
        }
        "NoBackends" => "the rule has no backend with a weight above 0",
        "InvalidBackend" => {
            "the backend that was drawn does not exist or may not be used; see `gateway status`"
        }
        "UnsupportedFilter" => "the rule has a filter that is not known",
        "NoEndpoints" => "nobody is ready behind the backend that was drawn; see its EndpointSlices",
        "Preflight" => "a CORS preflight is answered here, whether its origin is allowed or not",
        "InvalidExternalAuth" => "the service that would have to allow the request cannot be asked",
        other => other,
    }
}
