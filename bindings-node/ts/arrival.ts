import type { ConnectionDecision, Decision } from './decision'
import { call } from './errors'
import { decision, type Outcome } from './lazy'
import type { NativeArrival } from './native'
import { halves, type Draw } from './request'

/**
 * One place where requests come in. Requests are given by their parts, which is the fastest way to ask:
 * method, host, path with its query, and headers as names and values that alternate.
 */
export class Arrival {
  readonly #native: NativeArrival
  readonly #outcomes: (id: number) => Outcome

  /** @internal */
  constructor(native: NativeArrival, outcomes: (id: number) => Outcome) {
    this.#native = native
    this.#outcomes = outcomes
  }

  /** What becomes of a request. What is done to it in detail is worked out when it is read. */
  route(method: string, host: string, path: string, headers?: readonly string[], draw?: Draw): Decision {
    const [low, high] = halves(draw)
    const id = call(() => this.#native.outcome(method, host, path, headers as string[], low, high))
    // The caller may change the array before the decision is read.
    const kept = headers?.slice()
    return decision(this.#outcomes(id), () => call(() => this.#native.route(method, host, path, kept, low, high)))
  }

  /** The decision as a line of JSON. */
  routeJson(method: string, host: string, path: string, headers?: readonly string[], draw?: Draw): string {
    const [low, high] = halves(draw)
    return call(() => this.#native.route(method, host, path, headers as string[], low, high))
  }

  /** What becomes of the connection itself. */
  connect(draw?: Draw): ConnectionDecision {
    const [low, high] = halves(draw)
    return JSON.parse(call(() => this.#native.connect(low, high)))
  }
}
