//! Defaults of policies and XBackend (MODEL-R15, MODEL-XBTP-03..06).

use crate::model::{
    BackendTlsPolicy, BudgetDetails, RequestRate, RetryConstraint, XBackend, XBackendParentStatus,
    XBackendTrafficPolicy,
};

use super::Fill;

impl Fill for BackendTlsPolicy {
    fn fill(&mut self) {
        self.status.fill();
    }
}

impl Fill for XBackend {
    fn fill(&mut self) {
        if let Some(tls) = &mut self.spec.tls {
            tls.client_certificate_ref.fill();
        }
        if let Some(status) = &mut self.status {
            status.parents.fill();
        }
    }
}

impl Fill for XBackendParentStatus {
    fn fill(&mut self) {
        self.parent_ref.fill();
    }
}

impl Fill for XBackendTrafficPolicy {
    fn fill(&mut self) {
        self.spec.retry_constraint.fill();
        self.spec.session_persistence.fill();
        self.status.fill();
    }
}

impl Fill for RetryConstraint {
    fn fill(&mut self) {
        self.budget.get_or_insert_default().fill();
        self.min_retry_rate.get_or_insert_with(RequestRate::standard);
    }
}

impl Fill for BudgetDetails {
    fn fill(&mut self) {
        self.percent = Some(self.percent());
        self.interval.get_or_insert_with(|| "10s".into());
    }
}
