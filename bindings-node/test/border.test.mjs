// Nothing crosses the border badly: hostile input, many threads, memory.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { ArgumentError, GatewayError, ManifestError, RequestError, Router, Snapshot, validate } from '../dist/index.mjs'
import { repository } from './support/cases.mjs'

const shop = join(repository, 'examples/shop')
const router = Router.build(Snapshot.fromPaths(shop))
const arrival = router.arrive({ port: 443 })
const gateway = (name) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name, namespace: 'x' },
  spec: { gatewayClassName: 'c', listeners: [{ name: 'l', port: 80, protocol: 'HTTP' }] },
})

test('wrong types are errors with a class', () => {
  const values = [undefined, null, 0, NaN, 1n, true, '', 'a', Symbol('s'), () => 1, [], [1], {}, { a: 1 }, new Map(), new Date(NaN), Buffer.alloc(3), new Proxy({}, {})]
  const asks = [
    (value) => new Snapshot().upsert(value),
    (value) => new Snapshot().addText(value),
    (value) => new Snapshot().addPaths(value),
    (value) => new Snapshot().remove(value),
    (value) => new Snapshot().get(value),
    (value) => Router.build(value),
    (value) => Router.build(new Snapshot(), value),
    (value) => Router.build(new Snapshot(), { profile: value, assume: value }),
    (value) => Router.shared(value),
    (value) => router.route(value),
    (value) => router.routeBatch(value),
    (value) => router.routeBatch([value]),
    (value) => router.explain(value),
    (value) => router.explainRoute(value),
    (value) => router.arrive(value),
    (value) => router.connect(value),
    (value) => router.lint(value),
    (value) => router.lint({ only: value, old: value }),
    (value) => validate(value),
    (value) => validate({}, value),
    (value) => validate({}, { old: value, channel: value }),
    (value) => new Snapshot().addText('', value),
    (value) => new Snapshot().addText('', { name: value, strict: value }),
    (value) => arrival.route(value, value, value),
    (value) => arrival.route('GET', 'a', '/', value),
    (value) => arrival.route('GET', 'a', '/', [value]),
    (value) => arrival.route('GET', 'a', '/', [], value),
  ]
  for (const [index, ask] of asks.entries()) {
    for (const value of values) {
      try {
        ask(value)
      } catch (error) {
        const isOurs = error instanceof GatewayError && error.name !== 'InternalError'
        assert.ok(isOurs, `${index} ${String(value)}: ${error.stack}`)
        assert.equal(typeof error.code, 'string')
      }
    }
  }
  assert.throws(() => router.route(5), ArgumentError)
  assert.throws(() => arrival.route('GET', 'a', '/', ['x']), /`x` has no value/)
  assert.throws(() => arrival.route('GET', 'a', 'x'), { name: 'RequestError', message: /must begin with/ })
  assert.throws(() => router.route({ host: 'a', path: '/x?a=1', query: 'b=2' }), { name: 'RequestError', message: /`path`.*`query`/ })
  for (const draw of [-1, 0.5, 2 ** 53, 1n << 64n, -1n, '1']) {
    assert.throws(() => arrival.route('GET', 'a', '/', [], draw), ArgumentError, String(draw))
    assert.throws(() => router.route({ url: 'https://api.example.com', draw }), GatewayError, String(draw))
  }
})

test('cycles, getters that throw, what JSON has not', () => {
  const cyclic = gateway('a')
  cyclic.spec.self = cyclic
  assert.throws(() => new Snapshot().upsert(cyclic), { name: 'ArgumentError', message: /circular/ })
  assert.throws(() => new Snapshot().upsert({ ...gateway('a'), spec: { n: 1n } }), ArgumentError)
  const thrown = new Error('mine')
  const getter = { get kind() { throw thrown } }
  assert.throws(() => new Snapshot().upsert(getter), (error) => error instanceof ArgumentError && error.cause === thrown)
  assert.throws(() => new Snapshot().upsert({ ...gateway('a'), toJSON: () => undefined }), GatewayError)
  let deep = {}
  for (let depth = 0; depth < 500; depth += 1) deep = { deep }
  assert.throws(() => new Snapshot().upsert({ ...gateway('a'), spec: deep }), { name: 'ManifestError', code: 'too-deep' })
})

test('lone surrogates and NUL', () => {
  const decision = arrival.route('GET', 'api.example.com', '/v2/\ud800', ['x-a', '\udfff'])
  assert.equal(decision.upstream.path, '/v2/\ufffd')
  assert.deepEqual(decision.upstream.headers, [['x-a', '\ufffd']])
  assert.equal(arrival.route('GET', 'api.example.com', '/v2/a\0b').upstream.path, '/v2/a\0b')
  assert.equal(arrival.route('G\0T', '\0', '/', ['\0', '\0']).reason, 'NoMatchingListener')
  assert.throws(() => router.route({ host: 'a', path: '/\ud800' }), RequestError)
  assert.equal(router.route({ scheme: 'https', host: 'api.example.com', path: '/v2/\0' }).upstream.path, '/v2/\0')
  assert.throws(() => new Snapshot().upsert(gateway('\ud800')), ManifestError)
  assert.throws(() => new Snapshot().addText('a: \0'), ManifestError)
  assert.throws(() => new Snapshot().addPaths('a\0b'), ManifestError)
})

