//! Label selectors over Namespaces (MODEL-LSEL-01..05).

use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::model::{LabelSelector, LabelSelectorOperator, LabelSelectorRequirement};

/// The label that Kubernetes puts on every Namespace, also when the manifest does not show it.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// Labels of a Namespace as the selector sees them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamespaceLabels<'a> {
    /// The Namespace's name.
    pub(crate) name: &'a str,
    /// The labels of its manifest; `None` when the Namespace is not in the input.
    pub(crate) labels: Option<&'a BTreeMap<String, String>>,
}

impl NamespaceLabels<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        if key == NAME_LABEL {
            return Some(self.name);
        }
        self.labels?.get(key).map(String::as_str)
    }
}

/// Whether the labels satisfy the selector. An empty selector selects everything.
pub(crate) fn selects(selector: &LabelSelector, labels: NamespaceLabels<'_>) -> bool {
    let equal =
        selector.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value.as_str()));
    equal && selector.match_expressions.iter().flatten().all(|requirement| holds(requirement, labels))
}

fn holds(requirement: &LabelSelectorRequirement, labels: NamespaceLabels<'_>) -> bool {
    let label = labels.get(&requirement.key);
    let listed = |value: &str| requirement.values.iter().flatten().any(|listed| listed == value);
    match requirement.operator {
        LabelSelectorOperator::In => label.is_some_and(listed),
        // A missing key satisfies NotIn, as in Kubernetes.
        LabelSelectorOperator::NotIn => !label.is_some_and(listed),
        LabelSelectorOperator::Exists => label.is_some(),
        LabelSelectorOperator::DoesNotExist => label.is_none(),
        // An operator that Kubernetes does not know makes its selector invalid: it selects nothing.
        LabelSelectorOperator::Other(_) => false,
    }
}
