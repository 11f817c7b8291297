// Objects as @kubernetes/client-node gives them, changes, and errors with their place.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import * as esm from '../dist/index.mjs'
import { repository } from './support/cases.mjs'
import { checkGetters } from './support/decision.mjs'

const { ArgumentError, BuildError, GatewayError, ManifestError, ProfileError, RequestError, Router, Snapshot, validate } = esm

const folder = mkdtempSync(join(tmpdir(), 'gateway-core-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const gatewayClass = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: 'example' },
  spec: { controllerName: 'example.com/ctl' },
}
const gateway = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'web', namespace: 'infra' },
  spec: {
    gatewayClassName: 'example',
    listeners: [
      { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ],
  },
}
const route = (name, backend, created) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name, namespace: 'shop', ...(created ? { creationTimestamp: created } : {}) },
  spec: { parentRefs: [{ name: 'web', namespace: 'infra' }], rules: [{ backendRefs: [{ name: backend, port: 80 }] }] },
})

/** As the client has it: a class with fields, and Dates. */
class V1Service {
  apiVersion = 'v1'
  kind = 'Service'
  metadata
  spec = { ports: [{ port: 80, name: undefined }] }
  constructor(name) {
    this.metadata = { name, namespace: 'shop', creationTimestamp: new Date('2026-01-01T00:00:00Z') }
  }
}

const objects = [gatewayClass, gateway, new V1Service('one'), new V1Service('two'), route('a', 'one', new Date('2026-03-02T00:00:00Z'))]

test('plain objects and class instances, with Dates', () => {
  const snapshot = Snapshot.fromObjects(objects)
  assert.equal(snapshot.size, 5)
  assert.equal(snapshot.get('HTTPRoute/shop/a').metadata.creationTimestamp, '2026-03-02T00:00:00.000Z')
  const router = Router.build(snapshot)
  assert.equal(router.route('http://shop.test/').backend.name, 'one')
  // MATCH-45: the older of two Routes wins.
  assert.deepEqual(snapshot.upsert(route('z', 'two', new Date('2026-02-01T00:00:00Z'))), [
    { kind: 'HTTPRoute', namespace: 'shop', name: 'z', change: 'added' },
  ])
  assert.equal(Router.build(snapshot).route('http://shop.test/').backend.name, 'two')
  assert.equal(router.route('http://shop.test/').backend.name, 'one', 'a router never changes')
})

