// Written by scripts/object-types.mjs from gateway-core/src/model; do not edit.

/** An object of any kind that is read. */
export type GatewayObject =
  | GatewayClass
  | Gateway
  | ListenerSet
  | HTTPRoute
  | GRPCRoute
  | TLSRoute
  | TCPRoute
  | UDPRoute
  | ReferenceGrant
  | BackendTLSPolicy
  | XBackend
  | XBackendTrafficPolicy
  | XMesh
  | Service
  | Secret
  | ConfigMap
  | Namespace
  | EndpointSlice
  | ServiceImport

/** Which ListenerSets may extend a Gateway (MODEL-GW-05..08). */
export interface AllowedListeners {
  /** Where they may come from (MODEL-GW-06). */
  namespaces?: ListenerNamespaces
}

/** Which routes may attach to a listener (MODEL-AR-01..04). */
export interface AllowedRoutes {
  /** Where they may come from (MODEL-AR-02). */
  namespaces?: RouteNamespaces
  /** Their kinds, at most 8; none means those of the protocol (MODEL-AR-01). */
  kinds?: RouteGroupKind[]
}

/** A backend without a weight (MODEL-BOR-01..05). */
export interface BackendObjectReference {
  /** API group; absent means core (MODEL-BOR-01). */
  group?: string
  /** Kind; absent means `Service` (MODEL-BOR-02). */
  kind?: string
  /** Name (MODEL-BOR-03). */
  name: string
  /** Namespace; absent means the referrer's (MODEL-BOR-04). */
  namespace?: string
  /** The Service's port, not the pod's; needed for a Service (MODEL-BOR-05). */
  port?: number
}

/** A weighted backend of a TLS, TCP or UDP rule (MODEL-BREF-01..06). */
export interface BackendRef {
  /** API group; absent means core (MODEL-BREF-01). */
  group?: string
  /** Kind; absent means `Service` (MODEL-BREF-02). */
  kind?: string
  /** Name (MODEL-BREF-03). */
  name: string
  /** Namespace; absent means the referrer's (MODEL-BREF-04). */
  namespace?: string
  /** The Service's port, not the pod's; needed for a Service (MODEL-BREF-05). */
  port?: number
  /** Share of the rule's traffic, 0 to 1000000; absent means 1 (MODEL-BREF-06). */
  weight?: number
}

/** How the certificates of backends are verified. */
export interface BackendTLSPolicy {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha3'
  kind: 'BackendTLSPolicy'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-BTP-01). */
  spec: BackendTLSPolicySpec
  /** What became of it (MODEL-BTP-09). */
  status?: PolicyStatus
}

/** What is wanted of a BackendTLSPolicy. */
export interface BackendTLSPolicySpec {
  /** The backends, 1 to 16 (MODEL-BTP-03). */
  targetRefs: LocalPolicyTargetReferenceWithSectionName[]
  /** How they are verified (MODEL-BTP-08). */
  validation: BackendTLSPolicyValidation
  /** Settings of the implementation, at most 16 (MODEL-BTP-02). */
  options?: Record<string, string>
}

/** How a backend's certificate is verified (MODEL-BTV-01..04). */
export interface BackendTLSPolicyValidation {
  /** Who may have signed it, at most 8 (MODEL-BTV-01). */
  caCertificateRefs?: LocalObjectReference[]
  /** The same by name; instead of references (MODEL-BTV-04). */
  wellKnownCACertificates?: string
  /** The server name asked for, and the name in the certificate (MODEL-BTV-02). */
  hostname: string
  /** Names accepted in the certificate instead, at most 5 (MODEL-BTV-03). */
  subjectAltNames?: SubjectAltName[]
}

/** Retries as a share of all requests. */
export interface BudgetDetails {
  /** How many of 100 requests, 0 to 100; absent means 20 (MODEL-XBTP-05). */
  percent?: number
  /** The time over which they are counted, 1s to 1h; absent means `10s` (MODEL-XBTP-04). */
  interval?: string
}

/** A method of a CORS filter: an HTTP method or `*` for all (MODEL-CORS-03). */
export type CORSMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH' | '*'

/** One statement about an object (MODEL-COND-01..06). */
export interface Condition {
  /** What it is about (MODEL-COND-06). */
  type: string
  /** Whether it holds (MODEL-COND-05). */
  status: ConditionStatus
  /** The generation it was computed from, at least 0 (MODEL-COND-03). */
  observedGeneration?: number
  /** When `status` last changed; required by the schema, absent until someone with a clock fills it in (MODEL-COND-01). */
  lastTransitionTime?: string | Date
  /** One word why (MODEL-COND-04). */
  reason: string
  /** A sentence for people, at most 32768 characters (MODEL-COND-02). */
  message: string
}

/** Whether a condition holds (MODEL-COND-05). */
export type ConditionStatus = 'True' | 'False' | 'Unknown'

/** Named values. */
export interface ConfigMap {
  apiVersion: 'v1'
  kind: 'ConfigMap'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** Values as text. */
  data?: Record<string, string>
  /** Values in base64, as written. */
  binaryData?: Record<string, string>
}

/** Settings of a session cookie. */
export interface CookieConfig {
  /** How long it lives; absent means `Session` (MODEL-SP-03). */
  lifetimeType?: CookieLifetimeType
}

/** How long a session cookie lives (MODEL-SP-03). */
export type CookieLifetimeType = 'Permanent' | 'Session'

/** One endpoint, usually a pod. */
export interface Endpoint {
  /** Its addresses, which are all the same endpoint. */
  addresses: string[]
  /** Whether it can take traffic. */
  conditions?: EndpointConditions
}

/** Whether an endpoint can take traffic. */
export interface EndpointConditions {
  /** Whether it is ready; absent means yes. */
  ready?: boolean
  /** Whether it answers, even while it ends. */
  serving?: boolean
  /** Whether it is ending. */
  terminating?: boolean
}

/** A port of all endpoints of a slice. */
export interface EndpointPort {
  /** The name of the Service's port. */
  name?: string
  /** `TCP`, `UDP` or `SCTP`; absent means `TCP`. */
  protocol?: string
  /** What is spoken on it. */
  appProtocol?: string
  /** The pods' port; absent means all ports. */
  port?: number
}

/** Some of the endpoints of a Service. */
export interface EndpointSlice {
  apiVersion: 'discovery.k8s.io/v1'
  kind: 'EndpointSlice'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** `IPv4`, `IPv6` or `FQDN`. */
  addressType: string
  /** The endpoints. */
  endpoints?: Endpoint[]
  /** The ports that each of them serves. */
  ports?: EndpointPort[]
}

