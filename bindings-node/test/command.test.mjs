// The same bytes as the command prints, over every case.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Router, Snapshot } from '../dist/index.mjs'
import { caseFiles, includes, repository } from './support/cases.mjs'
import { checkGetters } from './support/decision.mjs'

const suffix = process.platform === 'win32' ? '.exe' : ''
const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target')
const gateway = join(target, 'debug', `gateway${suffix}`)
assert.ok(existsSync(gateway), `build the command first: cargo build -p gateway-cli (${gateway})`)

const folder = mkdtempSync(join(tmpdir(), 'gateway-core-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** What the command prints; exit code 1 is an answer. */
const run = (args) =>
  new Promise((resolve, reject) => {
    execFile(gateway, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`${args.join(' ')}: ${stderr}`))
      else resolve(stdout)
    })
  })

const bigints = (_, value) => (typeof value === 'bigint' ? `bigint:${value}` : value)
const lineOf = (request) => JSON.stringify(request, bigints).replace(/"bigint:(\d+)"/g, '$1')

/** The manifests of a case as files, and the words of the command for them. */
function written(one, name) {
  const paths = includes(one)
  if (one.objects) {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, one.objects.map((object) => JSON.stringify(object)).join('\n---\n'))
    paths.push(file)
  }
  const words = paths.flatMap((path) => ['-f', path])
  if (one.profile) {
    const file = join(folder, `${name}-profile.json`)
    writeFileSync(file, JSON.stringify(one.profile))
    words.push('--profile', file)
  }
  return { paths, words }
}

async function check(one, name) {
  const { paths, words } = written(one, name)
  const snapshot = Snapshot.fromPaths(paths, { keepGoing: true })
  const options = { ...(one.profile ? { profile: one.profile } : {}), ...(one.assume ? { assume: one.assume } : {}) }
  const router = Router.build(snapshot, options)
  if (one.lint) {
    const channel = one.channel ? ['--channel', one.channel] : []
    const assume = one.assume ? ['--assume', one.assume.join(',')] : []
    const printed = await run(['lint', '--quiet', '-o', 'json', '--fail-on', 'never', ...words, ...channel, ...assume])
    assert.equal(`${router.lintJson(one.channel ? { channel: one.channel } : {})}\n`, printed)
    return 0
  }
  assert.equal(`${router.statusesJson()}\n`, await run(['status', '--quiet', '-o', 'json', ...words]))
  const asked = [...(one.requests ?? []), ...(one.distribution ?? [])].map(({ request }) => request)
  if (asked.length === 0) return 0
  const lines = `${asked.map(lineOf).join('\n')}\n`
  const file = join(folder, `${name}.jsonl`)
  writeFileSync(file, lines)
  const printed = await run(['route', '--quiet', ...words, '--requests', file])
  assert.equal(router.routeBatch(Buffer.from(lines)).toString(), printed)
  assert.equal(asked.map((request) => `${router.routeJson(request)}\n`).join(''), printed)
  for (const [index, text] of printed.trimEnd().split('\n').entries()) {
    const decision = router.route(asked[index])
    // A connection is a plain object.
    if ('toJSON' in decision) checkGetters(decision, text)
    else assert.equal(JSON.stringify(decision), text)
  }
  assert.deepEqual(router.routeBatch(asked), printed.trimEnd().split('\n').map((line) => JSON.parse(line)))
  return asked.length
}

const cases = caseFiles().flatMap((file) => file.cases.map((one) => ({ ...one, file: file.name })))
const asking = cases.filter((one) => !('object' in one))

test('decisions, statuses and findings', { timeout: 600_000 }, async (t) => {
  const wrong = []
  const queue = asking.entries()
  let count = 0
  const worker = async () => {
    for (const [index, one] of queue) {
      try {
        // Not `count += await`, which would read the count before it waits.
        const asked = await check(one, `case-${index}`)
        count += asked
      } catch (error) {
        wrong.push(`${one.file}: ${one.name}: ${error.message}`)
      }
    }
  }
  await Promise.all([worker(), worker()])
  assert.deepEqual(wrong, [])
  assert.ok(count > 500, `only ${count} requests`)
  t.diagnostic(`${count} requests in ${asking.length} cases`)
})

test('an explanation', async () => {
  const shop = join(repository, 'examples/shop')
  const url = 'https://api.example.com/v2/users'
  const router = Router.build(Snapshot.fromPaths(shop))
  const printed = await run(['route', '--quiet', '-f', shop, '--explain', '-o', 'json', url])
  assert.equal(`${router.explainJson(url)}\n`, printed)
  const broken = join(repository, 'examples/broken')
  const route = 'HTTPRoute/staging/preview'
  const explained = Router.build(Snapshot.fromPaths(broken)).explainRoute(route)
  assert.deepEqual(explained, JSON.parse(await run(['explain', route, '--quiet', '-f', broken, '-o', 'json'])))
})
