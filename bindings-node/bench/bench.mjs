// What a call and a batch cost, in one run with the floors: an addon's function that does nothing, and a router
// in JavaScript that a user would take instead. `npm run bench`.
import { createRequire } from 'node:module'
import findMyWay from 'find-my-way'
import { Router, Snapshot } from '../dist/index.mjs'

const { floor } = createRequire(import.meta.url)('../native.cjs')
const version = 'gateway.networking.k8s.io/v1'
const [hosts, prefixes] = [100, 10]

const objects = [
  { apiVersion: version, kind: 'GatewayClass', metadata: { name: 'c' }, spec: { controllerName: 'example.com/c' } },
  { apiVersion: version, kind: 'Gateway', metadata: { name: 'g' }, spec: { gatewayClassName: 'c', listeners: [{ name: 'l', port: 80, protocol: 'HTTP' }] } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } },
]
// A router for each host: find-my-way takes at most 31 hosts for one path.
const js = new Map()
for (let host = 0; host < hosts; host += 1) {
  const hostname = `tenant-${host}.example.com`
  const ofHost = findMyWay()
  js.set(hostname, ofHost)
  const rules = Array.from({ length: prefixes }, (_, index) => ({
    matches: [{ path: { type: 'PathPrefix', value: `/service-${index}/api` } }],
    backendRefs: [{ name: 's', port: 80 }],
  }))
  objects.push({ apiVersion: version, kind: 'HTTPRoute', metadata: { name: `r${host}` }, spec: { parentRefs: [{ name: 'g' }], hostnames: [hostname], rules } })
  for (let index = 0; index < prefixes; index += 1) {
    ofHost.on('GET', `/service-${index}/api/*`, () => {}, { rule: index })
  }
}
const router = Router.build(Snapshot.fromObjects(objects))
const arrival = router.arrive({ port: 80 })

const requests = Array.from({ length: 1_000 }, (_, index) => [
  'GET', `tenant-${(index * 37) % hosts}.example.com`, `/service-${index % prefixes}/api/items/${index}`,
])
const headers = ['accept', 'application/json', 'user-agent', 'bench/1.0', 'x-request-id', '0af7651916cd43dd', 'cookie', 'a=b; c=d']
const lines = requests.map(([method, host, path]) => JSON.stringify({ port: 80, method, host, path }))
const buffer = Buffer.from(`${lines.join('\n')}\n`)
const rules = new Set(requests.map((request) => arrival.route(...request)).map(({ route, rule }) => `${route.name} ${rule}`))
if (rules.size !== new Set(requests.map(([, host, path]) => `${host} ${path.split('/')[1]}`)).size) throw new Error('wrong answers')
if (!requests.every(([method, host, path]) => js.get(host).find(method, path))) throw new Error('wrong answers')

const each = (work) => () => {
  let sum = 0
  for (const request of requests) sum += work(request) ? 1 : 0
  return sum
}
const subjects = {
  'floor: 3 strings': each(([method, host, path]) => floor(method, host, path, undefined, 0, 0)),
  'route, 3 strings': each(([method, host, path]) => arrival.route(method, host, path)),
  'route, backend read, 3 strings': each(([method, host, path]) => arrival.route(method, host, path).backend),
  'route, upstream read, 3 strings': each(([method, host, path]) => arrival.route(method, host, path).upstream),
  'routeJson, 3 strings': each(([method, host, path]) => arrival.routeJson(method, host, path)),
  'find-my-way, method, host, path': each(([method, host, path]) => js.get(host).find(method, path)),
  'floor: 3 strings, 4 headers': each(([method, host, path]) => floor(method, host, path, headers, 0, 0)),
  'route, 4 headers': each(([method, host, path]) => arrival.route(method, host, path, headers)),
  'route, backend read, 4 headers': each(([method, host, path]) => arrival.route(method, host, path, headers).backend),
  'route, upstream read, 4 headers': each(([method, host, path]) => arrival.route(method, host, path, headers).upstream),
  'routeJson, 4 headers': each(([method, host, path]) => arrival.routeJson(method, host, path, headers)),
  'router.route({..})': each(([method, host, path]) => router.route({ port: 80, method, host, path })),
  'routeBatch(lines)': () => router.routeBatch(lines),
  'routeBatch(buffer)': () => router.routeBatch(buffer),
}

/** Nanoseconds for each request: the median of rounds that take turns. */
const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
for (let round = 0; round < 60; round += 1) {
  for (const [name, work] of Object.entries(subjects)) {
    const start = process.hrtime.bigint()
    for (let turn = 0; turn < 5; turn += 1) work()
    times[name].push(Number(process.hrtime.bigint() - start) / 5 / requests.length)
  }
}
const rounds = times['floor: 3 strings'].map((_, round) => round).slice(20)
const median = (all) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)]
console.log(`Node.js ${process.version}; ${hosts * prefixes} rules, ${hosts} hosts; nanoseconds for each request, medians\n`)
console.log('| what | ns | of its floor | goal |\n|---|---:|---:|---:|')
for (const [name, all] of Object.entries(times)) {
  const floors = times[name.includes('headers') ? 'floor: 3 strings, 4 headers' : 'floor: 3 strings']
  // The median of the ratios of the rounds: what slows a round down slows down both.
  const ratio = median(rounds.map((round) => all[round] / floors[round]))
  const goal = /^route, (backend read, )?[34]/.test(name) ? '≤ 6' : ''
  console.log(`| ${name} | ${median(rounds.map((round) => all[round])).toFixed(0)} | ${ratio.toFixed(2)} | ${goal} |`)
}

const million = Number(process.env.GATEWAY_CORE_CALLS ?? 1_000_000)
const rss = () => {
  globalThis.gc?.()
  return process.memoryUsage.rss() / 2 ** 20
}
const call = (count) => {
  for (let index = 0; index < count; index += 1) {
    const [method, host, path] = requests[index % requests.length]
    if (index % 2) arrival.route(method, host, path, headers).upstream
    else arrival.routeJson(method, host, path, headers)
  }
}
call(million / 10)
const before = rss()
call(million)
console.log(`\nmemory after ${million} calls: ${(rss() - before).toFixed(1)} MiB more than before`)