/** How an authorization service is spoken to (MODEL-EA-10). */
export type ExternalAuthProtocol = 'HTTP' | 'GRPC'

/** How much of a request's body is sent along. */
export interface ForwardBodyConfig {
  /** Bytes; absent or 0 means none (MODEL-EA-03). */
  maxSize?: number
}

/** A share of the requests. */
export interface Fraction {
  /** How many are taken, at least 0 (MODEL-MIR-04). */
  numerator: number
  /** Of how many, at least 1; absent means 100 (MODEL-MIR-03). */
  denominator?: number
}

/** Which namespaces may attach; `None` is legal for ListenerSets only (MODEL-AR-03, MODEL-GW-07). */
export type FromNamespaces = 'All' | 'Selector' | 'Same' | 'None'

/** TLS of a Gateway towards clients. */
export interface FrontendTLSConfig {
  /** For HTTPS listeners on ports that `per_port` does not name (MODEL-GW-20). */
  default: TLSConfig
  /** For the listeners of single ports, at most 64 (MODEL-GW-21). */
  perPort?: TLSPortConfig[]
}

/** How client certificates are verified. */
export interface FrontendTLSValidation {
  /** Who may have signed them, 1 to 16 (MODEL-FTV-02). */
  caCertificateRefs: ObjectReference[]
  /** What becomes of others; absent means `AllowValidOnly` (MODEL-FTV-03). */
  mode?: FrontendValidationMode
}

/** What becomes of a client whose certificate cannot be verified (MODEL-FTV-03). */
export type FrontendValidationMode = 'AllowValidOnly' | 'AllowInsecureFallback'

/** How a gRPC service is asked. */
export interface GRPCAuthConfig {
  /** Headers sent along, at most 64; none means all (MODEL-EA-05). */
  allowedHeaders?: string[]
}

/** A weighted backend of a GRPCRoute rule (MODEL-GR-05..12). */
export interface GRPCBackendRef {
  /** API group; absent means core (MODEL-GR-07). */
  group?: string
  /** Kind; absent means `Service` (MODEL-GR-08). */
  kind?: string
  /** Name (MODEL-GR-09). */
  name: string
  /** Namespace; absent means the route's (MODEL-GR-10). */
  namespace?: string
  /** The Service's port, not the pod's; needed for a Service (MODEL-GR-11). */
  port?: number
  /** Share of the rule's traffic, 0 to 1000000; absent means 1 (MODEL-GR-12). */
  weight?: number
  /** Steps for calls to this backend, at most 16 (MODEL-GR-06). */
  filters?: GRPCRouteFilter[]
}

/** What is asked of a header. */
export interface GRPCHeaderMatch {
  /** How it is compared; absent means `Exact` (MODEL-GM-03). */
  type?: HeaderMatchType
  /** Name, compared without regard to case (MODEL-GM-02). */
  name: string
  /** With what, 1 to 4096 characters of any kind (MODEL-GM-04). */
  value: string
}

/** What is asked of service and method. */
export interface GRPCMethodMatch {
  /** How both are compared; absent means `Exact` (MODEL-GM-08). */
  type?: GRPCMethodMatchType
  /** The service, at most 1024 characters; absent or empty means any (MODEL-GM-07). */
  service?: string
  /** The method, at most 1024 characters; absent or empty means any (MODEL-GM-06). */
  method?: string
}

/** How a gRPC service and method are compared (MODEL-GM-08). */
export type GRPCMethodMatchType = 'Exact' | 'RegularExpression'

/** Which gRPC calls go where. */
export interface GRPCRoute {
  apiVersion: 'gateway.networking.k8s.io/v1'
  kind: 'GRPCRoute'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-GR-01). */
  spec: GRPCRouteSpec
  /** What became of it (MODEL-GR-18). */
  status?: RouteStatus
}

/** One step of processing; `type` names the field that holds it (MODEL-GF-01..05). */
export interface GRPCRouteFilter {
  /** Which field counts (MODEL-GF-05). */
  type: GRPCRouteFilterType
  /** Changes request headers (MODEL-GF-02). */
  requestHeaderModifier?: HTTPHeaderFilter
  /** Changes response headers (MODEL-GF-04). */
  responseHeaderModifier?: HTTPHeaderFilter
  /** Copies calls elsewhere (MODEL-GF-03). */
  requestMirror?: HTTPRequestMirrorFilter
  /** A filter of the implementation (MODEL-GF-01). */
  extensionRef?: LocalObjectReference
}

/** Which filter of a GRPCRoute it is (MODEL-GF-05). */
export type GRPCRouteFilterType = 'ResponseHeaderModifier' | 'RequestHeaderModifier' | 'RequestMirror' | 'ExtensionRef'

/** Conditions that must all hold (MODEL-GM-01..08). */
export interface GRPCRouteMatch {
  /** Service and method; absent means any (MODEL-GM-05). */
  method?: GRPCMethodMatch
  /** Headers, at most 16 (MODEL-GM-01). */
  headers?: GRPCHeaderMatch[]
}

/** Matches, what is done with what they take, and where it goes. */
export interface GRPCRouteRule {
  /** Name, unique in the route (MODEL-GR-15). */
  name?: string
  /** Any of them must hold, at most 64; none means every call (MODEL-GR-14). */
  matches?: GRPCRouteMatch[]
  /** Steps of processing, at most 16 (MODEL-GR-13). */
  filters?: GRPCRouteFilter[]
  /** Where calls go, at most 16 (MODEL-GR-05). */
  backendRefs?: GRPCBackendRef[]
  /** How a client stays with its backend; experimental (MODEL-GR-16). */
  sessionPersistence?: SessionPersistence
}

/** What is wanted of a GRPCRoute. */
export interface GRPCRouteSpec {
  /** What it attaches to, at most 32 (MODEL-GR-03). */
  parentRefs?: ParentReference[]
  /** Whether it attaches to default Gateways; experimental (MODEL-GR-17). */
  useDefaultGateways?: GatewayDefaultScope
  /** Hosts it serves, at most 16; none means those of the listener (MODEL-GR-02). */
  hostnames?: string[]
  /** Its rules, at most 16; none means that nothing matches (MODEL-GR-04). */
  rules?: GRPCRouteRule[]
}

