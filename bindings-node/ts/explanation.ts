import type { ConnectionDecision, DecisionObject } from './decision'

/** What is wrong, where, and what to change. */
export interface Advice {
  /** The reason of the condition that it leads to. */
  reason: string
  path: string
  message: string
  remedy: string
}

/** A listener that was considered. */
export interface ListenerExplanation {
  listener: string
  chosen: boolean
  /** Why, or why not. */
  outcome: string
}

/** What came of a candidate; `outranked` matches too, but stands after the winner. */
export type Verdict = 'wins' | 'outranked' | 'stopped'

/** A match that was considered. */
export interface Candidate {
  /** `Kind/namespace/name`. */
  route: string
  rule: number
  match: number
  hostname: string
  conditions: string
  verdict: Verdict
  /** The first thing that stopped it. */
  stoppedBy?: string
}

/** A Route that was considered for a connection. */
export interface ConnectionCandidate {
  route: string
  rule: number
  hostname: string
  verdict: Verdict
  stoppedBy?: string
}

/** What a filter did. */
export interface FilterExplanation {
  path: string
  filter: string
  outcome: string
}

/** Why a Route is attached or not, for each of its parents. */
export interface RouteExplanation {
  route: string
  parents: {
    parent: string
    attached: boolean
    why_not?: Advice
    listeners: { listener: string; outcome: string; hostnames: string[] }[]
    ports?: { port?: number; name?: string; attached: boolean; outcome: string }[]
  }[]
  /** Rules that are dropped. */
  rules: Advice[]
  /** References that do not resolve. */
  references: Advice[]
}

/** A decision with everything that was considered on the way. */
export interface Explanation {
  /** `Gateway/namespace/name`; left out in a mesh. */
  gateway?: string
  /** In a mesh: `Service/namespace/name`. */
  service?: string
  listeners: ListenerExplanation[]
  /** In rank order: the first that matches wins. */
  candidates: Candidate[]
  /** How many candidates were left out because of the limit. */
  left_out: number
  filters: FilterExplanation[]
  /** Routes that name this Gateway and are attached to none of its listeners, or have dropped rules. */
  unattached: RouteExplanation[]
  decision: DecisionObject
}

/** The same for a connection. */
export interface ConnectionExplanation {
  /** `Gateway/namespace/name`; left out in a mesh. */
  gateway?: string
  /** In a mesh: `Service/namespace/name`. */
  service?: string
  listeners: ListenerExplanation[]
  candidates: ConnectionCandidate[]
  left_out: number
  unattached: RouteExplanation[]
  decision: ConnectionDecision
}
