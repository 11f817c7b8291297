//! Session persistence of a rule (FILT-183, FILT-184, FILT-190).

use alloc::format;
use alloc::string::ToString;

use crate::attach::route_object::RouteObject;
use crate::attach::rule::checker::Checker;
use crate::attach::rule::{RuleFault, RuleNode, RuleProblem, Scope};
use crate::model::{CookieLifetimeType, ObjectKind, SessionPersistence, SessionPersistenceType};

impl Checker<'_> {
    pub(super) fn session(&mut self, path: &str, session: &SessionPersistence) {
        if let SessionPersistenceType::Other(other) = session.persistence_type() {
            self.unsupported(format!("{path}.type"), &other, "use Cookie or Header");
        }
        let lifetime_path = format!("{path}.cookieConfig.lifetimeType");
        match session.lifetime_type() {
            CookieLifetimeType::Session => {}
            CookieLifetimeType::Permanent if session.absolute_timeout.is_some() => {}
            CookieLifetimeType::Permanent => {
                self.unsupported(lifetime_path, "Permanent", "add absoluteTimeout, or use Session");
            }
            CookieLifetimeType::Other(other) => {
                self.unsupported(lifetime_path, &other, "use Session or Permanent");
            }
        }
        self.duration(format!("{path}.absoluteTimeout"), session.absolute_timeout.as_ref());
    }
}

/// FILT-190: a Service that keeps sessions itself and a rule that does clash, and the Route is rejected.
pub(super) fn reject_clashes(scope: Scope<'_>, route: &RouteObject, rules: &mut [RuleNode]) {
    let persistent = |index: usize| match route {
        RouteObject::Http(route) => {
            route.spec.rules().get(index).is_some_and(|rule| rule.session_persistence.is_some())
        }
        RouteObject::Grpc(route) => {
            let rules = route.spec.rules.as_deref().unwrap_or_default();
            rules.get(index).is_some_and(|rule| rule.session_persistence.is_some())
        }
        RouteObject::Tls(_) | RouteObject::Tcp(_) | RouteObject::Udp(_) => false,
    };
    let clash = rules.iter().enumerate().filter(|(index, _)| persistent(*index)).find_map(|(index, rule)| {
        let sticky = rule.backends.iter().find(|edge| {
            let service = scope.world.service(&edge.name);
            edge.problem.is_none()
                && edge.target == Some(ObjectKind::Service)
                && service.is_some_and(|service| service.spec.session_affinity.as_deref() == Some("ClientIP"))
        })?;
        Some(RuleProblem {
            path: format!("spec.rules[{index}].sessionPersistence"),
            fault: RuleFault::SessionAffinity { service: sticky.name.to_string() },
        })
    });
    if let Some(clash) = clash {
        for rule in rules {
            rule.problems.push(clash.clone());
        }
    }
}