/** An entry point for traffic. */
export interface Gateway {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1beta1'
  kind: 'Gateway'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-GW-01). */
  spec: GatewaySpec
  /** What became of it (MODEL-GW-24). */
  status?: GatewayStatus
}

/** TLS of a Gateway towards backends. */
export interface GatewayBackendTLS {
  /** The certificate shown to backends (MODEL-GW-18). */
  clientCertificateRef?: SecretObjectReference
}

/** A class of Gateways and who serves it; cluster-scoped. */
export interface GatewayClass {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1beta1'
  kind: 'GatewayClass'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-GC-01). */
  spec: GatewayClassSpec
  /** What became of it (MODEL-GC-05). */
  status?: GatewayClassStatus
}

/** What is wanted of a GatewayClass. */
export interface GatewayClassSpec {
  /** The controller that serves the class; immutable (MODEL-GC-02). */
  controllerName: string
  /** Settings of the implementation (MODEL-GC-04). */
  parametersRef?: ParametersReference
  /** For people, at most 64 characters (MODEL-GC-03). */
  description?: string
}

/** What became of a GatewayClass. */
export interface GatewayClassStatus {
  /** Its conditions, at most 8 (MODEL-GC-06). */
  conditions?: Condition[]
  /** What the controller can do, ascending by name, at most 64 (MODEL-GC-07). */
  supportedFeatures?: SupportedFeature[]
}

/** Which routes a default Gateway takes, or whether a route wants one (MODEL-GW-09, MODEL-HR-19). */
export type GatewayDefaultScope = 'All' | 'None'

/** What is made for a Gateway and how it is marked (MODEL-GW-11..14). */
export interface GatewayInfrastructure {
  /** Labels for it, at most 8 (MODEL-GW-13). */
  labels?: Record<string, string>
  /** Annotations for it, at most 16 (MODEL-GW-12). */
  annotations?: Record<string, string>
  /** Settings of the implementation (MODEL-GW-14). */
  parametersRef?: LocalObjectReference
}

/** What is wanted of a Gateway. */
export interface GatewaySpec {
  /** The GatewayClass (MODEL-GW-10). */
  gatewayClassName: string
  /** Its listeners, 1 to 64 (MODEL-GW-15). */
  listeners: Listener[]
  /** Addresses asked for, at most 16 (MODEL-GW-02). */
  addresses?: GatewaySpecAddress[]
  /** What is made for it (MODEL-GW-11). */
  infrastructure?: GatewayInfrastructure
  /** Which ListenerSets may extend it (MODEL-GW-05). */
  allowedListeners?: AllowedListeners
  /** TLS of all its listeners and towards backends (MODEL-GW-16). */
  tls?: GatewayTLSConfig
  /** Whether routes may attach without naming it; experimental (MODEL-GW-09). */
  defaultScope?: GatewayDefaultScope
}

/** An address asked for (MODEL-GW-02..04). */
export interface GatewaySpecAddress {
  /** What it is; absent means `IPAddress` (MODEL-GW-03). */
  type?: string
  /** The address; absent or empty leaves the choice to the implementation (MODEL-GW-04). */
  value?: string
}

/** What became of a Gateway. */
export interface GatewayStatus {
  /** Addresses in use, at most 16 (MODEL-GW-25). */
  addresses?: GatewayStatusAddress[]
  /** Its conditions, at most 8 (MODEL-GW-29). */
  conditions?: Condition[]
  /** What became of each listener, at most 64 (MODEL-GW-30). */
  listeners?: ListenerStatus[]
  /** How many ListenerSets extend it (MODEL-GW-28). */
  attachedListenerSets?: number
}

/** An address in use (MODEL-GW-25..27). */
export interface GatewayStatusAddress {
  /** What it is; absent means `IPAddress` (MODEL-GW-26). */
  type?: string
  /** The address (MODEL-GW-27). */
  value: string
}

/** TLS of a Gateway. */
export interface GatewayTLSConfig {
  /** Towards backends (MODEL-GW-17). */
  backend?: GatewayBackendTLS
  /** Towards clients (MODEL-GW-19). */
  frontend?: FrontendTLSConfig
}

/** How an HTTP service is asked. */
export interface HTTPAuthConfig {
  /** What is put before the request's path (MODEL-EA-09). */
  path?: string
  /** Further headers sent along, at most 64 (MODEL-EA-07). */
  allowedHeaders?: string[]
  /** Headers of the answer that go to the backend, at most 64 (MODEL-EA-08). */
  allowedResponseHeaders?: string[]
}

/** A weighted backend of an HTTPRoute rule (MODEL-HR-05..12). */
export interface HTTPBackendRef {
  /** API group; absent means core (MODEL-HR-07). */
  group?: string
  /** Kind; absent means `Service` (MODEL-HR-08). */
  kind?: string
  /** Name (MODEL-HR-09). */
  name: string
  /** Namespace; absent means the route's (MODEL-HR-10). */
  namespace?: string
  /** The Service's port, not the pod's; needed for a Service (MODEL-HR-11). */
  port?: number
  /** Share of the rule's traffic, 0 to 1000000; absent means 1 (MODEL-HR-12). */
  weight?: number
  /** Steps for requests to this backend, at most 16 (MODEL-HR-06). */
  filters?: HTTPRouteFilter[]
}

/** Answers and marks cross-origin requests (MODEL-CORS-01..06). */
export interface HTTPCORSFilter {
  /** Origins that may ask, at most 64 (MODEL-CORS-04). */
  allowOrigins?: string[]
  /** Whether credentials may be sent; absent means no (MODEL-CORS-01). */
  allowCredentials?: boolean
  /** Methods that may be used, at most 9 (MODEL-CORS-03). */
  allowMethods?: CORSMethod[]
  /** Request headers that may be sent, at most 64 (MODEL-CORS-02). */
  allowHeaders?: string[]
  /** Response headers that may be read, at most 64 (MODEL-CORS-05). */
  exposeHeaders?: string[]
  /** Seconds a preflight answer may be kept, at least 1; absent means 5 (MODEL-CORS-06). */
  maxAge?: number
}

/** Asks a service whether a request may pass (MODEL-EA-01..10). */
export interface HTTPExternalAuthFilter {
  /** How the service is asked (MODEL-EA-10). */
  protocol: ExternalAuthProtocol
  /** The service (MODEL-EA-01). */
  backendRef: BackendObjectReference
  /** Settings for gRPC (MODEL-EA-04). */
  grpc?: GRPCAuthConfig
  /** Settings for HTTP (MODEL-EA-06). */
  http?: HTTPAuthConfig
  /** How much of the body is sent along; absent means none (MODEL-EA-02). */
  forwardBody?: ForwardBodyConfig
}

