import { inspect, type InspectOptions } from 'node:util'
import type { Decision, DecisionObject, Forward, Redirect, Respond } from './decision'

type Every<T> = T extends unknown ? keyof T : never
type Key = Every<DecisionObject>
type Shared = 'decision' | 'listener' | 'service' | 'route' | 'rule' | 'ruleName' | 'match' | 'backend' | 'status' | 'reason' | 'grpcStatus'

/** The parts that all requests share which end alike: one frozen object for all of them. */
export type Outcome = Pick<Partial<Forward> & Partial<Omit<Redirect, 'decision'>> & Partial<Omit<Respond, 'decision'>>, Shared>

// A value for each key, so that the compiler notices one that is missing.
const shared: Record<Shared, true> = {
  decision: true, listener: true, service: true, route: true, rule: true, ruleName: true, match: true,
  backend: true, status: true, reason: true, grpcStatus: true,
}
const own: Record<Exclude<Key, Shared>, true> = {
  backends: true, upstream: true, response: true, mirrors: true, timeouts: true, retry: true, sessionPersistence: true,
  externalAuth: true, protocol: true, upstreamTls: true, extensions: true, authRequests: true, retryPlan: true,
  retryBudget: true, session: true, location: true, headers: true,
}

/** A decision: the shared parts are here, the others are asked for when one of them is read. */
class LazyDecision {
  readonly outcome: Outcome
  // No private fields: one that only those have is equal to any other for `deepEqual`. A function is equal to itself.
  readonly json: () => string
  full: DecisionObject | undefined = undefined

  constructor(outcome: Outcome, json: () => string) {
    this.outcome = outcome
    this.json = json
  }

  toJSON(): DecisionObject {
    return (this.full ??= JSON.parse(this.json()))
  }

  [inspect.custom](depth: number, options: InspectOptions): string {
    return depth < 0 ? '[Decision]' : `Decision ${inspect(this.toJSON(), { ...options, depth })}`
  }
}
Object.defineProperty(LazyDecision, 'name', { value: 'Decision' })

/** Getters for keys, each of which reads its value from where `read` says. */
function getters(keys: object, read: (decision: LazyDecision) => object) {
  for (const key of Object.keys(keys)) {
    Object.defineProperty(LazyDecision.prototype, key, {
      enumerable: true,
      get(this: LazyDecision) {
        return (read(this) as Record<string, unknown>)[key]
      },
    })
  }
}
getters(shared, (decision) => decision.outcome)
getters(own, (decision) => decision.toJSON())

/** A decision whose JSON is written when it is needed; it must be the same then. */
export function decision(outcome: Outcome, json: () => string): Decision {
  return new LazyDecision(outcome, json) as unknown as Decision
}
