//! What is wrong with a status.

use gateway_core::attach::{ParentEdge, RouteNode, UnresolvedParent};
use gateway_core::model::{Condition, ConditionStatus, ListenerStatus, ParentReference};
use gateway_core::status::{KindStatus, ObjectStatus};
use gateway_core::{ObjectKey, Router};

use crate::load::Input;
use crate::locate::locate;

/// Conditions that have to be true. Of all others, those below have to be false.
const WANTED: [&str; 3] = ["Accepted", "Programmed", "ResolvedRefs"];
const UNWANTED: [&str; 4] =
    ["Conflicted", "OverlappingTLSConfig", "PartiallyInvalid", "InsecureFrontendValidationMode"];

const NOT_OURS: &str = "nobody here reconciles it: its GatewayClass is missing, refused, or another controller's; \
     add the class to the input, or try --assume GatewayClass";

/// Something that is not as it should be.
#[derive(Debug)]
pub(crate) struct Finding {
    /// The object, and the listener or parent that it is about.
    pub(crate) object: String,
    /// The type of the condition.
    pub(crate) condition: String,
    pub(crate) reason: String,
    pub(crate) message: String,
    /// File, line and column.
    pub(crate) place: Option<String>,
    pub(crate) weight: Weight,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Worth a look.
    Warning,
    /// It does not work.
    Error,
}

/// Collects what is wrong with all statuses.
pub(crate) fn findings(input: &Input, statuses: &[ObjectStatus]) -> Vec<Finding> {
    let mut found = Findings { input, found: Vec::new() };
    for object in statuses {
        let Some(key) = object.key() else { continue };
        let name = key.to_string();
        match &object.status {
            KindStatus::GatewayClass(status) => {
                found.conditions(&key, &name, "spec", status.conditions.iter().flatten());
            }
            KindStatus::Gateway(status) => {
                found.conditions(&key, &name, "spec", status.conditions.iter().flatten());
                found.listeners(&key, status.listeners.iter().flatten());
            }
            KindStatus::ListenerSet(status) => {
                found.conditions(&key, &name, "spec", status.conditions.iter().flatten());
                found.listeners(&key, status.listeners.iter().flatten());
            }
            KindStatus::XMesh(status) => {
                found.conditions(&key, &name, "spec", status.conditions.iter().flatten());
            }
            KindStatus::Route(status) => {
                let several = status.parents.len() > 1;
                for parent in &status.parents {
                    let at = if several { place(&key, &parent.parent_ref) } else { String::new() };
                    found.conditions(&key, &format!("{name}{at}"), "spec.parentRefs", &parent.conditions);
                }
                found.parents(&input.router, &key);
            }
            KindStatus::Policy(status) => {
                let several = status.ancestors.len() > 1;
                for ancestor in &status.ancestors {
                    let at = if several { place(&key, &ancestor.ancestor_ref) } else { String::new() };
                    found.conditions(&key, &format!("{name}{at}"), "spec", &ancestor.conditions);
                }
                if status.ancestors.is_empty() {
                    found.unused(&key, "no attached Route of a Gateway here uses what it targets");
                }
            }
            KindStatus::XBackend(status) => {
                for parent in status.parents.iter().flatten() {
                    let conditions = parent.conditions.iter().flatten();
                    found.conditions(
                        &key,
                        &format!("{name}{}", place(&key, &parent.parent_ref)),
                        "spec",
                        conditions,
                    );
                }
                if status.parents.iter().flatten().next().is_none() {
                    found.unused(&key, "no attached Route of a Gateway here uses it");
                }
            }
        }
    }
    found.found
}

