// The requests of the official conformance suite, with the decisions that it accepts. `make conformance-record`
// writes them, where the suite's data is beside the repository.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Router, Snapshot } from '../dist/index.mjs'
import { repository } from './support/cases.mjs'
import { checkGetters } from './support/decision.mjs'

const folder = process.env.GATEWAY_CORE_RECORD ?? join(repository, 'target/conformance')
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.jsonl')) : []

test('the suite', { skip: files.length === 0 && 'the data of the conformance suite is not here' }, (t) => {
  let count = 0
  for (const file of files) {
    const [head, ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line))
    let router
    for (const { objects, request, decision } of lines) {
      if (objects) {
        // One router after the other, each from objects that the one before has not seen.
        const snapshot = Snapshot.fromObjects(objects)
        router = router ? router.rebuild(snapshot) : Router.build(snapshot, head)
        continue
      }
      assert.equal(router.routeJson(request), JSON.stringify(decision), `${file}: ${JSON.stringify(request)}`)
      const routed = router.route(request)
      if ('toJSON' in routed) checkGetters(routed, JSON.stringify(decision))
      else assert.deepEqual(routed, decision)
      count += 1
    }
  }
  t.diagnostic(`${count} requests of ${files.length} tests`)
  assert.ok(count > 450, `only ${count} requests`)
})
