//! Defaults of references (MODEL-R15).

use crate::model::kind::GATEWAY_GROUP;
use crate::model::{
    BackendObjectReference, BackendRef, Group, GrpcBackendRef, HttpBackendRef, Kind, ParentGatewayReference,
    ParentReference, RouteGroupKind, SecretObjectReference,
};

use super::Fill;

fn fill_group_kind(
    group: &mut Option<Group>,
    default_group: &str,
    kind: &mut Option<Kind>,
    default_kind: &str,
) {
    group.get_or_insert_with(|| default_group.into());
    kind.get_or_insert_with(|| default_kind.into());
}

impl Fill for ParentReference {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, GATEWAY_GROUP, &mut self.kind, "Gateway");
    }
}

impl Fill for ParentGatewayReference {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, GATEWAY_GROUP, &mut self.kind, "Gateway");
    }
}

impl Fill for SecretObjectReference {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, "", &mut self.kind, "Secret");
    }
}

impl Fill for RouteGroupKind {
    fn fill(&mut self) {
        self.group.get_or_insert_with(|| GATEWAY_GROUP.into());
    }
}

impl Fill for BackendObjectReference {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, "", &mut self.kind, "Service");
    }
}

impl Fill for BackendRef {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, "", &mut self.kind, "Service");
        self.weight.get_or_insert(1);
    }
}

impl Fill for HttpBackendRef {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, "", &mut self.kind, "Service");
        self.weight.get_or_insert(1);
        self.filters.fill();
    }
}

impl Fill for GrpcBackendRef {
    fn fill(&mut self) {
        fill_group_kind(&mut self.group, "", &mut self.kind, "Service");
        self.weight.get_or_insert(1);
        self.filters.fill();
    }
}
