import { Arrival } from './arrival'
import type { ConnectionDecision, Decision, DecisionObject, Unanswered } from './decision'
import { ArgumentError, call, optionsJson, wait } from './errors'
import type { ConnectionExplanation, Explanation, RouteExplanation } from './explanation'
import type { Finding, ObjectStatus, Problem, StatusChanges } from './findings'
import { decision, type Outcome } from './lazy'
import { NativeRouter } from './native'
import type { BuildOptions, Channel, LintOptions } from './options'
import { requestJson, type ConnectionLine, type Place, type RequestLine } from './request'
import { nativeSnapshot, Snapshot } from './snapshot'

/** What `lint` compares with: manifests as they are in the cluster. */
export interface Update {
  /** An object that is in both is judged as an update. */
  old?: Snapshot
}

function snapshotOf(snapshot: Snapshot | undefined) {
  if (snapshot === undefined) return undefined
  if (!(snapshot instanceof Snapshot)) throw new ArgumentError('snapshot: a Snapshot is needed', 'InvalidArgument')
  return snapshot[nativeSnapshot]
}

/** The snapshot to compare with, and the other options as JSON. */
function lintArguments(options: (LintOptions & Update) | undefined) {
  const { old, ...rest } = options ?? {}
  return [snapshotOf(old), optionsJson(rest)] as const
}

function listOf(requests: readonly RequestLine[]): string[] {
  if (!Array.isArray(requests)) throw new ArgumentError('requests: an array or Uint8Array is needed', 'InvalidArgument')
  return requests.map(requestJson)
}

/** Everything that follows from a snapshot: statuses, and an answer to every request. It never changes. */
export class Router {
  readonly #native: NativeRouter
  readonly #outcomes: Outcome[] = []

  private constructor(native: NativeRouter) {
    this.#native = native
  }

  /** Builds. A bad object never fails the build: it becomes a status. */
  static build(snapshot: Snapshot, options?: BuildOptions): Router {
    return new Router(call(() => NativeRouter.build(snapshotOf(snapshot)!, optionsJson(options))))
  }

  /** Builds on another thread. */
  static async buildAsync(snapshot: Snapshot, options?: BuildOptions): Promise<Router> {
    return new Router(await wait(async () => NativeRouter.buildAsync(snapshotOf(snapshot)!, optionsJson(options))))
  }

