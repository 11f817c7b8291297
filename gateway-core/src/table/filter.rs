//! The filters of a rule or a backend, of HTTPRoutes and GRPCRoutes alike, ready to be carried out.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::slice;

use crate::attach::{BackendEdge, RuleNode};
use crate::model::{
    ExternalAuthProtocol, ForwardBodyConfig, GrpcAuthConfig, GrpcRouteFilter, GrpcRouteFilterType,
    HttpAuthConfig, HttpExternalAuthFilter, HttpHeaderFilter, HttpRequestMirrorFilter,
    HttpRequestRedirectFilter, HttpRouteFilter, HttpRouteFilterType, HttpUrlRewriteFilter,
    LocalObjectReference,
};
use crate::table::backend::Targets;
use crate::table::{Cors, Target};

/// One step of processing. A list of them has the order of the Route (FILT-004).
#[derive(Clone, Debug)]
pub enum Filter {
    /// Changes the request's headers.
    RequestHeaders(HttpHeaderFilter),
    /// Changes the response's headers.
    ResponseHeaders(HttpHeaderFilter),
    /// Answers with a redirect.
    Redirect(Box<HttpRequestRedirectFilter>),
    /// Changes host and path.
    Rewrite(Box<HttpUrlRewriteFilter>),
    /// Sends a copy elsewhere.
    Mirror(Box<Mirror>),
    /// Handles cross-origin requests.
    Cors(Box<Cors>),
    /// Asks another service first.
    ExternalAuth(Box<ExternalAuth>),
    /// A filter of the implementation. One that nobody knows is never passed over (REF-42).
    Extension(Box<Extension>),
    /// A type that this version does not have, or one without its configuration: never passed over
    /// (FILT-008).
    Unsupported(String),
}

impl Filter {
    /// Whether nobody here can carry it out (REF-42, FILT-008).
    pub(crate) fn is_unknown(&self) -> bool {
        match self {
            Self::Extension(extension) => !extension.known,
            Self::Unsupported(_) => true,
            _ => false,
        }
    }

    /// Whether it answers some request in place of a backend (FILT-004).
    pub(super) fn may_answer(&self) -> bool {
        match self {
            Self::Redirect(_) | Self::Cors(_) => true,
            Self::ExternalAuth(auth) => !auth.target.valid,
            _ => self.is_unknown(),
        }
    }

    /// The type as Routes write it.
    pub fn type_name(&self) -> &str {
        match self {
            Self::RequestHeaders(_) => "RequestHeaderModifier",
            Self::ResponseHeaders(_) => "ResponseHeaderModifier",
            Self::Redirect(_) => "RequestRedirect",
            Self::Rewrite(_) => "URLRewrite",
            Self::Mirror(_) => "RequestMirror",
            Self::Cors(_) => "CORS",
            Self::ExternalAuth(_) => "ExternalAuth",
            Self::Extension(_) => "ExtensionRef",
            Self::Unsupported(name) => name,
        }
    }
}

/// A copy of the request for another backend.
#[derive(Clone, Debug)]
pub struct Mirror {
    /// Where it goes; if that cannot be used, it is not sent (REF-41).
    pub target: Arc<Target>,
    /// Mirrored in `numerator` of `denominator` cases (FILT-061).
    pub numerator: u64,
    /// At least 1.
    pub denominator: u64,
}

/// Who must allow a request before it goes on (FILT-083..091).
#[derive(Clone, Debug)]
pub struct ExternalAuth {
    /// Whom to ask; if that cannot be used, the request goes nowhere (FILT-085).
    pub target: Arc<Target>,
    /// How.
    pub protocol: ExternalAuthProtocol,
    /// Settings for HTTP, as written (FILT-086, FILT-087).
    pub http: Option<HttpAuthConfig>,
    /// Settings for gRPC, as written (FILT-088).
    pub grpc: Option<GrpcAuthConfig>,
    /// How much of the body goes along, as written (FILT-089).
    pub forward_body: Option<ForwardBodyConfig>,
}

/// A filter of the implementation, in the Route's namespace (REF-17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Its API group; empty means core.
    pub group: String,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether the profile says that the data plane carries it out.
    pub known: bool,
}

