import type { HTTPRouteRetry, SessionPersistence } from './objects'

/** A name and a value. */
export type HeaderPair = [name: string, value: string]

/** The listener that took a request. */
export interface ListenerName {
  kind: 'Gateway' | 'ListenerSet'
  namespace: string
  name: string
  section: string
}

/** In a mesh: the Service and port that a request was sent to. */
export interface ServiceName {
  namespace: string
  name: string
  port: number
}

/** A Route. */
export interface RouteName {
  kind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute'
  namespace: string
  name: string
}

/** A backend. */
export interface Backend {
  /** The kind as the Route writes it. */
  kind: string
  namespace: string
  name: string
  port: number | null
}

/** A backend among those of a rule. */
export interface ListedBackend extends Backend {
  weight: number
  /** Whether it can be used. */
  valid: boolean
}

/** The request that the backend sees. */
export interface Upstream {
  method: string
  /** `Host` or `:authority`. */
  authority: string
  path: string
  /** Without `?`. */
  query: string | null
  /** All headers in order. */
  headers: HeaderPair[]
}

/** Changes to the response; a header stands in one of the lists, once. */
export interface ResponseChanges {
  set: HeaderPair[]
  add: HeaderPair[]
  remove: string[]
}

/** Retries, with what the Route leaves open filled in. */
export interface RetryPlan {
  attempts: number
  /** Sorted. */
  codes: number[]
  connectionErrors: boolean
  backendTimeouts: boolean
  backoff: { min: string; max: string }
}

/** How many retries a backend takes. */
export interface RetryBudget {
  /** The XBackendTrafficPolicy, as `namespace/name`. */
  policy: string
  percent: number
  /** null where the profile counts what is under way. */
  interval: string | null
  minRetryRate: { count: number; interval: string }
}

/** The session that a request belongs to. */
export type Session = {
  name: string
  /** The XBackendTrafficPolicy that wants it, as `namespace/name`. */
  policy?: string
  absoluteTimeout: string | null
} & (
  | { type: 'Cookie'; cookie: { path: string | null; maxAge: number | null; secure: boolean } }
  | { type: 'Header'; cookie?: never }
)

/** Who must allow the request first; `http`, `grpc` and `forwardBody` as the Route writes them. */
export interface ExternalAuth {
  protocol: 'HTTP' | 'GRPC'
  backend: Backend
  upstreamTls?: UpstreamTls
  http?: { path?: string; allowedHeaders?: string[]; allowedResponseHeaders?: string[] }
  grpc?: { allowedHeaders?: string[] }
  forwardBody?: { maxSize?: number }
}

/** A copy that is sent. */
export interface Mirror {
  backend: Backend
  /** What the port there speaks, where it says so. */
  protocol?: 'H2C' | 'WS' | 'WSS'
  upstreamTls?: UpstreamTls
}

/** What an authorization server is asked with; all but the headers is null for gRPC. */
export interface AuthRequest {
  method: string | null
  authority: string | null
  path: string | null
  query: string | null
  headers: HeaderPair[]
}

/** A filter of the data plane's own. */
export interface Extension {
  group: string
  kind: string
  namespace: string
  name: string
}

/** How the connection to a backend is secured. */
export interface UpstreamTls {
  /** The BackendTLSPolicy, as `namespace/name`. */
  policy: string
  serverName: string
  subjectAltNames: { type: 'Hostname' | 'URI'; hostname?: string; uri?: string }[]
  caCertificateRefs: { group: string; kind: string; name: string }[]
  wellKnownCaCertificates: string | null
  /** The Secret, as `namespace/name`. */
  clientCertificate: string | null
}

/** What took a request, as far as it got. */
interface Names {
  listener: ListenerName | null
  service?: ServiceName
  route: RouteName | null
  /** Index of the rule. */
  rule: number | null
  ruleName: string | null
  /** Index of the match in the rule. */
  match: number | null
}

/** The request goes to a backend. */
export interface Forward extends Names {
  decision: 'forward'
  route: RouteName
  rule: number
  /** Every backend of the rule. */
  backends: ListedBackend[]
  /** The one that was drawn. */
  backend: Backend
  upstream: Upstream
  response: ResponseChanges
  /** Copies that are sent. */
  mirrors: Mirror[]
  /** `0s` switches a timeout off, null leaves it to the implementation. */
  timeouts: { request: string | null; backendRequest: string | null }
  /** As the Route writes it. */
  retry?: HTTPRouteRetry
  /** As the Route writes it. */
  sessionPersistence?: SessionPersistence
  externalAuth?: ExternalAuth[]
  /** What the port of the backend speaks, where it says so. */
  protocol?: 'H2C' | 'WS' | 'WSS'
  upstreamTls?: UpstreamTls
  extensions?: Extension[]
  /** What each of `externalAuth` is asked with. */
  authRequests?: AuthRequest[]
  retryPlan?: RetryPlan
  retryBudget?: RetryBudget
  session?: Session
}

/** The client is sent elsewhere. */
export interface Redirect extends Names {
  decision: 'redirect'
  status: 301 | 302 | 303 | 307 | 308
  /** The absolute target. */
  location: string
  route: RouteName
  rule: number
  response: ResponseChanges
  extensions?: Extension[]
}

/** Why the Gateway answers by itself. */
export type RespondReason =
  | 'NoMatchingListener'
  | 'NoMatchingRoute'
  | 'MisdirectedRequest'
  | 'NoBackends'
  | 'InvalidBackend'
  | 'NoEndpoints'
  | 'Preflight'
  | 'UnsupportedFilter'
  | 'InvalidExternalAuth'

/** The Gateway answers by itself. */
export interface Respond extends Names {
  decision: 'respond'
  status: number
  reason: RespondReason
  /** To send instead of the HTTP status, when a gRPC call is answered. */
  grpcStatus?: 12 | 14
  /** Headers of the answer. */
  headers?: HeaderPair[]
  backends?: ListedBackend[]
  extensions?: Extension[]
}

/** A decision as a plain object; `docs/decision.md` says what the keys mean. */
export type DecisionObject = Forward | Redirect | Respond

/** A decision that is worked out as far as it is read. */
type Read<T> = Readonly<T> & {
  /** All of it as a plain object, made once; its JSON is that of `routeJson`. */
  toJSON(): T
}

/** What becomes of a request. It has the keys of `DecisionObject` as getters; not all of them are made at once. */
export type Decision = Read<Forward> | Read<Redirect> | Read<Respond>

/** Bytes of the connection go to a backend. */
export interface ForwardConnection extends Names {
  decision: 'forward'
  route: RouteName
  rule: number
  match: null
  /** What a listener for TLS does; null on any other. */
  tls: 'Passthrough' | 'Terminate' | null
  backends: ListedBackend[]
  backend: Backend
  upstreamTls?: UpstreamTls
}

/** The connection is closed, or the datagram dropped. */
export interface RejectConnection extends Names {
  decision: 'reject'
  match: null
  reason: 'NoMatchingListener' | 'NoMatchingRoute' | 'NoBackends' | 'InvalidBackend' | 'NoEndpoints'
  backends?: ListedBackend[]
}

/** The connection carries HTTP: each request is decided by itself. */
export interface HttpConnection extends Names {
  decision: 'http'
  route: null
  rule: null
  ruleName: null
  match: null
}

/** What becomes of a connection. */
export type ConnectionDecision = ForwardConnection | RejectConnection | HttpConnection

/** A request that could not be answered in a batch, and why. */
export interface Unanswered {
  decision?: never
  error: string
}
