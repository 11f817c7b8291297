//! Defaults of GatewayClass, Gateway, ListenerSet and XMesh (MODEL-R10..R12, MODEL-R15).

use crate::model::{
    AllowedListeners, AllowedRoutes, FrontendTlsConfig, FrontendTlsValidation, Gateway, GatewayClass,
    GatewaySpecAddress, GatewayStatusAddress, GatewayTlsConfig, Listener, ListenerNamespaces, ListenerSet,
    ListenerStatus, ListenerTlsConfig, RouteNamespaces, TlsConfig, TlsPortConfig, XMesh,
};

use super::Fill;
use super::status::{pending, pending_and_unprogrammed};

impl Fill for GatewayClass {
    fn fill(&mut self) {
        self.status.get_or_insert_default().conditions.get_or_insert_with(pending);
    }
}

impl Fill for XMesh {
    /// The default of the whole status has one condition, that of the list of conditions two (MODEL-R12).
    fn fill(&mut self) {
        match &mut self.status {
            Some(status) => {
                status.conditions.get_or_insert_with(pending_and_unprogrammed);
            }
            None => self.status.get_or_insert_default().conditions = Some(pending()),
        }
    }
}

impl Fill for Gateway {
    fn fill(&mut self) {
        self.spec.listeners.fill();
        self.spec.addresses.fill();
        self.spec.allowed_listeners.fill();
        self.spec.tls.fill();

        let status = self.status.get_or_insert_default();
        status.conditions.get_or_insert_with(pending_and_unprogrammed);
        status.addresses.fill();
        status.listeners.fill();
    }
}

impl Fill for ListenerSet {
    fn fill(&mut self) {
        self.spec.parent_ref.fill();
        self.spec.listeners.fill();

        let status = self.status.get_or_insert_default();
        status.conditions.get_or_insert_with(pending_and_unprogrammed);
        status.listeners.fill();
    }
}

impl Fill for Listener {
    fn fill(&mut self) {
        self.tls.fill();
        self.allowed_routes.get_or_insert_default().fill();
    }
}

impl Fill for ListenerTlsConfig {
    fn fill(&mut self) {
        self.mode = Some(self.mode());
        self.certificate_refs.fill();
    }
}

impl Fill for AllowedRoutes {
    fn fill(&mut self) {
        self.namespaces.get_or_insert_default().fill();
        self.kinds.fill();
    }
}

impl Fill for RouteNamespaces {
    fn fill(&mut self) {
        self.from = Some(self.from());
    }
}

impl Fill for ListenerStatus {
    fn fill(&mut self) {
        self.supported_kinds.fill();
    }
}

impl Fill for AllowedListeners {
    fn fill(&mut self) {
        self.namespaces.get_or_insert_default().fill();
    }
}

impl Fill for ListenerNamespaces {
    fn fill(&mut self) {
        self.from = Some(self.from());
    }
}

impl Fill for GatewaySpecAddress {
    fn fill(&mut self) {
        self.r#type = Some(self.address_type().into());
    }
}

impl Fill for GatewayStatusAddress {
    fn fill(&mut self) {
        self.r#type = Some(self.address_type().into());
    }
}

impl Fill for GatewayTlsConfig {
    fn fill(&mut self) {
        if let Some(backend) = &mut self.backend {
            backend.client_certificate_ref.fill();
        }
        self.frontend.fill();
    }
}

impl Fill for FrontendTlsConfig {
    fn fill(&mut self) {
        self.default.fill();
        self.per_port.fill();
    }
}

impl Fill for TlsPortConfig {
    fn fill(&mut self) {
        self.tls.fill();
    }
}

impl Fill for TlsConfig {
    fn fill(&mut self) {
        self.validation.fill();
    }
}

impl Fill for FrontendTlsValidation {
    fn fill(&mut self) {
        self.mode = Some(self.mode());
    }
}
