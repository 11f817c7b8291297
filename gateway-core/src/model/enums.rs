//! Words that fields choose from. Every list is open: a word of a later release is kept.

use alloc::string::String;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::macros::open_enum;

open_enum!(
    /// How a path is compared (MODEL-HM-07).
    PathMatchType { Exact = "Exact", PathPrefix = "PathPrefix", RegularExpression = "RegularExpression", }
);
open_enum!(
    /// How a header is compared (MODEL-HM-03, MODEL-GM-03).
    HeaderMatchType { Exact = "Exact", RegularExpression = "RegularExpression", }
);
open_enum!(
    /// How a query parameter is compared (MODEL-HM-11).
    QueryParamMatchType { Exact = "Exact", RegularExpression = "RegularExpression", }
);
open_enum!(
    /// How a gRPC service and method are compared (MODEL-GM-08).
    GrpcMethodMatchType { Exact = "Exact", RegularExpression = "RegularExpression", }
);
open_enum!(
    /// An HTTP method to match (MODEL-HM-05).
    HttpMethod {
        Get = "GET",
        Head = "HEAD",
        Post = "POST",
        Put = "PUT",
        Delete = "DELETE",
        Connect = "CONNECT",
        Options = "OPTIONS",
        Trace = "TRACE",
        Patch = "PATCH",
    }
);
open_enum!(
    /// A method of a CORS filter: an HTTP method or `*` for all (MODEL-CORS-03).
    CorsMethod {
        Get = "GET",
        Head = "HEAD",
        Post = "POST",
        Put = "PUT",
        Delete = "DELETE",
        Connect = "CONNECT",
        Options = "OPTIONS",
        Trace = "TRACE",
        Patch = "PATCH",
        Any = "*",
    }
);
open_enum!(
    /// Which filter of an HTTPRoute it is; `ExternalAuth` is experimental (MODEL-HF-08).
    HttpRouteFilterType {
        RequestHeaderModifier = "RequestHeaderModifier",
        ResponseHeaderModifier = "ResponseHeaderModifier",
        RequestMirror = "RequestMirror",
        RequestRedirect = "RequestRedirect",
        UrlRewrite = "URLRewrite",
        ExtensionRef = "ExtensionRef",
        Cors = "CORS",
        ExternalAuth = "ExternalAuth",
    }
);
open_enum!(
    /// Which filter of a GRPCRoute it is (MODEL-GF-05).
    GrpcRouteFilterType {
        ResponseHeaderModifier = "ResponseHeaderModifier",
        RequestHeaderModifier = "RequestHeaderModifier",
        RequestMirror = "RequestMirror",
        ExtensionRef = "ExtensionRef",
    }
);
open_enum!(
    /// Which part of a path is replaced (MODEL-PMOD-03).
    PathModifierType { ReplaceFullPath = "ReplaceFullPath", ReplacePrefixMatch = "ReplacePrefixMatch", }
);
open_enum!(
    /// The scheme of a redirect (MODEL-RED-04).
    RedirectScheme { Http = "http", Https = "https", }
);
open_enum!(
    /// How an authorization service is spoken to (MODEL-EA-10).
    ExternalAuthProtocol { Http = "HTTP", Grpc = "GRPC", }
);
open_enum!(
    /// What a listener does with TLS (MODEL-LTLS-02).
    TlsMode { Terminate = "Terminate", Passthrough = "Passthrough", }
);
open_enum!(
    /// What becomes of a client whose certificate cannot be verified (MODEL-FTV-03).
    FrontendValidationMode {
        AllowValidOnly = "AllowValidOnly",
        AllowInsecureFallback = "AllowInsecureFallback",
    }
);
open_enum!(
    /// Which namespaces may attach; `None` is legal for ListenerSets only (MODEL-AR-03, MODEL-GW-07).
    FromNamespaces { All = "All", Selector = "Selector", Same = "Same", None = "None", }
);
open_enum!(
    /// What a requirement of a label selector asks (MODEL-LSEL-03).
    LabelSelectorOperator { In = "In", NotIn = "NotIn", Exists = "Exists", DoesNotExist = "DoesNotExist", }
);
open_enum!(
    /// Whether a condition holds (MODEL-COND-05).
    ConditionStatus { True = "True", False = "False", Unknown = "Unknown", }
);
open_enum!(
    /// Which routes a default Gateway takes, or whether a route wants one (MODEL-GW-09, MODEL-HR-19).
    GatewayDefaultScope { All = "All", None = "None", }
);
open_enum!(
    /// What carries a session (MODEL-SP-05).
    SessionPersistenceType { Cookie = "Cookie", Header = "Header", }
);
open_enum!(
    /// How long a session cookie lives (MODEL-SP-03).
    CookieLifetimeType { Permanent = "Permanent", Session = "Session", }
);
open_enum!(
    /// What a certificate's alternative name is (MODEL-SAN-02).
    SubjectAltNameType { Hostname = "Hostname", Uri = "URI", }
);
open_enum!(
    /// What an XBackend stands for (MODEL-XB-12).
    XBackendType { ExternalHostname = "ExternalHostname", }
);
open_enum!(
    /// What an XBackend speaks (MODEL-XB-07).
    XBackendProtocol {
        Tcp = "TCP",
        Http = "HTTP",
        Http2 = "HTTP2",
        Http11 = "HTTP11",
        H2c = "H2C",
        Mcp = "MCP",
    }
);
open_enum!(
    /// Who shows a certificate to whom in front of an XBackend (MODEL-XB-10).
    XBackendTlsMode { None = "None", ServerOnly = "ServerOnly", ClientAndServer = "ClientAndServer", }
);
open_enum!(
    /// What kind of address a Service has.
    ServiceType {
        ClusterIp = "ClusterIP",
        NodePort = "NodePort",
        LoadBalancer = "LoadBalancer",
        ExternalName = "ExternalName",
    }
);
open_enum!(
    /// What kind of address a ServiceImport has.
    ServiceImportType { ClusterSetIp = "ClusterSetIP", Headless = "Headless", }
);

/// The words of `useDefaultGateways`: the same as those of `defaultScope`.
pub type UseDefaultGateways = GatewayDefaultScope;
