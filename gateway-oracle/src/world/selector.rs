//! Label selectors.

use std::collections::BTreeMap;

use gateway_core::ObjectKind;
use gateway_core::model::{FromNamespaces, LabelSelector, LabelSelectorOperator, LabelSelectorRequirement};

use super::World;

/// ATT-011, ATT-144: whether an owner in one namespace lets in an object of another.
pub(crate) fn allows(
    world: &World,
    from: &FromNamespaces,
    selector: Option<&LabelSelector>,
    own: &str,
    other: &str,
) -> bool {
    match from {
        FromNamespaces::All => true,
        FromNamespaces::Same => own == other,
        FromNamespaces::Selector => selector.is_some_and(|selector| selects(world, selector, other)),
        FromNamespaces::None | FromNamespaces::Other(_) => false,
    }
}

fn selects(world: &World, selector: &LabelSelector, namespace: &str) -> bool {
    if world.assumes(ObjectKind::Namespace, world.namespaces.len()) {
        return true;
    }
    let Some(found) = world.namespaces.iter().find(|one| one.metadata.name == namespace) else {
        return false;
    };
    // The API server labels every Namespace with its name.
    let mut labels = found.metadata.labels.clone().unwrap_or_default();
    labels.insert("kubernetes.io/metadata.name".to_owned(), namespace.to_owned());
    let equal = selector.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value));
    equal && selector.match_expressions.iter().flatten().all(|one| holds(one, &labels))
}

fn holds(requirement: &LabelSelectorRequirement, labels: &BTreeMap<String, String>) -> bool {
    let value = labels.get(&requirement.key);
    let listed = value.is_some_and(|value| requirement.values.iter().flatten().any(|one| one == value));
    match requirement.operator {
        LabelSelectorOperator::In => listed,
        LabelSelectorOperator::NotIn => !listed,
        LabelSelectorOperator::Exists => value.is_some(),
        LabelSelectorOperator::DoesNotExist => value.is_none(),
        LabelSelectorOperator::Other(_) => false,
    }
}