  /**
   * The router of a snapshot that has changed since this one was built, with the profile of this one. It equals
   * one that is built anew, shares what no change can reach, and costs accordingly. This one stays as it is.
   */
  rebuild(snapshot: Snapshot): Router {
    return new Router(call(() => this.#native.rebuild(snapshotOf(snapshot)!)))
  }

  /** `rebuild` on another thread. */
  async rebuildAsync(snapshot: Snapshot): Promise<Router> {
    return new Router(await wait(async () => this.#native.rebuildAsync(snapshotOf(snapshot)!)))
  }

  /** The router that another thread shares, without a copy. */
  static shared(id: number): Router {
    return new Router(call(() => NativeRouter.shared(id)))
  }

  /**
   * The number under which `Router.shared` finds this router in other worker threads, as long as one of them
   * holds on to it.
   */
  share(): number {
    return this.#native.share()
  }

  /** The Gateways that are ours, as `namespace/name`. */
  gateways(): string[] {
    return this.#native.gateways()
  }

  /** The status of every object, as a controller would write it. */
  statuses(): ObjectStatus[] {
    return JSON.parse(this.statusesJson())
  }

  /** The text of `gateway status -o json`. */
  statusesJson(): string {
    return call(() => this.#native.statuses())
  }

  /** The statuses that are not what they were in another router, and the objects whose status is gone. */
  statusChangesSince(old: Router): StatusChanges {
    if (!(old instanceof Router)) throw new ArgumentError('old: a Router is needed', 'InvalidArgument')
    return JSON.parse(call(() => this.#native.statusChangesSince(old.#native)))
  }

  /** What the API server would refuse. */
  problems(channel: Channel = 'experimental'): Problem[] {
    return JSON.parse(call(() => this.#native.problems(channel === 'standard')))
  }

  /** Everything that is wrong with the manifests, or hardly as meant. */
  lint(options?: LintOptions & Update): Finding[] {
    return JSON.parse(this.lintJson(options))
  }

  /** The text of `gateway lint -o json`. */
  lintJson(options?: LintOptions & Update): string {
    return call(() => this.#native.lint(...lintArguments(options)))
  }

  /** `lint` on another thread. */
  async lintAsync(options?: LintOptions & Update): Promise<Finding[]> {
    return JSON.parse(await wait(async () => this.#native.lintAsync(...lintArguments(options))))
  }

  /** What becomes of a request. What is done to it in detail is worked out when it is read. */
  route(request: RequestLine): Decision {
    const line = requestJson(request)
    const json = () => call(() => this.#native.route(line))
    const id = call(() => this.#native.outcome(line))
    // A line of text may be about a connection.
    return id === null ? JSON.parse(json()) : decision(this.#outcome(id), json)
  }

  /** The decision as a line of `gateway route --requests`. */
  routeJson(request: RequestLine | ConnectionLine): string {
    return call(() => this.#native.route(requestJson(request)))
  }

  /** What becomes of a connection. */
  connect(connection: ConnectionLine): ConnectionDecision {
    const { draw, ...place } = { scheme: 'tcp' as const, ...connection }
    return this.#arrive(place).connect(draw)
  }

  /** Finds where requests come in, once for many of them. */
  arrive(place: Place & { scheme?: 'http' | 'https' } = {}): Arrival {
    return this.#arrive(place)
  }

  #arrive(place: ConnectionLine): Arrival {
    const native = call(() => this.#native.arrive(requestJson(place)))
    return new Arrival(native, (id) => this.#outcome(id))
  }

  #outcome(id: number): Outcome {
    return this.#outcomes[id] ?? this.#newOutcome(id)
  }

  #newOutcome(id: number): Outcome {
    const outcome = JSON.parse(this.#native.outcomeText(id) ?? 'null')
    for (const part of Object.values(outcome)) Object.freeze(part)
    return (this.#outcomes[id] = Object.freeze(outcome))
  }

  /** Why a request is decided as it is. */
  explain(request: RequestLine): Explanation
  /** Why a connection goes where it goes. */
  explain(connection: ConnectionLine & { scheme: 'tcp' | 'tls' | 'udp' }): ConnectionExplanation
  explain(request: RequestLine | ConnectionLine): Explanation | ConnectionExplanation {
    return JSON.parse(this.explainJson(request))
  }

  /** The text of `gateway route --explain -o json`. */
  explainJson(request: RequestLine | ConnectionLine): string {
    return call(() => this.#native.explain(requestJson(request)))
  }

  /** Why a Route, as `Kind/namespace/name`, is attached or not; undefined when it is not there. */
  explainRoute(name: string): RouteExplanation | undefined {
    const text = call(() => this.#native.explainRoute(name))
    return text ? JSON.parse(text) : undefined
  }

  /** Decides about many requests. One that cannot be answered gets `{error}`. */
  routeBatch(requests: readonly RequestLine[]): (DecisionObject | Unanswered)[]
  /** Decides about JSON lines: the bytes that `gateway route --requests` prints. */
  routeBatch(lines: Uint8Array): Buffer
  routeBatch(requests: readonly RequestLine[] | Uint8Array): (DecisionObject | Unanswered)[] | Buffer {
    if (requests instanceof Uint8Array) return call(() => this.#native.routeLines(requests))
    return JSON.parse(call(() => this.#native.routeList(listOf(requests))))
  }

  /** `routeBatch` on another thread. */
  async routeBatchAsync(requests: readonly RequestLine[]): Promise<(DecisionObject | Unanswered)[]>
  async routeBatchAsync(lines: Uint8Array): Promise<Buffer>
  async routeBatchAsync(requests: readonly RequestLine[] | Uint8Array): Promise<(DecisionObject | Unanswered)[] | Buffer> {
    if (requests instanceof Uint8Array) return wait(async () => this.#native.routeLinesAsync(requests))
    return JSON.parse(await wait(async () => this.#native.routeListAsync(listOf(requests))))
  }
}
