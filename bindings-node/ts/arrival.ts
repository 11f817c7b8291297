import type { ConnectionDecision, Decision, Outcome } from './decision'
import { call } from './errors'
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

  /** The decision in full. */
  route(method: string, host: string, path: string, headers?: readonly string[], draw?: Draw): Decision {
    return JSON.parse(this.routeJson(method, host, path, headers, draw))
  }

  /** The decision as a line of JSON. */
  routeJson(method: string, host: string, path: string, headers?: readonly string[], draw?: Draw): string {
    const [low, high] = halves(draw)
    return call(() => this.#native.route(method, host, path, headers as string[], low, high))
  }

  /**
   * What wins, without what is done to this request. It is the same frozen object for all requests that end
   * alike, so that it can be compared with `===` and counted in a Map; several times as fast as `route`.
   */
  outcome(method: string, host: string, path: string, headers?: readonly string[], draw?: Draw): Outcome {
    const [low, high] = halves(draw)
    return this.#outcomes(call(() => this.#native.outcome(method, host, path, headers as string[], low, high)))
  }

  /** What becomes of the connection itself. */
  connect(draw?: Draw): ConnectionDecision {
    const [low, high] = halves(draw)
    return JSON.parse(call(() => this.#native.connect(low, high)))
  }
}