/** A header with its value. */
export interface HTTPHeader {
  /** Name, compared without regard to case (MODEL-HHF-06). */
  name: string
  /** Value (MODEL-HHF-07). */
  value: string
}

/** Headers to set, add and remove (MODEL-HHF-01..07). */
export interface HTTPHeaderFilter {
  /** Headers to overwrite or create, at most 16 (MODEL-HHF-05). */
  set?: HTTPHeader[]
  /** Values to append, at most 16 (MODEL-HHF-01). */
  add?: HTTPHeader[]
  /** Names to remove in any case, at most 16 (MODEL-HHF-04). */
  remove?: string[]
}

/** What is asked of a header. */
export interface HTTPHeaderMatch {
  /** How it is compared; absent means `Exact` (MODEL-HM-03). */
  type?: HeaderMatchType
  /** Name, compared without regard to case (MODEL-HM-02). */
  name: string
  /** With what (MODEL-HM-04). */
  value: string
}

/** An HTTP method to match (MODEL-HM-05). */
export type HTTPMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH'

/** What is asked of the path. */
export interface HTTPPathMatch {
  /** How it is compared; absent means `PathPrefix` (MODEL-HM-07). */
  type?: PathMatchType
  /** With what, at most 1024 characters; absent means `/` (MODEL-HM-08). */
  value?: string
}

/** Replaces a path or the matched prefix of it (MODEL-PMOD-01..03). */
export interface HTTPPathModifier {
  /** What is replaced (MODEL-PMOD-03). */
  type: PathModifierType
  /** The new path, at most 1024 characters (MODEL-PMOD-01). */
  replaceFullPath?: string
  /** The new prefix, at most 1024 characters, may be empty (MODEL-PMOD-02). */
  replacePrefixMatch?: string
}

/** What is asked of a query parameter. */
export interface HTTPQueryParamMatch {
  /** How it is compared; absent means `Exact` (MODEL-HM-11). */
  type?: QueryParamMatchType
  /** Name, compared with regard to case (MODEL-HM-10). */
  name: string
  /** With what, 1 to 1024 characters (MODEL-HM-12). */
  value: string
}

/** Sends a copy of some or all requests elsewhere (MODEL-MIR-01..05). */
export interface HTTPRequestMirrorFilter {
  /** Where the copies go (MODEL-MIR-01). */
  backendRef: BackendObjectReference
  /** How many of 100 requests are copied, 0 to 100 (MODEL-MIR-05). */
  percent?: number
  /** How many are copied, as a fraction; instead of `percent` (MODEL-MIR-02). */
  fraction?: Fraction
}

/** Answers a request with a redirect (MODEL-RED-01..05). */
export interface HTTPRequestRedirectFilter {
  /** New scheme; absent keeps that of the request (MODEL-RED-04). */
  scheme?: RedirectScheme
  /** New host; absent keeps that of the request (MODEL-RED-01). */
  hostname?: string
  /** Change of the path; absent keeps it (MODEL-RED-02). */
  path?: HTTPPathModifier
  /** New port (MODEL-RED-03). */
  port?: number
  /** Status of the answer: 301, 302, 303, 307 or 308; absent means 302 (MODEL-RED-05). */
  statusCode?: number
}

/** Which HTTP requests go where. */
export interface HTTPRoute {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1beta1'
  kind: 'HTTPRoute'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-HR-01). */
  spec: HTTPRouteSpec
  /** What became of it (MODEL-HR-20). */
  status?: RouteStatus
}

/** One step of processing; `type` names the field that holds it (MODEL-HF-01..09). */
export interface HTTPRouteFilter {
  /** Which field counts (MODEL-HF-08). */
  type: HTTPRouteFilterType
  /** Changes request headers (MODEL-HF-04). */
  requestHeaderModifier?: HTTPHeaderFilter
  /** Changes response headers (MODEL-HF-07). */
  responseHeaderModifier?: HTTPHeaderFilter
  /** Copies requests elsewhere (MODEL-HF-05). */
  requestMirror?: HTTPRequestMirrorFilter
  /** Answers with a redirect (MODEL-HF-06). */
  requestRedirect?: HTTPRequestRedirectFilter
  /** Changes host and path (MODEL-HF-09). */
  urlRewrite?: HTTPUrlRewriteFilter
  /** Handles cross-origin requests (MODEL-HF-01). */
  cors?: HTTPCORSFilter
  /** Asks another service; experimental (MODEL-HF-03). */
  externalAuth?: HTTPExternalAuthFilter
  /** A filter of the implementation (MODEL-HF-02). */
  extensionRef?: LocalObjectReference
}

/** Which filter of an HTTPRoute it is; `ExternalAuth` is experimental (MODEL-HF-08). */
export type HTTPRouteFilterType = 'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestMirror' | 'RequestRedirect' | 'URLRewrite' | 'ExtensionRef' | 'CORS' | 'ExternalAuth'

/** Conditions that must all hold (MODEL-HM-01..12). */
export interface HTTPRouteMatch {
  /** The path; absent means any (MODEL-HM-06). */
  path?: HTTPPathMatch
  /** Headers, at most 16 (MODEL-HM-01). */
  headers?: HTTPHeaderMatch[]
  /** Query parameters, at most 16 (MODEL-HM-09). */
  queryParams?: HTTPQueryParamMatch[]
  /** The method; absent means any (MODEL-HM-05). */
  method?: HTTPMethod
}

/** When a request is tried again (MODEL-RT-01..03); experimental. */
export interface HTTPRouteRetry {
  /** Backend statuses that are worth another try, 400 to 599 (MODEL-RT-03). */
  codes?: number[]
  /** How often after the first try, at least 1 (MODEL-RT-01). */
  attempts?: number
  /** Least wait before another try (MODEL-RT-02). */
  backoff?: string
}

/** Matches, what is done with what they take, and where it goes. */
export interface HTTPRouteRule {
  /** Name, unique in the route (MODEL-HR-15). */
  name?: string
  /** Any of them must hold, at most 64 (MODEL-HR-14). */
  matches?: HTTPRouteMatch[]
  /** Steps of processing, at most 16 (MODEL-HR-13). */
  filters?: HTTPRouteFilter[]
  /** Where requests go, at most 16 (MODEL-HR-05). */
  backendRefs?: HTTPBackendRef[]
  /** How long it may take (MODEL-HR-18). */
  timeouts?: HTTPRouteTimeouts
  /** When to try again; experimental (MODEL-HR-16). */
  retry?: HTTPRouteRetry
  /** How a client stays with its backend; experimental (MODEL-HR-17). */
  sessionPersistence?: SessionPersistence
}

