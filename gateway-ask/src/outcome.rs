//! A decision in short: what a log or a table needs.

use gateway_core::RequestView;
use gateway_core::act::Decision;
use gateway_core::table::{Backend, Rule};

/// A decision in short.
#[derive(Clone, Debug)]
pub struct Outcome<'r> {
    /// `forward`, `redirect` or `respond`.
    pub decision: &'static str,
    /// The rule that matched, with its Route.
    pub rule: Option<&'r Rule>,
    /// The backend that the request is sent to.
    pub backend: Option<&'r Backend>,
    /// The HTTP status, unless it is the backend's.
    pub status: Option<u16>,
    /// The target of a redirect.
    pub location: Option<String>,
    /// Why it is answered with a status alone.
    pub reason: Option<&'static str>,
}

impl<'r> Outcome<'r> {
    /// A decision in short. `request` is the one it was made for.
    pub fn new(decision: &Decision<'r>, request: &impl RequestView) -> Self {
        let mut outcome = Self {
            decision: "forward",
            rule: decision.entry().map(|entry| &*entry.rule),
            backend: None,
            status: None,
            location: None,
            reason: None,
        };
        match decision {
            Decision::Forward(forward) => outcome.backend = Some(forward.backend),
            Decision::Redirect(redirect) => {
                outcome.decision = "redirect";
                outcome.status = Some(redirect.status());
                outcome.location = Some(redirect.location(request));
            }
            Decision::Respond(respond) => {
                outcome.decision = "respond";
                outcome.status = Some(respond.status);
                outcome.reason = Some(respond.reason.as_str());
            }
        }
        outcome
    }
}

/// `HTTPRoute/shop/api`.
pub fn route_name(rule: &Rule) -> String {
    rule.route.to_string()
}

/// `shop/api-v2:8080`.
pub fn backend_name(backend: &Backend) -> String {
    let target = &backend.target;
    let port = target.port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}/{}{port}", target.namespace, target.name)
}
