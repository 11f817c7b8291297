//! Classes, policies and grants (VAL-DOC-06, 08, 13, 14).

use alloc::format;

use super::gateways::options;
use super::walk::{items, text};
use super::{GRANT_KIND, PARAMETERS_NAMESPACE, POLICY_TARGET, Sheet};
use crate::model::{FieldPath, ObjectKind, Value};

/// VAL-DOC-08, as far as the kind is known.
pub(super) fn parameters(sheet: &mut Sheet<'_>, path: &FieldPath, spec: &Value) {
    let Some(reference) = spec.get("parametersRef") else { return };
    let path = path.clone().key("parametersRef");
    let (Some(group), Some(name)) = (text(reference, "group"), text(reference, "kind")) else { return };
    let Some(kind) = ObjectKind::from_group_kind(group, name) else { return };
    let named = text(reference, "namespace").is_some_and(|namespace| !namespace.is_empty());
    if kind.is_namespaced() && !named {
        let message = format!("{name} has a namespace, but the reference names none");
        sheet.add(&PARAMETERS_NAMESPACE, &path, message, "add `namespace`");
    } else if !kind.is_namespaced() && named {
        let message = format!("{name} has no namespace, but the reference names one");
        sheet.add(&PARAMETERS_NAMESPACE, &path.key("namespace"), message, "remove `namespace`");
    }
}

pub(super) fn backend_tls(sheet: &mut Sheet<'_>, path: &FieldPath, spec: &Value) {
    options(sheet, path, spec);
    let targets = items(path, spec, "targetRefs");
    if targets.len() > 1 {
        let message = format!("the policy has {} targets; only one is portable", targets.len());
        sheet.add(
            &POLICY_TARGET,
            &path.clone().key("targetRefs"),
            message,
            "write one policy for each target",
        );
    }
    for (path, target) in targets {
        let (group, kind) =
            (text(target, "group").unwrap_or_default(), text(target, "kind").unwrap_or_default());
        if (group, kind) != ("", "Service") {
            let message = format!("a target of kind {kind} is not portable");
            sheet.add(&POLICY_TARGET, &path, message, "target a core Service");
        }
    }
}

/// VAL-DOC-14: the pairs of REF-10..16.
pub(super) fn grant(sheet: &mut Sheet<'_>, path: &FieldPath, spec: &Value) {
    let kind_of = |value: &Value| {
        ObjectKind::from_group_kind(
            text(value, "group").unwrap_or_default(),
            text(value, "kind").unwrap_or_default(),
        )
    };
    let name = |value: &Value| {
        format!("{}/{}", text(value, "group").unwrap_or_default(), text(value, "kind").unwrap_or_default())
    };
    let (mut routes, mut listeners) = (false, false);
    for (path, from) in items(path, spec, "from") {
        match kind_of(from) {
            Some(ObjectKind::Gateway | ObjectKind::ListenerSet | ObjectKind::XBackend) => listeners = true,
            Some(kind) if is_route(kind) => routes = true,
            _ => {
                let message = format!("{} makes no reference that a grant could permit", name(from));
                sheet.add(
                    &GRANT_KIND,
                    &path,
                    message,
                    "use Gateway, ListenerSet or a kind of Route, with its group",
                );
            }
        }
    }
    for (path, to) in items(path, spec, "to") {
        // Routes may also have backends of kinds that nobody here knows.
        let held = matches!(kind_of(to), Some(ObjectKind::Secret | ObjectKind::ConfigMap));
        let never = kind_of(to).is_some_and(|kind| {
            is_route(kind)
                || matches!(
                    kind,
                    ObjectKind::Gateway
                        | ObjectKind::GatewayClass
                        | ObjectKind::ListenerSet
                        | ObjectKind::Namespace
                        | ObjectKind::ReferenceGrant
                        | ObjectKind::BackendTlsPolicy
                )
        });
        let message = if never {
            format!("no reference to {} asks for a grant", name(to))
        } else if held && !listeners && routes {
            format!("Routes do not refer to {}", name(to))
        } else if kind_of(to) == Some(ObjectKind::Service) && listeners && !routes {
            format!("Gateways and ListenerSets do not refer to {}", name(to))
        } else {
            continue;
        };
        sheet.add(&GRANT_KIND, &path, message, "correct group and kind, or remove the entry");
    }
}

fn is_route(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::HttpRoute
            | ObjectKind::GrpcRoute
            | ObjectKind::TlsRoute
            | ObjectKind::TcpRoute
            | ObjectKind::UdpRoute
    )
}