struct Findings<'a> {
    input: &'a Input,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn conditions<'c>(
        &mut self,
        key: &ObjectKey,
        object: &str,
        field: &str,
        conditions: impl IntoIterator<Item = &'c Condition>,
    ) {
        for condition in conditions {
            let kind = condition.r#type.as_str();
            let weight = match condition.status {
                ConditionStatus::False if WANTED.contains(&kind) => Weight::Error,
                ConditionStatus::Unknown if WANTED.contains(&kind) => Weight::Warning,
                // Unknown versions are served as well as possible (ATT-119).
                ConditionStatus::False if kind == "SupportedVersion" => Weight::Warning,
                ConditionStatus::True if UNWANTED.contains(&kind) => Weight::Warning,
                _ => continue,
            };
            // Messages begin with the field they are about.
            let message = condition.message.strip_prefix("Dropped Rule: ").unwrap_or(&condition.message);
            let path = message.split_once(": ").map(|(path, _)| path);
            let path = path.filter(|path| path.starts_with("spec.")).unwrap_or(field);
            self.found.push(Finding {
                object: object.to_owned(),
                condition: kind.to_owned(),
                reason: condition.reason.to_string(),
                message: match condition.status {
                    ConditionStatus::Unknown => NOT_OURS.to_owned(),
                    _ => condition.message.clone(),
                },
                place: locate(&self.input.manifests, key, path),
                weight,
            });
        }
    }

    /// What is there for nobody.
    fn unused(&mut self, key: &ObjectKey, message: &str) {
        self.found.push(Finding {
            object: key.to_string(),
            condition: "no status".to_owned(),
            reason: String::new(),
            place: locate(&self.input.manifests, key, "spec"),
            message: message.to_owned(),
            weight: Weight::Warning,
        });
    }

    fn listeners<'l>(&mut self, key: &ObjectKey, listeners: impl Iterator<Item = &'l ListenerStatus>) {
        for (index, listener) in listeners.enumerate() {
            let owner = format!("{key} listener {}", listener.name);
            self.conditions(key, &owner, &format!("spec.listeners[{index}]"), &listener.conditions);
        }
    }

    /// Parents without a status: nobody in the input reconciles them.
    fn parents(&mut self, router: &Router, key: &ObjectKey) {
        let Some(route) = router.graph().route(key) else { return };
        let Some(explanation) = router.explain_route(key) else { return };
        let mut found = |path: &str, message: String, weight| {
            self.found.push(Finding {
                object: key.to_string(),
                condition: "no status".to_owned(),
                reason: String::new(),
                place: locate(&self.input.manifests, key, path),
                message,
                weight,
            });
        };
        if route.parents.is_empty() {
            let message = "spec.parentRefs: there is none, so nothing serves the Route; refer to a Gateway";
            found("spec", message.to_owned(), Weight::Error);
        }
        let alone = route.parents.iter().all(|parent| matches!(parent.edge, ParentEdge::Unresolved(_)));
        let foreign = self.input.has_controller && is_foreign(route);
        for (parent, words) in route.parents.iter().zip(&explanation.parents) {
            if let (ParentEdge::Unresolved(_), Some(why)) = (&parent.edge, &words.why_not) {
                let weight = if alone && !foreign { Weight::Error } else { Weight::Warning };
                found(&why.path, format!("{}: {}; {}", why.path, why.message, why.remedy), weight);
            }
        }
    }
}

/// Which entry of a status it is.
fn place(key: &ObjectKey, reference: &ParentReference) -> String {
    // A section of a Service is a port.
    let what = if reference.kind() == "Service" { "port" } else { "listener" };
    let section = reference.section_name.as_ref().map(|section| format!(" {what} {section}"));
    let port = reference.port.map(|port| format!(" port {port}")).unwrap_or_default();
    let namespace = reference.namespace_or(&key.namespace);
    format!(" at {}/{namespace}/{}{}{port}", reference.kind(), reference.name, section.unwrap_or_default())
}

/// Whether a Route only has parents of other controllers, which is not a mistake.
fn is_foreign(route: &RouteNode) -> bool {
    let foreign = |edge: &ParentEdge| matches!(edge, ParentEdge::Unresolved(UnresolvedParent::NotOwned));
    route.parents.iter().all(|parent| foreign(&parent.edge))
}
