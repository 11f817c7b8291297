// What the types allow, and what they refuse; `npm run types` compiles it.
import {
  GatewayError,
  ManifestError,
  Router,
  Snapshot,
  validate,
  type ConnectionDecision,
  type Decision,
  type DecisionObject,
  type HTTPRoute,
  type ObjectStatus,
} from 'gateway-core'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

/** A decision is one of three, by `decision`, and nothing is left over. */
function told(decision: Decision | DecisionObject): string {
  switch (decision.decision) {
    case 'forward':
      holds<Equal<typeof decision.backend.port, number | null>>()
      return `${decision.backend.name} ${decision.upstream.headers[0]?.[1]} ${decision.timeouts.request ?? 'none'} ${decision.upstreamTls?.serverName}`
    case 'redirect':
      return `${decision.status} ${decision.location}`
    case 'respond':
      holds<Equal<typeof decision.grpcStatus, 12 | 14 | undefined>>()
      return `${decision.status} ${decision.reason}`
    default:
      holds<Equal<typeof decision, never>>()
      return decision
  }
}

function connected(decision: ConnectionDecision): string {
  if (decision.decision === 'forward') return decision.tls ?? decision.backend.name
  if (decision.decision === 'reject') return decision.reason
  holds<Equal<typeof decision.route, null>>()
  return decision.listener?.section ?? 'by host'
}

/** All of it is as plain as what a batch gives, and each of the three stays what it is. */
function whole(decision: Decision): DecisionObject {
  if (decision.decision === 'redirect') holds<Equal<ReturnType<typeof decision.toJSON>['decision'], 'redirect'>>()
  return decision.toJSON()
}

export function fixed(decision: Decision): void {
  // @ts-expect-error it is worked out
  decision.rule = 5
}

function accepted(status: ObjectStatus): boolean {
  if (status.kind === 'Gateway') return status.status.listeners?.every((one) => one.attachedRoutes > 0) ?? false
  if (status.kind === 'HTTPRoute') return status.status.parents.every((one) => one.conditions?.[0]?.status === 'True')
  return true
}

const route: HTTPRoute = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'a', namespace: 'shop', creationTimestamp: new Date() },
  spec: {
    parentRefs: [{ name: 'web', sectionName: 'https' }],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'one', port: 80 }] }],
  },
}

// @ts-expect-error no such type of match
route.spec.rules = [{ matches: [{ path: { type: 'Prefix', value: '/' } }] }]
// @ts-expect-error no such field
route.spec.backends = []

/** As @kubernetes/client-node declares it. */
declare class V1Service {
  'apiVersion'?: string
  'kind'?: string
  'metadata'?: { 'name'?: string; 'namespace'?: string; 'creationTimestamp'?: Date }
  'spec'?: object
}

export async function use(service: V1Service, plain: { apiVersion: string; kind: string; [key: string]: unknown }): Promise<unknown> {
  const snapshot = Snapshot.fromObjects([route, service, plain])
  snapshot.upsert(service)
  snapshot.upsert(plain)
  snapshot.remove(service)
  snapshot.remove('HTTPRoute/shop/a')
  // @ts-expect-error a number names nothing
  snapshot.remove(5)
  const router = await Router.buildAsync(snapshot, { profile: { preset: 'istio', features: { Mesh: false } }, assume: ['Service'] })
  // @ts-expect-error no such option
  Router.build(snapshot, { profil: 'istio' })
  // @ts-expect-error no such key
  router.route({ hots: 'a' })
  router.route({ url: 'https://a.test', headers: { a: ['1', '2'] }, draw: 5n })
  router.route({ host: 'a.test', headers: [['a', '1']] as const })
  const arrival = router.arrive({ gateway: 'infra/web', port: 443, sni: null })
  const batch = router.routeBatch(['https://a.test', { host: 'a' }])
  for (const one of batch) {
    if (one.decision === undefined) return one.error
    told(one)
  }
  const lines: Buffer = await router.routeBatchAsync(new Uint8Array())
  const { problems } = validate(route, { channel: 'standard', old: service })
  try {
    snapshot.addText('a', { name: 'a.yaml' })
  } catch (error) {
    if (error instanceof ManifestError) return [error.file, error.line?.toFixed(), error.notes[0]?.severity]
    if (error instanceof GatewayError) return error.code.toUpperCase()
  }
  const explanation = router.explain('https://a.test')
  return [
    told(arrival.route('GET', 'a.test', '/', ['x-a', '1'])), told(whole(router.route('https://a.test'))),
    connected(router.connect({ port: 53, scheme: 'udp' })), connected(router.explain({ scheme: 'tcp', port: 1 }).decision),
    router.statuses().every(accepted), router.lint({ only: ['shadow'], old: snapshot })[0]?.severity,
    explanation.candidates[0]?.verdict === 'wins', lines.length, problems[0]?.rule, Router.shared(router.share()),
  ]
}