test('upsert, remove, keys, copies', () => {
  const snapshot = Snapshot.fromObjects(objects)
  const copy = snapshot.clone()
  assert.equal(snapshot.upsert(route('a', 'two'))[0].change, 'replaced')
  assert.equal(snapshot.remove('HTTPRoute/shop/a'), true)
  assert.equal(snapshot.remove({ kind: 'HTTPRoute', namespace: 'shop', name: 'a' }), false)
  assert.equal(snapshot.remove(objects[2]), true)
  assert.equal(snapshot.get('HTTPRoute/shop/a'), undefined)
  assert.equal(copy.has('HTTPRoute/shop/a'), true)
  assert.deepEqual([...snapshot].map(({ kind, namespace, name }) => [kind, namespace, name]), [
    ['GatewayClass', '', 'example'],
    ['Gateway', 'infra', 'web'],
    ['Service', 'shop', 'two'],
  ])
  assert.equal(snapshot.upsert({ apiVersion: 'v1', kind: 'List', items: [new V1Service('one'), route('a', 'one')] }).length, 2)
  assert.deepEqual(snapshot.upsert({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' } }), [])
})

test('findings follow the changes', () => {
  const file = join(folder, 'routes.yaml')
  writeFileSync(file, JSON.stringify(route('a', 'missing')))
  const snapshot = Snapshot.fromObjects(objects.slice(0, 4))
  snapshot.addPaths(file)
  const only = { only: ['ATT-180'] }
  const found = Router.build(snapshot).lint(only)
  assert.equal(found.length, 1)
  assert.deepEqual([found[0].file, found[0].line, found[0].object.name], [file, 1, 'a'])
  snapshot.upsert(route('a', 'one'))
  assert.deepEqual(Router.build(snapshot).lint(only), [])
  assert.deepEqual(Router.build(snapshot).lint({ only: ['duplicate-object'] }), [])
  snapshot.upsert(route('a', 'gone'))
  const again = Router.build(snapshot).lint(only)
  assert.deepEqual([again.length, again[0].file, again[0].line], [1, null, null])
  snapshot.remove('HTTPRoute/shop/a')
  assert.deepEqual(Router.build(snapshot).lint(only), [])
  const invalid = route('a', 'one')
  invalid.spec.hostnames = ['*']
  snapshot.upsert(invalid)
  assert.ok(Router.build(snapshot).lint({ only: ['validate'] }).length > 0)
  snapshot.remove('HTTPRoute/shop/a')
  assert.deepEqual(Router.build(snapshot).lint({ only: ['validate'] }), [])
})

test('lint compares with what the cluster has, and other threads find the same', async () => {
  const old = Snapshot.fromObjects(objects)
  const snapshot = Snapshot.fromObjects(objects)
  snapshot.upsert({ ...gatewayClass, spec: { controllerName: 'other.example/ctl' } })
  const router = Router.build(snapshot)
  const options = { only: ['validate'], old }
  assert.equal(router.lint({ only: ['validate'] }).length, 0)
  assert.equal(router.lint(options).length, 1)
  assert.deepEqual(await router.lintAsync(options), router.lint(options))
})

test('problems and validate', () => {
  const bad = route('a', 'one')
  bad.spec.rules[0].matches = [{ path: { type: 'Exact', value: 'no-slash' } }]
  const snapshot = Snapshot.fromObjects([bad])
  const [problem] = Router.build(snapshot).problems()
  assert.equal(problem.object, 'HTTPRoute/shop/a')
  assert.equal(problem.path, 'spec.rules[0].matches[0].path')
  assert.deepEqual(validate(bad).problems.map(({ rule }) => rule), Router.build(snapshot).problems().map(({ rule }) => rule))
  assert.equal(validate(bad, { channel: 'standard' }).problems.length, 1)
  assert.deepEqual(validate(route('a', 'one')).object.spec.rules[0].matches, [{ path: { type: 'PathPrefix', value: '/' } }])
})

test('errors have a class, a code and a place', () => {
  const file = join(folder, 'broken.yaml')
  writeFileSync(file, 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: 5}\n')
  const snapshot = new Snapshot()
  assert.throws(() => snapshot.addPaths(file), (error) => {
    assert.ok(error instanceof ManifestError && error instanceof GatewayError && error instanceof Error)
    assert.deepEqual([error.name, error.code, error.file, error.line, error.path], ['ManifestError', 'wrong-type', file, 4, 'spec.rules'])
    assert.match(error.message, /broken\.yaml:4:15: error: spec\.rules: /)
    assert.match(error.stack, /addPaths/)
    assert.equal(error.notes.length, 1)
    return true
  })
  assert.equal(snapshot.size, 0)
  snapshot.addPaths(file, { keepGoing: true })
  assert.deepEqual(snapshot.notes.map(({ code }) => code), ['wrong-type'])
  assert.throws(() => snapshot.addPaths(join(folder, 'nothing')), { name: 'ManifestError', code: 'NotFound', file: join(folder, 'nothing') })
  assert.throws(() => snapshot.addText(Uint8Array.of(0x61, 0xff), { name: 'x' }), { name: 'ManifestError', code: 'NotText', file: 'x' })
  assert.throws(() => snapshot.upsert({ ...gateway, spec: 5 }), { name: 'ManifestError', file: null, line: null, path: 'spec' })
  assert.throws(() => snapshot.addText(JSON.stringify({ ...gateway, spek: 5 }), { strict: true }), { code: 'unknown-field' })
  assert.throws(() => snapshot.remove('Something/a'), ArgumentError)
  assert.throws(() => snapshot.addText('', { strictt: true }), /strictt/)

  const full = Snapshot.fromObjects(objects)
  assert.throws(() => Router.build(full, { profile: 'envoi-gateway' }), { name: 'ProfileError', message: /envoy-gateway/ })
  assert.throws(() => Router.build(full, { profile: { choices: { hosts: 'x' } } }), ProfileError)
  assert.throws(() => Router.build(full, { profile: { limits: { objects: 1 } } }), BuildError)
  assert.throws(() => Router.build(full, { assume: ['Nothing'] }), ArgumentError)
  assert.throws(() => Router.build(new Snapshot()).route('http://a.test'), { name: 'RequestError', code: 'NoGateway' })
  const router = Router.build(full)
  assert.throws(() => router.route('a.test'), { code: 'InvalidRequest' })
  assert.throws(() => router.route({ gateway: 'infra/other', host: 'a' }), { code: 'UnknownGateway' })
  assert.throws(() => router.arrive({ gateway: 'infra/other' }), RequestError)
  assert.throws(() => router.explainRoute('nothing'), RequestError)
  assert.equal(router.explainRoute('HTTPRoute/shop/other'), undefined)
  assert.throws(() => router.lint({ only: ['nothing'] }), { name: 'ArgumentError', code: 'UnknownRule' })
})

test('every way to ask gives one answer', async () => {
  const router = Router.build(Snapshot.fromPaths(join(repository, 'examples/shop')))
  const headers = { 'x-api-version': 'beta', accept: ['a', 'b'] }
  const parts = { scheme: 'https', host: 'api.example.com', path: '/v2/users?q=1', headers, draw: 7 }
  const decision = router.route(parts).toJSON()
  assert.equal(decision.decision, 'forward')
  const arrival = router.arrive({ scheme: 'https' })
  const flat = ['x-api-version', 'beta', 'accept', 'a', 'accept', 'b']
  assert.deepEqual(arrival.route('GET', 'api.example.com', '/v2/users?q=1', flat, 7).toJSON(), decision)
  assert.equal(arrival.routeJson('GET', 'api.example.com', '/v2/users?q=1', flat, 7n), router.routeJson(parts))
  assert.deepEqual(router.route({ url: 'https://api.example.com/v2/users?q=1', headers, draw: 7n }).toJSON(), decision)
  assert.deepEqual(router.route(JSON.stringify(parts)).toJSON(), decision)
  assert.deepEqual(router.routeBatch([parts, JSON.stringify(parts)]), [decision, decision])
  assert.deepEqual(await router.routeBatchAsync([parts, 'x']), router.routeBatch([parts, 'x']))
  assert.deepEqual(router.explain(parts).decision, decision)
  const line = Buffer.from(`${JSON.stringify(parts)}\n\n{"x":1}\n`)
  const answers = router.routeBatch(line).toString().split('\n')
  assert.deepEqual(JSON.parse(answers[0]), decision)
  assert.match(JSON.parse(answers[1]).error, /unknown field `x`/)
  assert.deepEqual(await router.routeBatchAsync(new Uint8Array(line)), router.routeBatch(line))
  for (const [draw, low] of [[2 ** 32 + 1, 4294967297n], [2 ** 53 - 1, 9007199254740991n]]) {
    assert.deepEqual(arrival.route('GET', 'api.example.com', '/v2/users', [], draw).toJSON(), router.route({ ...parts, path: '/v2/users', headers: [], draw: low }).toJSON())
  }
})

test('a decision says by its getters what its JSON says, and is worth printing', () => {
  const router = Router.build(Snapshot.fromPaths(join(repository, 'examples/shop')))
  const arrival = router.arrive({ port: 443 })
  const kinds = new Set()
  for (const path of ['/v2/users', '/', '/legacy/a', '/auth', '/nothing']) {
    for (const host of ['api.example.com', 'www.example.com', 'other.test']) {
      for (let draw = 0; draw < 100; draw += 1) {
        const asked = ['GET', host, path, undefined, draw]
        const [decision, text] = [arrival.route(...asked), arrival.routeJson(...asked)]
        checkGetters(decision, text)
        kinds.add(decision.decision)
      }
    }
  }
  checkGetters(router.route('http://api.example.com/v2?a=1'), router.routeJson('http://api.example.com/v2?a=1'))
  assert.deepEqual([...kinds].sort(), ['forward', 'respond'])
  const decision = arrival.route('GET', 'api.example.com', '/v2/users')
  assert.equal(decision.upstream, decision.toJSON().upstream)
  assert.equal(inspect(decision), `Decision ${inspect(decision.toJSON())}`)
  assert.equal(inspect([[[decision]]], { depth: 2 }), '[ [ [ [Decision] ] ] ]')
  assert.equal(inspect({ decision }, { depth: 1 }), inspect({ decision: decision.toJSON() }, { depth: 1 }).replace('decision: {', 'decision: Decision {'))
  assert.throws(() => { decision.rule = 5 }, TypeError)
  assert.throws(() => { decision.backend.name = 'x' }, TypeError, 'other decisions share it')
})

test('decisions are not taken for equal by mistake', () => {
  const router = Router.build(Snapshot.fromPaths(join(repository, 'examples/shop')))
  const arrival = router.arrive({ port: 443 })
  const [one, other] = ['/v2/a', '/v2/b'].map((path) => arrival.route('GET', 'api.example.com', path))
  assert.notDeepStrictEqual(one, other)
  assert.notDeepEqual(one.toJSON(), other.toJSON())
  assert.deepEqual(one.toJSON(), arrival.route('GET', 'api.example.com', '/v2/a').toJSON())
})

test('a decision stays what it was, whatever becomes of the headers and of the router', () => {
  const decide = () => {
    const arrival = Router.build(Snapshot.fromPaths(join(repository, 'examples/shop'))).arrive({ port: 443 })
    const headers = ['x-api-version', 'beta', 'accept', 'a']
    const text = arrival.routeJson('GET', 'api.example.com', '/v2/users', headers)
    const decision = arrival.route('GET', 'api.example.com', '/v2/users', headers)
    headers.fill('changed')
    return { decision, text }
  }
  const kept = Array.from({ length: 20 }, decide)
  globalThis.gc?.()
  for (const { decision, text } of kept) checkGetters(decision, text)
})

test('connections', () => {
  const router = Router.build(Snapshot.fromObjects(objects))
  assert.equal(router.connect({ port: 80 }).decision, 'http')
  assert.equal(router.connect({ port: 53, scheme: 'udp' }).reason, 'NoMatchingRoute')
  const line = JSON.stringify({ scheme: 'udp', port: 53 })
  assert.deepEqual(router.route(line), JSON.parse(router.routeJson(line)))
  assert.deepEqual(router.connect({ port: 53, scheme: 'udp' }), JSON.parse(router.routeJson({ scheme: 'udp', port: 53 })))
  assert.equal(router.explain({ scheme: 'udp', port: 53 }).decision.decision, 'reject')
})

test('reading and building on other threads', async () => {
  const shop = join(repository, 'examples/shop')
  const read = await Snapshot.fromPathsAsync([shop])
  assert.deepEqual(read.keys(), Snapshot.fromPaths(shop).keys())
  const router = await Router.buildAsync(read, { controller: 'example.com/nobody' })
  assert.deepEqual(router.gateways(), [])
  assert.equal((await Snapshot.fromTextAsync(JSON.stringify(gateway))).size, 1)
  await assert.rejects(Snapshot.fromTextAsync('a: [', { name: 'x' }), { name: 'ManifestError', file: 'x' })
  await assert.rejects(Snapshot.fromPathsAsync('/nowhere'), ManifestError)
  await assert.rejects(Router.buildAsync(read, { profile: 'x' }), ProfileError)
  await assert.rejects(Router.buildAsync({}), ArgumentError)
})

test('import and require give the same classes', () => {
  const cjs = createRequire(import.meta.url)('../dist/index.js')
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort())
  for (const name of Object.keys(cjs)) assert.equal(cjs[name], esm[name])
})

test('a rebuilt router is as a built one, and says which statuses changed', async () => {
  const shop = join(repository, 'examples/shop')
  const options = { profile: { preset: 'istio', controller: null }, assume: ['Secret'] }
  const snapshot = Snapshot.fromPaths(shop)
  const old = Router.build(snapshot, options)
  const before = old.statusesJson()
  assert.ok(snapshot.remove('Service/production/api-v2'))
  assert.ok(snapshot.remove('HTTPRoute/production/storefront'))
  snapshot.upsert({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } })
  const [rebuilt, built] = [old.rebuild(snapshot), Router.build(snapshot, options)]
  assert.equal(rebuilt.statusesJson(), built.statusesJson())
  assert.notEqual(rebuilt.statusesJson(), before)
  assert.equal((await old.rebuildAsync(snapshot)).statusesJson(), built.statusesJson())
  for (const host of ['api.example.com', 'shop.example.com']) {
    for (const path of ['/v2/users', '/api', '/auth', '/']) {
      assert.equal(rebuilt.routeJson(`https://${host}${path}`), built.routeJson(`https://${host}${path}`))
      checkGetters(rebuilt.arrive({ port: 443 }).route('GET', host, path), built.routeJson(`https://${host}${path}`))
    }
  }
  assert.equal(rebuilt.lintJson(), built.lintJson())
  assert.equal(old.statusesJson(), before)

  const { changed, removed } = rebuilt.statusChangesSince(old)
  const known = new Set(old.statuses().map((status) => JSON.stringify(status)))
  assert.deepEqual(changed, built.statuses().filter((status) => !known.has(JSON.stringify(status))))
  assert.ok(changed.length > 0)
  assert.deepEqual(removed, [{ kind: 'HTTPRoute', namespace: 'production', name: 'storefront' }])
  assert.deepEqual(rebuilt.rebuild(snapshot).statusChangesSince(rebuilt), { changed: [], removed: [] })
  assert.equal(rebuilt.rebuild(Snapshot.fromPaths(shop)).statusesJson(), before)
  assert.equal(old.rebuild(new Snapshot()).statusChangesSince(old).removed.length, old.statuses().length)
  assert.throws(() => old.rebuild(undefined), ArgumentError)
  assert.throws(() => old.statusChangesSince({}), ArgumentError)
})

test('a mesh: a Service in place of a Gateway', () => {
  const objects = [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: 'shop' }, spec: { ports: [{ port: 80 }] } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'next', namespace: 'shop' }, spec: { ports: [{ port: 80 }] } },
    {
      ...route('cart', 'next'),
      spec: { parentRefs: [{ group: '', kind: 'Service', name: 'cart' }], rules: [{ backendRefs: [{ name: 'next', port: 80 }] }] },
    },
  ]
  const router = Router.build(Snapshot.fromObjects(objects), { profile: 'istio' })
  const place = { service: 'shop/cart', clientNamespace: 'shop', port: 80 }
  const decision = router.route({ ...place, host: 'cart' })
  assert.equal(decision.backend.name, 'next')
  assert.deepEqual(decision.service, { namespace: 'shop', name: 'cart', port: 80 })
  const arrival = router.arrive(place)
  checkGetters(arrival.route('GET', 'cart', '/'), JSON.stringify(decision))
  assert.equal(router.explain({ ...place, host: 'cart' }).service, 'Service/shop/cart')
  assert.equal(router.connect(place).decision, 'http')
  assert.throws(() => router.route({ service: 'shop/other' }), { name: 'RequestError', code: 'UnknownService' })
  assert.throws(() => router.arrive({ service: 'shop/other' }), { name: 'RequestError', code: 'UnknownService' })
  assert.throws(() => router.route({ service: 'shop/cart', gateway: 'a/b' }), { code: 'InvalidRequest' })
})