/** What is wanted of an HTTPRoute. */
export interface HTTPRouteSpec {
  /** What it attaches to, at most 32 (MODEL-HR-03). */
  parentRefs?: ParentReference[]
  /** Whether it attaches to default Gateways; experimental (MODEL-HR-19). */
  useDefaultGateways?: GatewayDefaultScope
  /** Hosts it serves, at most 16; none means those of the listener (MODEL-HR-02). */
  hostnames?: string[]
  /** Its rules, 1 to 16 (MODEL-HR-04). */
  rules?: HTTPRouteRule[]
}

/** How long a request may take (MODEL-TO-01..02). */
export interface HTTPRouteTimeouts {
  /** From the request's start to the answer's end; `0s` means no limit (MODEL-TO-02). */
  request?: string
  /** For one try at a backend; `0s` means no limit (MODEL-TO-01). */
  backendRequest?: string
}

/** Changes a request before it goes to the backend (MODEL-REW-01..02). */
export interface HTTPUrlRewriteFilter {
  /** New host (MODEL-REW-01). */
  hostname?: string
  /** Change of the path (MODEL-REW-02). */
  path?: HTTPPathModifier
}

/** How a header is compared (MODEL-HM-03, MODEL-GM-03). */
export type HeaderMatchType = 'Exact' | 'RegularExpression'

/** Labels that something must have; everything in it must hold. */
export interface LabelSelector {
  /** Keys that must have exactly these values (MODEL-LSEL-05). */
  matchLabels?: Record<string, string>
  /** Further requirements (MODEL-LSEL-01). */
  matchExpressions?: LabelSelectorRequirement[]
}

/** What a requirement of a label selector asks (MODEL-LSEL-03). */
export type LabelSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'

/** One requirement on the value of a label. */
export interface LabelSelectorRequirement {
  /** The label's key (MODEL-LSEL-02). */
  key: string
  /** What is asked of it (MODEL-LSEL-03). */
  operator: LabelSelectorOperator
  /** The values asked for; none for `Exists` and `DoesNotExist` (MODEL-LSEL-04). */
  values?: string[]
}

/** A port that takes traffic, with what it takes (MODEL-LSN-01..06). */
export interface Listener {
  /** Name, unique in its own object (MODEL-LSN-03). */
  name: string
  /** Host name it serves; absent or empty means all (MODEL-LSN-02). */
  hostname?: string
  /** Port it listens on (MODEL-LSN-04). */
  port: number
  /** What it speaks (MODEL-LSN-05). */
  protocol: string
  /** Certificates and what to do with TLS (MODEL-LSN-06). */
  tls?: ListenerTLSConfig
  /** Which routes may attach (MODEL-LSN-01). */
  allowedRoutes?: AllowedRoutes
}

/** Where ListenerSets may come from (MODEL-GW-07..08). */
export interface ListenerNamespaces {
  /** Which namespaces; absent means `None` (MODEL-GW-07). */
  from?: FromNamespaces
  /** Labels of the namespaces, for `Selector` (MODEL-GW-08). */
  selector?: LabelSelector
}

/** Listeners added to a Gateway from outside of it. */
export interface ListenerSet {
  apiVersion: 'gateway.networking.k8s.io/v1'
  kind: 'ListenerSet'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-LS-01). */
  spec: ListenerSetSpec
  /** What became of it (MODEL-LS-08). */
  status?: ListenerSetStatus
}

/** What is wanted of a ListenerSet. */
export interface ListenerSetSpec {
  /** The Gateway it extends (MODEL-LS-03). */
  parentRef: ParentGatewayReference
  /** Its listeners, 1 to 64 (MODEL-LS-02). */
  listeners: Listener[]
}

/** What became of a ListenerSet. */
export interface ListenerSetStatus {
  /** Its conditions, at most 8 (MODEL-LS-09). */
  conditions?: Condition[]
  /** What became of each listener, at most 64 (MODEL-LS-10). */
  listeners?: ListenerStatus[]
}

/** What became of a listener (MODEL-LST-01..04). */
export interface ListenerStatus {
  /** The listener's name (MODEL-LST-03). */
  name: string
  /** Route kinds it takes, at most 8 (MODEL-LST-04). */
  supportedKinds?: RouteGroupKind[]
  /** How many routes attached (MODEL-LST-01). */
  attachedRoutes: number
  /** Its conditions, at most 8 (MODEL-LST-02). */
  conditions: Condition[]
}

/** TLS of one listener (MODEL-LTLS-01..03). */
export interface ListenerTLSConfig {
  /** Terminate or pass through; absent means `Terminate` (MODEL-LTLS-02). */
  mode?: TLSMode
  /** Certificates, at most 64 (MODEL-LTLS-01). */
  certificateRefs?: SecretObjectReference[]
  /** Settings of the implementation, at most 16 (MODEL-LTLS-03). */
  options?: Record<string, string>
}

/** An object in the referrer's namespace (MODEL-LREF-01..03). */
export interface LocalObjectReference {
  /** API group, empty for core; there is no default (MODEL-LREF-01). */
  group: string
  /** Kind (MODEL-LREF-02). */
  kind: string
  /** Name (MODEL-LREF-03). */
  name: string
}

/** What a policy applies to, in its own namespace (MODEL-XBTP-10..13). */
export interface LocalPolicyTargetReference {
  /** API group (MODEL-XBTP-11). */
  group: string
  /** Kind (MODEL-XBTP-12). */
  kind: string
  /** Name (MODEL-XBTP-13). */
  name: string
}

/** What a policy applies to, or one part of it (MODEL-BTP-03..07). */
export interface LocalPolicyTargetReferenceWithSectionName {
  /** API group (MODEL-BTP-04). */
  group: string
  /** Kind (MODEL-BTP-05). */
  kind: string
  /** Name (MODEL-BTP-06). */
  name: string
  /** Only this part, a port name for a Service (MODEL-BTP-07). */
  sectionName?: string
}

/** A namespace, of which only name and labels count. */
export interface Namespace {
  apiVersion: 'v1'
  kind: 'Namespace'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
}