/// Makes the filters of one rule. `attach` lists what filters refer to in the same walk: those of the
/// rule first, then those of each backend.
pub(super) struct Filters<'g> {
    targets: &'g Targets<'g>,
    mirrors: slice::Iter<'g, BackendEdge>,
    authorizers: slice::Iter<'g, BackendEdge>,
}

impl<'g> Filters<'g> {
    pub(super) fn new(targets: &'g Targets<'g>, rule: &'g RuleNode) -> Self {
        Self { targets, mirrors: rule.mirrors.iter(), authorizers: rule.authorizers.iter() }
    }

    /// The next list of an HTTPRoute.
    pub(super) fn http(&mut self, filters: Option<&[HttpRouteFilter]>) -> Vec<Filter> {
        let mut one = |filter: &HttpRouteFilter| {
            self.http_filter(filter).unwrap_or_else(|| Filter::Unsupported(filter.r#type.to_string()))
        };
        filters.unwrap_or_default().iter().map(&mut one).collect()
    }

    /// The next list of a GRPCRoute.
    pub(super) fn grpc(&mut self, filters: Option<&[GrpcRouteFilter]>) -> Vec<Filter> {
        let mut one = |filter: &GrpcRouteFilter| {
            self.grpc_filter(filter).unwrap_or_else(|| Filter::Unsupported(filter.r#type.to_string()))
        };
        filters.unwrap_or_default().iter().map(&mut one).collect()
    }

    fn http_filter(&mut self, filter: &HttpRouteFilter) -> Option<Filter> {
        use HttpRouteFilterType as Type;
        Some(match &filter.r#type {
            Type::RequestHeaderModifier => Filter::RequestHeaders(filter.request_header_modifier.clone()?),
            Type::ResponseHeaderModifier => Filter::ResponseHeaders(filter.response_header_modifier.clone()?),
            Type::RequestMirror => self.mirror(filter.request_mirror.as_ref()?)?,
            Type::RequestRedirect => Filter::Redirect(filter.request_redirect.clone()?.into()),
            Type::UrlRewrite => Filter::Rewrite(filter.url_rewrite.clone()?.into()),
            Type::Cors => {
                Filter::Cors(Box::new(Cors::new(filter.cors.as_ref()?, self.targets.profile.choices)))
            }
            Type::ExternalAuth => self.external_auth(filter.external_auth.as_ref()?)?,
            Type::ExtensionRef => self.extension(filter.extension_ref.as_ref()?),
            Type::Other(_) => return None,
        })
    }

    fn grpc_filter(&mut self, filter: &GrpcRouteFilter) -> Option<Filter> {
        use GrpcRouteFilterType as Type;
        Some(match &filter.r#type {
            Type::RequestHeaderModifier => Filter::RequestHeaders(filter.request_header_modifier.clone()?),
            Type::ResponseHeaderModifier => Filter::ResponseHeaders(filter.response_header_modifier.clone()?),
            Type::RequestMirror => self.mirror(filter.request_mirror.as_ref()?)?,
            Type::ExtensionRef => self.extension(filter.extension_ref.as_ref()?),
            Type::Other(_) => return None,
        })
    }

    fn mirror(&mut self, spec: &HttpRequestMirrorFilter) -> Option<Filter> {
        let positive = |number: i32| u64::try_from(number).unwrap_or(0);
        let (numerator, denominator) = match (spec.percent, &spec.fraction) {
            (Some(percent), _) => (positive(percent), 100),
            (None, Some(fraction)) => (positive(fraction.numerator), positive(fraction.denominator()).max(1)),
            (None, None) => (1, 1),
        };
        let target = self.targets.target(self.mirrors.next()?);
        Some(Filter::Mirror(Box::new(Mirror { target, numerator, denominator })))
    }

    fn extension(&self, reference: &LocalObjectReference) -> Filter {
        Filter::Extension(Box::new(Extension {
            group: reference.group.to_string(),
            kind: reference.kind.to_string(),
            name: reference.name.to_string(),
            known: self.targets.profile.knows_extension(&reference.group, &reference.kind),
        }))
    }

    fn external_auth(&mut self, spec: &HttpExternalAuthFilter) -> Option<Filter> {
        Some(Filter::ExternalAuth(Box::new(ExternalAuth {
            target: self.targets.target(self.authorizers.next()?),
            protocol: spec.protocol.clone(),
            http: spec.http.clone(),
            grpc: spec.grpc.clone(),
            forward_body: spec.forward_body.clone(),
        })))
    }
}
