//! Defaults of routes (MODEL-R13..R15).

use crate::model::{
    CookieConfig, GrpcHeaderMatch, GrpcMethodMatch, GrpcRoute, GrpcRouteMatch, GrpcRouteRule,
    HttpHeaderMatch, HttpPathMatch, HttpQueryParamMatch, HttpRoute, HttpRouteMatch, HttpRouteRule,
    SessionPersistence, TcpRoute, TcpRouteRule, TlsRoute, TlsRouteRule, UdpRoute, UdpRouteRule,
};

use super::Fill;

impl Fill for HttpRoute {
    fn fill(&mut self) {
        self.spec.parent_refs.fill();
        self.spec.rules = Some(self.spec.rules().into_owned());
        self.spec.rules.fill();
        self.status.fill();
    }
}

impl Fill for HttpRouteRule {
    fn fill(&mut self) {
        self.matches = Some(self.matches().into_owned());
        self.matches.fill();
        self.filters.fill();
        self.backend_refs.fill();
        self.session_persistence.fill();
    }
}

impl Fill for HttpRouteMatch {
    fn fill(&mut self) {
        self.path.get_or_insert_with(HttpPathMatch::any).fill();
        self.headers.fill();
        self.query_params.fill();
    }
}

impl Fill for HttpPathMatch {
    fn fill(&mut self) {
        self.r#type = Some(self.match_type());
        self.value.get_or_insert_with(|| "/".into());
    }
}

impl Fill for HttpHeaderMatch {
    fn fill(&mut self) {
        self.r#type = Some(self.match_type());
    }
}

impl Fill for HttpQueryParamMatch {
    fn fill(&mut self) {
        self.r#type = Some(self.match_type());
    }
}

impl Fill for SessionPersistence {
    fn fill(&mut self) {
        self.r#type = Some(self.persistence_type());
        self.cookie_config.fill();
    }
}

impl Fill for CookieConfig {
    fn fill(&mut self) {
        self.lifetime_type = Some(self.lifetime_type());
    }
}

impl Fill for GrpcRoute {
    fn fill(&mut self) {
        self.spec.parent_refs.fill();
        self.spec.rules.fill();
        self.status.fill();
    }
}

impl Fill for GrpcRouteRule {
    fn fill(&mut self) {
        self.matches.fill();
        self.filters.fill();
        self.backend_refs.fill();
        self.session_persistence.fill();
    }
}

impl Fill for GrpcRouteMatch {
    fn fill(&mut self) {
        self.method.fill();
        self.headers.fill();
    }
}

impl Fill for GrpcMethodMatch {
    fn fill(&mut self) {
        self.r#type = Some(self.match_type());
    }
}

impl Fill for GrpcHeaderMatch {
    fn fill(&mut self) {
        self.r#type = Some(self.match_type());
    }
}

/// The routes whose rules only have backends.
macro_rules! plain_routes {
    ($($route:ty, $rule:ty;)*) => {
        $(
            impl Fill for $route {
                fn fill(&mut self) {
                    self.spec.parent_refs.fill();
                    self.spec.rules.fill();
                    self.status.fill();
                }
            }

            impl Fill for $rule {
                fn fill(&mut self) {
                    self.backend_refs.fill();
                }
            }
        )*
    };
}

plain_routes! {
    TlsRoute, TlsRouteRule;
    TcpRoute, TcpRouteRule;
    UdpRoute, UdpRouteRule;
}