/** The metadata of an object, complete, so that nothing known is reported as unknown. */
export interface ObjectMeta {
  /** Name; empty when the manifest leaves it to `generateName`. */
  name?: string
  /** Namespace; absent for cluster-scoped kinds. */
  namespace?: string
  /** Prefix from which the API server makes a name. */
  generateName?: string
  /** Labels. */
  labels?: Record<string, string>
  /** Annotations. */
  annotations?: Record<string, string>
  /** Counts the changes of `spec`. */
  generation?: number
  /** When the API server first saw the object. */
  creationTimestamp?: string | Date
  /** When the object is, or was, to be gone. */
  deletionTimestamp?: string | Date
  /** Seconds between the request to delete and the deletion. */
  deletionGracePeriodSeconds?: number
  /** Identity across deletion and creation under the same name. */
  uid?: string
  /** The API server's mark of this version of the object. */
  resourceVersion?: string
  /** A path older API servers wrote. */
  selfLink?: string
  /** Who must agree before the object goes. */
  finalizers?: string[]
  /** The objects this one depends on, as written. */
  ownerReferences?: unknown[]
  /** Who set which field, as written. */
  managedFields?: unknown[]
}

/** An object of any kind, with no defaults for group and kind (MODEL-OREF-01..04). */
export interface ObjectReference {
  /** API group; must be written, may be empty (MODEL-OREF-01). */
  group: string
  /** Kind (MODEL-OREF-02). */
  kind: string
  /** Name (MODEL-OREF-03). */
  name: string
  /** Namespace; absent means the referrer's (MODEL-OREF-04). */
  namespace?: string
}

/** The parameters of a cluster-scoped object (MODEL-NREF-01..04). */
export interface ParametersReference {
  /** API group (MODEL-NREF-01). */
  group: string
  /** Kind (MODEL-NREF-02). */
  kind: string
  /** Name (MODEL-NREF-03). */
  name: string
  /** Namespace; set exactly when the kind has one (MODEL-R34). */
  namespace?: string
}

/** The Gateway that a ListenerSet extends (MODEL-LS-03..07). */
export interface ParentGatewayReference {
  /** API group; absent means the Gateway API (MODEL-LS-04). */
  group?: string
  /** Kind; absent means `Gateway` (MODEL-LS-05). */
  kind?: string
  /** Name (MODEL-LS-06). */
  name: string
  /** Namespace; absent means the ListenerSet's own (MODEL-LS-07). */
  namespace?: string
}

/** What a route or policy attaches to (MODEL-PREF-01..06). */
export interface ParentReference {
  /** API group; absent means the Gateway API (MODEL-PREF-01). */
  group?: string
  /** Kind; absent means `Gateway` (MODEL-PREF-02). */
  kind?: string
  /** Namespace; absent means the referrer's (MODEL-PREF-04). */
  namespace?: string
  /** Name (MODEL-PREF-03). */
  name: string
  /** Only the listener or Service port of this name (MODEL-PREF-06). */
  sectionName?: string
  /** Only listeners or the Service port with this number (MODEL-PREF-05). */
  port?: number
}

/** How a path is compared (MODEL-HM-07). */
export type PathMatchType = 'Exact' | 'PathPrefix' | 'RegularExpression'

/** Which part of a path is replaced (MODEL-PMOD-03). */
export type PathModifierType = 'ReplaceFullPath' | 'ReplacePrefixMatch'

/** What became of a policy at one ancestor. */
export interface PolicyAncestorStatus {
  /** The ancestor, usually a Gateway (MODEL-PST-02). */
  ancestorRef: ParentReference
  /** Who says so (MODEL-PST-04). */
  controllerName: string
  /** What it says, 1 to 8 (MODEL-PST-03). */
  conditions: Condition[]
}

/** What became of a policy at each ancestor of its targets. */
export interface PolicyStatus {
  /** One entry for each ancestor and controller, at most 16 (MODEL-PST-01). */
  ancestors: PolicyAncestorStatus[]
}

/** How a query parameter is compared (MODEL-HM-11). */
export type QueryParamMatchType = 'Exact' | 'RegularExpression'

/** The scheme of a redirect (MODEL-RED-04). */
export type RedirectScheme = 'http' | 'https'

/** Lets objects of other namespaces refer to objects of its own; it has no status (MODEL-R09). */
export interface ReferenceGrant {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1beta1'
  kind: 'ReferenceGrant'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** Who may refer to what (MODEL-RG-01). */
  spec: ReferenceGrantSpec
}

/** Trusted referrers: a kind in a namespace. */
export interface ReferenceGrantFrom {
  /** API group (MODEL-RG-03). */
  group: string
  /** Kind (MODEL-RG-04). */
  kind: string
  /** Namespace (MODEL-RG-05). */
  namespace: string
}

/** Who may refer to what: each of `from` to each of `to`. */
export interface ReferenceGrantSpec {
  /** Trusted referrers, 1 to 16 (MODEL-RG-02). */
  from: ReferenceGrantFrom[]
  /** What they may refer to, 1 to 16 (MODEL-RG-06). */
  to: ReferenceGrantTo[]
}

/** What may be referred to, in the grant's namespace. */
export interface ReferenceGrantTo {
  /** API group (MODEL-RG-07). */
  group: string
  /** Kind (MODEL-RG-08). */
  kind: string
  /** Name; absent or empty means all of the kind (MODEL-RG-09). */
  name?: string
}

/** A number of requests in a time. */
export interface RequestRate {
  /** How many, 1 to 1000000 (MODEL-XBTP-07). */
  count?: number
  /** In which time, above zero and at most 1h (MODEL-XBTP-08). */
  interval?: string
}

/** How many retries there may be. */
export interface RetryConstraint {
  /** Retries as a share of all requests (MODEL-XBTP-03). */
  budget?: BudgetDetails
  /** Retries that are always allowed (MODEL-XBTP-06). */
  minRetryRate?: RequestRate
}

/** A kind of route that a listener takes (MODEL-RGK-01..02). */
export interface RouteGroupKind {
  /** API group; absent means the Gateway API (MODEL-RGK-01). */
  group?: string
  /** Kind (MODEL-RGK-02). */
  kind: string
}

/** Where routes may come from (MODEL-AR-03..04). */
export interface RouteNamespaces {
  /** Which namespaces; absent means `Same` (MODEL-AR-03). */
  from?: FromNamespaces
  /** Labels of the namespaces, for `Selector` (MODEL-AR-04). */
  selector?: LabelSelector
}