test('huge strings and many headers', () => {
  const huge = 'x'.repeat(1 << 25)
  assert.equal(arrival.route('GET', 'api.example.com', `/v2/${huge}`).upstream.path.length, huge.length + 4)
  assert.equal(arrival.route(huge, huge, '/').reason, 'NoMatchingListener')
  const headers = Array.from({ length: 200_000 }, (_, index) => `h${index}`)
  assert.equal(arrival.route('GET', 'api.example.com', '/v2', headers).upstream.headers.length, 100_000)
  assert.throws(() => router.route(huge), RequestError)
})

test('a hundred megabytes of manifests', { timeout: 300_000 }, async () => {
  const text = Array.from({ length: 2_000 }, (_, index) => JSON.stringify({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${index}` }, data: { text: 'x'.repeat(50_000) },
  })).join('\n---\n')
  const snapshot = await Snapshot.fromTextAsync(text)
  assert.equal(snapshot.size, 2_000)
  assert.deepEqual((await Router.buildAsync(snapshot)).gateways(), [])
})

const inWorker = (source, workerData) =>
  new Promise((resolve, reject) => {
    const head = `import { parentPort, workerData } from 'node:worker_threads'
      import { Router, Snapshot } from ${JSON.stringify(new URL('../dist/index.mjs', import.meta.url).href)}\n`
    const url = new URL(`data:text/javascript,${encodeURIComponent(head + source)}`)
    const worker = new Worker(url, { workerData })
    worker.once('message', resolve).once('error', reject)
  })

test('eight threads share one router, and answer alike', async () => {
  const asked = ['/v2/users', '/', '/legacy/x', '/auth'].map((path) => `https://api.example.com${path}`)
  const expected = asked.map((url) => router.routeJson(url))
  const source = `
    const router = Router.shared(workerData.id)
    const arrival = router.arrive({ port: 443 })
    let answers
    for (let round = 0; round < 200; round += 1) {
      answers = workerData.asked.map((url) => router.routeJson(url))
      for (const url of workerData.asked) arrival.route('GET', 'api.example.com', new URL(url).pathname, undefined, round)
    }
    parentPort.postMessage(answers)`
  const id = router.share()
  assert.equal(router.share(), id)
  const answers = await Promise.all(Array.from({ length: 8 }, () => inWorker(source, { id, asked })))
  for (const answer of answers) assert.deepEqual(answer, expected)
  assert.throws(() => Router.shared(4_000_000), ArgumentError)
})

test('a router lives as long as a thread holds it, and each thread may have its own', async () => {
  const source = `
    const router = Router.build(Snapshot.fromPaths(workerData.shop))
    globalThis.kept = [router, await Router.buildAsync(Snapshot.fromPaths(workerData.shop))]
    parentPort.postMessage(router.statusesJson())`
  const answers = await Promise.all(Array.from({ length: 4 }, () => inWorker(source, { shop })))
  for (const answer of answers) assert.equal(answer, router.statusesJson())
})

test('batches on other threads while this one goes on', async () => {
  const lines = Buffer.from(`${JSON.stringify({ url: 'https://api.example.com/v2/users' })}\n`.repeat(500))
  const waiting = Array.from({ length: 8 }, () => router.routeBatchAsync(lines))
  // What is changed after the call does not matter: the bytes were taken.
  const expected = router.routeBatch(lines)
  lines.fill(0)
  for (const answer of await Promise.all(waiting)) assert.ok(answer.equals(expected))
})

test('memory stays flat', { timeout: 300_000 }, () => {
  const headers = ['x-a', 'b', 'x-c', 'd']
  const rounds = Number(process.env.GATEWAY_CORE_CALLS ?? 30_000)
  const work = () => {
    for (let call = 0; call < rounds / 3; call += 1) {
      arrival.route('GET', 'api.example.com', '/v2/users', headers, call)
      arrival.routeJson('GET', 'api.example.com', `/v2/${call}`, headers)
      try { router.route('x') } catch {}
    }
    for (let build = 0; build < rounds / 1_500; build += 1) Router.build(Snapshot.fromPaths(shop)).share()
  }
  const measure = () => {
    globalThis.gc?.()
    return process.memoryUsage.rss() / 2 ** 20
  }
  work()
  const before = measure()
  work()
  work()
  const grown = measure() - before
  assert.ok(grown < 24, `${grown.toFixed(1)} MiB after ${rounds * 2} calls, from ${before.toFixed(1)}`)
})
