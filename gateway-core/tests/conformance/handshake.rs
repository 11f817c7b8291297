//! The TLS handshake with a backend, on paper (FILT-171, FILT-172, FILT-176).

use serde_json::Value;

/// Names in the certificate of the suite's TLS backends (`tls-checks-certificate`).
const NAMES: [&str; 3] = ["abc.example.com", "spiffe://abc.example.com/test-identity", "other.example.com"];

/// Who signed it.
const AUTHORITY: &str = "tls-checks-ca-certificate";

/// Whether the backend's certificate is what the decision asks for. Without TLS there is nothing to fail.
pub(crate) fn succeeds(decision: &Value) -> bool {
    let tls = &decision["upstreamTls"];
    if tls.is_null() {
        return true;
    }
    let list = |key: &str| tls[key].as_array().cloned().unwrap_or_default();
    let is_trusted = list("caCertificateRefs")
        .iter()
        .any(|one| one["name"].as_str().is_some_and(|name| name.strip_prefix(AUTHORITY).is_some()));
    let wanted = list("subjectAltNames");
    let known = |name: &Value| name.as_str().is_some_and(|name| NAMES.contains(&name));
    let is_named = if wanted.is_empty() {
        known(&tls["serverName"])
    } else {
        wanted.iter().any(|one| known(if one["type"] == "URI" { &one["uri"] } else { &one["hostname"] }))
    };
    is_trusted && is_named
}

/// What the backend sees of the connection: the server name, and the gateway's certificate.
pub(crate) fn shows(decision: &Value, wanted: &Value) -> Result<(), String> {
    let tls = &decision["upstreamTls"];
    if wanted["sni"].is_string() && wanted["sni"] != tls["serverName"] {
        return Err("upstream server name".into());
    }
    let Some(certificate) = wanted["clientCert"].as_str() else { return Ok(()) };
    let shown = tls["clientCertificate"].as_str().map(|name| format!("<cert of {name}>"));
    if shown.as_deref() == Some(certificate) { Ok(()) } else { Err("upstream client certificate".into()) }
}