/** What became of a route at one parent. */
export interface RouteParentStatus {
  /** The parent, copied from the spec as written (MODEL-RST-04). */
  parentRef: ParentReference
  /** Who says so (MODEL-RST-03). */
  controllerName: string
  /** What it says, 1 to 8 (MODEL-RST-02). */
  conditions: Condition[]
}

/** What became of a route at each of its parents. */
export interface RouteStatus {
  /** One entry for each parent and controller, at most 32 (MODEL-RST-01). */
  parents: RouteParentStatus[]
}

/** Named secret values. */
export interface Secret {
  apiVersion: 'v1'
  kind: 'Secret'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What it holds, such as `kubernetes.io/tls`. */
  type?: string
  /** Values in base64, as written. */
  data?: Record<string, string>
  /** Values as text; the API server moves them to `data`. */
  stringData?: Record<string, string>
}

/** A Secret, or what stands in for one (MODEL-SREF-01..04). */
export interface SecretObjectReference {
  /** API group; absent means core (MODEL-SREF-01). */
  group?: string
  /** Kind; absent means `Secret` (MODEL-SREF-02). */
  kind?: string
  /** Name (MODEL-SREF-03). */
  name: string
  /** Namespace; absent means the referrer's (MODEL-SREF-04). */
  namespace?: string
}

/** A named set of pods behind one address. */
export interface Service {
  apiVersion: 'v1'
  kind: 'Service'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted; empty when absent. */
  spec?: ServiceSpec
}

/** A Service of another cluster, or of several. */
export interface ServiceImport {
  apiVersion: 'multicluster.x-k8s.io/v1beta1' | 'multicluster.x-k8s.io/v1alpha1'
  kind: 'ServiceImport'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted; empty when absent. */
  spec?: ServiceImportSpec
}

/** A port of a ServiceImport. */
export interface ServiceImportPort {
  /** Name; needed when there are several. */
  name?: string
  /** `TCP`, `UDP` or `SCTP`; absent means `TCP`. */
  protocol?: string
  /** What is spoken on it. */
  appProtocol?: string
  /** The port. */
  port: number
}

/** What is wanted of a ServiceImport. */
export interface ServiceImportSpec {
  /** What kind of address it has. */
  type?: ServiceImportType
  /** Its ports. */
  ports?: ServiceImportPort[]
  /** Its addresses. */
  ips?: string[]
}

/** What kind of address a ServiceImport has. */
export type ServiceImportType = 'ClusterSetIP' | 'Headless'

/** A port of a Service. */
export interface ServicePort {
  /** Name; needed when there are several. */
  name?: string
  /** `TCP`, `UDP` or `SCTP`; absent means `TCP`. */
  protocol?: string
  /** What is spoken on it, such as `kubernetes.io/h2c`. */
  appProtocol?: string
  /** The Service's port. */
  port: number
  /** The pods' port; absent means the same number. */
  targetPort?: number | string
  /** The nodes' port. */
  nodePort?: number
}

/** What is wanted of a Service. */
export interface ServiceSpec {
  /** What kind of address it has; absent means `ClusterIP`. */
  type?: ServiceType
  /** Its address in the cluster; `None` means it has none. */
  clusterIP?: string
  /** All its addresses in the cluster. */
  clusterIPs?: string[]
  /** The host name it stands for, for `ExternalName`. */
  externalName?: string
  /** Its ports. */
  ports?: ServicePort[]
  /** Labels of its pods. */
  selector?: Record<string, string>
  /** `ClientIP` or `None`. */
  sessionAffinity?: string
}

/** What kind of address a Service has. */
export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'

/** How a client stays with its backend. */
export interface SessionPersistence {
  /** Name of the cookie or header, at most 128 characters (MODEL-SP-04). */
  sessionName?: string
  /** How long a session lasts at most (MODEL-SP-01). */
  absoluteTimeout?: string
  /** What carries the session; absent means `Cookie` (MODEL-SP-05). */
  type?: SessionPersistenceType
  /** Settings of the cookie (MODEL-SP-02). */
  cookieConfig?: CookieConfig
}

/** What carries a session (MODEL-SP-05). */
export type SessionPersistenceType = 'Cookie' | 'Header'

/** A name in a certificate (MODEL-SAN-01..03). */
export interface SubjectAltName {
  /** Which field counts (MODEL-SAN-02). */
  type: SubjectAltNameType
  /** A DNS name (MODEL-SAN-01). */
  hostname?: string
  /** A URI (MODEL-SAN-03). */
  uri?: string
}

/** What a certificate's alternative name is (MODEL-SAN-02). */
export type SubjectAltNameType = 'Hostname' | 'URI'

/** A feature by name; the older form, a bare string, is read as well (MODEL-R33). */
export interface SupportedFeature {
  /** The feature's name (MODEL-GC-08). */
  name: string
}

/** Where the TCP connections of a port go. */
export interface TCPRoute {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha2'
  kind: 'TCPRoute'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-TCPR-01). */
  spec: TCPRouteSpec
  /** What became of it (MODEL-TCPR-07). */
  status?: RouteStatus
}

/** Where connections go. */
export interface TCPRouteRule {
  /** Name (MODEL-TCPR-05). */
  name?: string
  /** Where they go, 1 to 16 (MODEL-TCPR-04). */
  backendRefs: BackendRef[]
}

/** What is wanted of a TCPRoute. */
export interface TCPRouteSpec {
  /** What it attaches to, at most 32 (MODEL-TCPR-02). */
  parentRefs?: ParentReference[]
  /** Whether it attaches to default Gateways; experimental (MODEL-TCPR-06). */
  useDefaultGateways?: GatewayDefaultScope
  /** Its rules: one, in v1alpha2 1 to 16 (MODEL-TCPR-03, MODEL-R03). */
  rules: TCPRouteRule[]
}

/** How clients are verified. */
export interface TLSConfig {
  /** Absent means that no client certificate is asked for (MODEL-FTV-01). */
  validation?: FrontendTLSValidation
}

/** What a listener does with TLS (MODEL-LTLS-02). */
export type TLSMode = 'Terminate' | 'Passthrough'

/** TLS towards clients on one port. */
export interface TLSPortConfig {
  /** The port (MODEL-GW-22). */
  port: number
  /** What applies on it (MODEL-GW-23). */
  tls: TLSConfig
}

/** Which TLS connections go where. */
export interface TLSRoute {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha3' | 'gateway.networking.k8s.io/v1alpha2'
  kind: 'TLSRoute'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-TLSR-01). */
  spec: TLSRouteSpec
  /** What became of it (MODEL-TLSR-08). */
  status?: RouteStatus
}

