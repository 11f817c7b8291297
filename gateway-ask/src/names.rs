//! Names of objects and kinds as people write them.

use gateway_core::profile::nearest;
use gateway_core::{ObjectKey, ObjectKind};

use crate::AskError;

/// The kinds that can be assumed to exist.
const ASSUMABLE: [ObjectKind; 6] = [
    ObjectKind::Service,
    ObjectKind::Secret,
    ObjectKind::Namespace,
    ObjectKind::ReferenceGrant,
    ObjectKind::GatewayClass,
    ObjectKind::ConfigMap,
];

/// A kind that can be assumed to exist, in the singular or plural and whatever its case.
pub fn assumable(text: &str) -> Result<ObjectKind, String> {
    ASSUMABLE.iter().find(|kind| is_named(**kind, text)).copied().ok_or_else(|| {
        let known: Vec<_> = ASSUMABLE.iter().map(|kind| kind.kind()).collect();
        format!("only these kinds can be assumed: {}", known.join(", "))
    })
}

/// Namespace and name of `NAMESPACE/NAME`, or of a `NAME` in the namespace `default`.
pub(crate) fn namespaced(name: &str) -> (&str, &str) {
    name.split_once('/').unwrap_or(("default", name))
}

/// A Route by `KIND/NAMESPACE/NAME`, or `KIND/NAME` in the namespace `default`.
pub fn route_key(what: &str) -> Result<ObjectKey, AskError> {
    let parts: Vec<_> = what.split('/').collect();
    let (kind, namespace, name) = match parts[..] {
        [kind, namespace, name] => (kind, namespace, name),
        [kind, name] => (kind, "default", name),
        _ => return Err(AskError::NotExplainable(what.to_owned())),
    };
    let named = |one: &&ObjectKind| one.kind().ends_with("Route") && is_named(**one, kind);
    match ObjectKind::ALL.iter().find(named) {
        Some(kind) if !namespace.is_empty() && !name.is_empty() => Ok(ObjectKey::new(*kind, namespace, name)),
        _ => Err(AskError::NotExplainable(what.to_owned())),
    }
}

/// An object by kind, namespace and name. Without a namespace it is in `default`, or in none at all.
pub fn named_key(kind: &str, namespace: Option<&str>, name: &str) -> Result<ObjectKey, AskError> {
    let Some(kind) = ObjectKind::ALL.iter().find(|one| is_named(**one, kind)) else {
        let near = nearest(kind, ObjectKind::ALL.iter().map(|one| one.kind()));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(AskError::Request(format!("no kind is called `{kind}`{hint}")));
    };
    let namespace = match namespace {
        _ if !kind.is_namespaced() => "",
        None | Some("") => "default",
        Some(namespace) => namespace,
    };
    Ok(ObjectKey::new(*kind, namespace, name))
}

fn is_named(kind: ObjectKind, text: &str) -> bool {
    text.eq_ignore_ascii_case(kind.kind()) || text.eq_ignore_ascii_case(kind.plural())
}

/// Names for an error message: the first few, and how many more there are.
pub fn list(names: impl IntoIterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<_> = names.into_iter().collect();
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "none".to_owned(),
        count if count > SHOWN => format!("{shown} and {} more", count - SHOWN),
        _ => shown,
    }
}
