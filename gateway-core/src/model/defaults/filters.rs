//! Defaults of filters (MODEL-R15).

use crate::model::{
    Fraction, GrpcRouteFilter, HttpCorsFilter, HttpExternalAuthFilter, HttpRequestMirrorFilter,
    HttpRequestRedirectFilter, HttpRouteFilter,
};

use super::Fill;

impl Fill for HttpRouteFilter {
    fn fill(&mut self) {
        self.request_mirror.fill();
        self.request_redirect.fill();
        self.cors.fill();
        self.external_auth.fill();
    }
}

impl Fill for GrpcRouteFilter {
    fn fill(&mut self) {
        self.request_mirror.fill();
    }
}

impl Fill for HttpRequestMirrorFilter {
    fn fill(&mut self) {
        self.backend_ref.fill();
        self.fraction.fill();
    }
}

impl Fill for Fraction {
    fn fill(&mut self) {
        self.denominator = Some(self.denominator());
    }
}

impl Fill for HttpRequestRedirectFilter {
    fn fill(&mut self) {
        self.status_code = Some(self.status_code());
    }
}

impl Fill for HttpCorsFilter {
    fn fill(&mut self) {
        self.max_age = Some(self.max_age());
    }
}

impl Fill for HttpExternalAuthFilter {
    fn fill(&mut self) {
        self.backend_ref.fill();
    }
}