/** Where connections go. */
export interface TLSRouteRule {
  /** Name (MODEL-TLSR-06). */
  name?: string
  /** Where they go, 1 to 16 (MODEL-TLSR-05). */
  backendRefs: BackendRef[]
}

/** What is wanted of a TLSRoute. */
export interface TLSRouteSpec {
  /** What it attaches to, at most 32 (MODEL-TLSR-03). */
  parentRefs?: ParentReference[]
  /** Whether it attaches to default Gateways; experimental (MODEL-TLSR-07). */
  useDefaultGateways?: GatewayDefaultScope
  /** Server names, 1 to 1024; optional in v1alpha2 only (MODEL-TLSR-02, MODEL-R02). */
  hostnames?: string[]
  /** Its rules: one, in v1alpha2 1 to 16 (MODEL-TLSR-04). */
  rules: TLSRouteRule[]
}

/** Where the UDP flows of a port go. */
export interface UDPRoute {
  apiVersion: 'gateway.networking.k8s.io/v1' | 'gateway.networking.k8s.io/v1alpha2'
  kind: 'UDPRoute'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-UDPR-01). */
  spec: UDPRouteSpec
  /** What became of it (MODEL-UDPR-07). */
  status?: RouteStatus
}

/** Where flows go. */
export interface UDPRouteRule {
  /** Name (MODEL-UDPR-05). */
  name?: string
  /** Where they go, 1 to 16 (MODEL-UDPR-04). */
  backendRefs: BackendRef[]
}

/** What is wanted of a UDPRoute. */
export interface UDPRouteSpec {
  /** What it attaches to, at most 32 (MODEL-UDPR-02). */
  parentRefs?: ParentReference[]
  /** Whether it attaches to default Gateways; experimental (MODEL-UDPR-06). */
  useDefaultGateways?: GatewayDefaultScope
  /** Its rules: one, in v1alpha2 1 to 16 (MODEL-UDPR-03, MODEL-R03). */
  rules: UDPRouteRule[]
}

/** A backend outside the cluster. */
export interface XBackend {
  apiVersion: 'gateway.networking.x-k8s.io/v1alpha1'
  kind: 'XBackend'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-XB-01). */
  spec: XBackendSpec
  /** What became of it (MODEL-XB-13). */
  status?: XBackendStatus
}

/** A host outside the cluster. */
export interface XBackendExternalHostname {
  /** Its name (MODEL-XB-03). */
  hostname: string
}

/** What became of an XBackend at one parent. */
export interface XBackendParentStatus {
  /** The parent (MODEL-XB-17). */
  parentRef: ParentReference
  /** Who says so (MODEL-XB-16). */
  controllerName: string
  /** What it says (MODEL-XB-15). */
  conditions?: Condition[]
}

/** The port of an XBackend. */
export interface XBackendPort {
  /** Name, a DNS label or empty (MODEL-XB-05). */
  name?: string
  /** Number (MODEL-XB-06). */
  port: number
}

/** What an XBackend speaks (MODEL-XB-07). */
export type XBackendProtocol = 'TCP' | 'HTTP' | 'HTTP2' | 'HTTP11' | 'H2C' | 'MCP'

/** What is wanted of an XBackend. */
export interface XBackendSpec {
  /** What it stands for (MODEL-XB-12). */
  type: XBackendType
  /** The host, for `ExternalHostname` (MODEL-XB-02). */
  externalHostname?: XBackendExternalHostname
  /** Its port (MODEL-XB-04). */
  port: XBackendPort
  /** What it speaks (MODEL-XB-07). */
  protocol?: XBackendProtocol
  /** TLS towards it (MODEL-XB-08). */
  tls?: XBackendTLS
}

/** What became of an XBackend. */
export interface XBackendStatus {
  /** One entry for each parent and controller, at most 32 (MODEL-XB-14). */
  parents?: XBackendParentStatus[]
}

/** TLS towards an XBackend. */
export interface XBackendTLS {
  /** Who shows a certificate (MODEL-XB-10). */
  mode: XBackendTLSMode
  /** The certificate shown to it (MODEL-XB-09). */
  clientCertificateRef?: SecretObjectReference
  /** How its certificate is verified (MODEL-XB-11). */
  validation?: BackendTLSPolicyValidation
}

/** Who shows a certificate to whom in front of an XBackend (MODEL-XB-10). */
export type XBackendTLSMode = 'None' | 'ServerOnly' | 'ClientAndServer'

/** How traffic to backends is limited and kept together. */
export interface XBackendTrafficPolicy {
  apiVersion: 'gateway.networking.x-k8s.io/v1alpha1'
  kind: 'XBackendTrafficPolicy'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-XBTP-01). */
  spec: XBackendTrafficPolicySpec
  /** What became of it (MODEL-XBTP-14). */
  status?: PolicyStatus
}

/** What is wanted of an XBackendTrafficPolicy. */
export interface XBackendTrafficPolicySpec {
  /** The backends, 1 to 16 (MODEL-XBTP-10). */
  targetRefs: LocalPolicyTargetReference[]
  /** How many retries there may be (MODEL-XBTP-02). */
  retryConstraint?: RetryConstraint
  /** How a client stays with its backend (MODEL-XBTP-09). */
  sessionPersistence?: SessionPersistence
}

/** What an XBackend stands for (MODEL-XB-12). */
export type XBackendType = 'ExternalHostname'

/** A service mesh; cluster-scoped. */
export interface XMesh {
  apiVersion: 'gateway.networking.x-k8s.io/v1alpha1'
  kind: 'XMesh'
  /** Name, namespace, labels and the rest of what every object has. */
  metadata: ObjectMeta
  /** What is wanted (MODEL-XM-01). */
  spec: XMeshSpec
  /** What became of it (MODEL-XM-05). */
  status?: XMeshStatus
}

/** What is wanted of an XMesh. */
export interface XMeshSpec {
  /** The controller that runs it; immutable (MODEL-XM-02). */
  controllerName: string
  /** Settings of the implementation (MODEL-XM-04). */
  parametersRef?: ParametersReference
  /** For people, at most 64 characters (MODEL-XM-03). */
  description?: string
}

/** What became of an XMesh. */
export interface XMeshStatus {
  /** Its conditions, at most 8 (MODEL-XM-06). */
  conditions?: Condition[]
  /** What the controller can do, ascending by name, at most 64 (MODEL-XM-07). */
  supportedFeatures?: SupportedFeature[]
}
