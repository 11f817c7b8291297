//! What the resources carry that a controller creates for a Gateway (MODEL-R35, GEP-1762).

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

use crate::attach::GatewayNode;
use crate::profile::{Feature, Profile};

/// The label by which the resources of a Gateway are found.
const GATEWAY_NAME_LABEL: &str = "gateway.networking.k8s.io/gateway-name";

/// Labels and annotations of everything that is created for a Gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneratedMetadata {
    /// The labels of `spec.infrastructure` and the one that names the Gateway.
    pub labels: BTreeMap<String, String>,
    /// The annotations of `spec.infrastructure`.
    pub annotations: BTreeMap<String, String>,
}

pub(crate) fn generated_metadata(gateway: &GatewayNode, profile: &Profile) -> GeneratedMetadata {
    let mut generated = GeneratedMetadata::default();
    let infrastructure = gateway.object.spec.infrastructure.as_ref();
    if let Some(infrastructure) =
        infrastructure.filter(|_| profile.supports(Feature::GatewayInfrastructurePropagation))
    {
        let labels = infrastructure.labels.iter().flatten();
        generated.labels.extend(labels.map(|(key, value)| (key.clone(), value.to_string())));
        let annotations = infrastructure.annotations.iter().flatten();
        generated.annotations.extend(annotations.map(|(key, value)| (key.clone(), value.to_string())));
    }
    generated.labels.insert(GATEWAY_NAME_LABEL.to_string(), gateway.name.name.clone());
    generated
}
