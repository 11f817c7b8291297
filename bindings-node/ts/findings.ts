import type { GatewayStatus, GatewayClassStatus, ListenerSetStatus, PolicyStatus, RouteStatus, XBackendStatus, XMeshStatus } from './objects'

/** Names an object. */
export interface ObjectKey {
  kind: string
  /** Empty for kinds without namespaces. */
  namespace: string
  name: string
}

/** What a change of a snapshot did. */
export interface Change extends ObjectKey {
  change: 'added' | 'replaced'
}

/** Something that `lint` found; `docs/lint-rules.md` lists the rules. */
export interface Finding {
  rule: string
  group: string
  severity: 'error' | 'warning' | 'info'
  object: ObjectKey | null
  /** The field; empty for the whole object. */
  path: string
  message: string
  /** What to change; empty when the message says it all. */
  remedy: string
  file: string | null
  line: number | null
  column: number | null
  /** Where the rule is documented. */
  docs: string
}

/** What the API server says to one object. */
export interface Validation {
  /** Why it would refuse it; empty when it takes it. */
  problems: Omit<Problem, 'object'>[]
  /** What it would store, with all defaults. */
  object: unknown
}

/** Why the API server would refuse an object. */
export interface Problem {
  /** `Kind/namespace/name`. */
  object: string
  /** The id of the rule. */
  rule: string
  path: string
  /** The API server's own words. */
  message: string
}

type StatusOf<Kind extends string, Status> = {
  apiVersion: string
  kind: Kind
  metadata: { namespace?: string; name: string; generation?: number }
  status: Status
}

/** The status of an object, in Kubernetes' own shape. */
export type ObjectStatus =
  | StatusOf<'GatewayClass', GatewayClassStatus>
  | StatusOf<'Gateway', GatewayStatus>
  | StatusOf<'ListenerSet', ListenerSetStatus>
  | StatusOf<'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute', RouteStatus>
  | StatusOf<'BackendTLSPolicy' | 'XBackendTrafficPolicy', PolicyStatus>
  | StatusOf<'XBackend', XBackendStatus>
  | StatusOf<'XMesh', XMeshStatus>

/** What `statusChangesSince` found. */
export interface StatusChanges {
  /** Statuses that are new, or not what they were. */
  changed: ObjectStatus[]
  /** Objects that had a status and are gone. */
  removed: ObjectKey[]
}
