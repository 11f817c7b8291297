// All of ../testdata, with the same comparisons as gateway-cli/tests/cases.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validate } from '../dist/index.mjs'
import { caseFiles, routerOf, snapshotOf } from './support/cases.mjs'
import { list, pairUp, subset } from './support/compare.mjs'
import { checkStatuses } from './support/statuses.mjs'
import { Router } from '../dist/index.mjs'

const keys = {
  request: ['name', 'rules', 'note', 'include', 'objects', 'profile', 'requests', 'distribution', 'statuses'],
  object: ['name', 'rules', 'note', 'channel', 'object', 'old', 'problems', 'stored'],
  lint: ['name', 'rules', 'note', 'include', 'objects', 'profile', 'channel', 'assume', 'lintOnly', 'lint'],
}

/** What a case expects and does not get. */
function run(one) {
  const wrong = []
  const kind = 'object' in one ? 'object' : 'lint' in one ? 'lint' : 'request'
  const unknown = Object.keys(one).filter((key) => !keys[kind].includes(key))
  if (unknown.length > 0 || list(one.rules).length === 0) wrong.push(`the case itself is wrong: ${unknown}`)
  ;({ request: runRequests, object: runObject, lint: runLint })[kind](one, wrong)
  return wrong
}

function runRequests(one, wrong) {
  const router = routerOf(one)
  for (const [index, { request, expect }] of list(one.requests).entries()) {
    const got = router.route(request)
    const differences = []
    subset('', expect, got, differences)
    if (differences.length > 0) wrong.push(`request ${index}: ${differences.join('; ')}: ${JSON.stringify(got)}`)
  }
  for (const [index, asked] of list(one.distribution).entries()) {
    runDistribution(router, asked, (what) => wrong.push(`distribution ${index}: ${what}`))
  }
  checkStatuses(router.statuses(), one.statuses, wrong)
}

function runDistribution(router, asked, say) {
  const counts = { backends: {}, answers: {}, mirrors: {} }
  const count = (tally, name) => (tally[name] = (tally[name] ?? 0) + 1)
  const nameOf = ({ namespace, name }) => `${namespace}/${name}`
  const fitting = list(asked.fitting).map(() => 0)
  for (let draw = 0; draw < asked.draws; draw += 1) {
    const decision = router.route({ ...asked.request, draw })
    if (decision.backend) count(counts.backends, nameOf(decision.backend))
    else count(counts.answers, decision.reason ?? decision.status)
    for (const mirror of list(decision.mirrors)) count(counts.mirrors, nameOf(mirror.backend))
    list(asked.fitting).forEach(({ expect }, index) => {
      const differences = []
      subset('', expect, decision, differences)
      if (differences.length === 0) fitting[index] += 1
    })
  }
  for (const what of ['backends', 'answers', 'mirrors']) {
    for (const name of Object.keys({ ...asked[what], ...counts[what] })) {
      const [wanted, found] = [asked[what]?.[name] ?? 0, counts[what][name] ?? 0]
      if (wanted !== found) say(`${what}.${name}: expected ${wanted}, got ${found}`)
    }
  }
  list(asked.fitting).forEach(({ times }, index) => {
    if (times !== fitting[index]) say(`fitting ${index}: expected ${times}, got ${fitting[index]}`)
  })
}

function runObject(one, wrong) {
  for (const channel of one.channel ? [one.channel] : ['standard', 'experimental']) {
    const { problems, object } = validate(one.object, one.old ? { channel, old: one.old } : { channel })
    const differences = []
    const isMet = (expected, { rule, path, message }) =>
      (expected.rule ?? rule) === rule &&
      (expected.path ?? path) === path &&
      (expected.message ?? message) === message &&
      message.includes(expected.messageContains ?? '')
    pairUp(list(one.problems), problems, isMet, ({ rule, path, message }) => `${rule} ${path}: ${message}`, differences)
    if (one.stored !== undefined) subset('stored', one.stored, object, differences)
    wrong.push(...differences.map((line) => `channel ${channel}: ${line}`))
  }
}

function runLint(one, wrong) {
  const snapshot = snapshotOf(one, { keepGoing: true })
  const router = Router.build(snapshot, {
    ...(one.profile ? { profile: one.profile } : {}),
    ...(one.assume ? { assume: one.assume } : {}),
  })
  const found = router.lint({
    ...(one.channel ? { channel: one.channel } : {}),
    ...(one.lintOnly ? { only: one.lintOnly } : {}),
  })
  const nameOf = (object) => (object ? [object.kind, object.namespace, object.name].filter(Boolean).join('/') : '')
  const isMet = (expected, finding) =>
    expected.rule === finding.rule &&
    (expected.object ?? nameOf(finding.object)) === nameOf(finding.object) &&
    (expected.path ?? finding.path) === finding.path &&
    (expected.severity ?? finding.severity) === finding.severity &&
    finding.message.includes(expected.messageContains ?? '') &&
    finding.remedy.includes(expected.remedyContains ?? '')
  pairUp(one.lint, found, isMet, JSON.stringify, wrong)
}

const files = caseFiles()
for (const { name, cases } of files) {
  test(name, () => {
    const wrong = cases.flatMap((one) => {
      try {
        return run(one).map((line) => `${one.name}: ${line}`)
      } catch (error) {
        return [`${one.name}: ${error.stack}`]
      }
    })
    assert.deepEqual(wrong, [])
  })
}

test('there are cases, and a wrong expectation is noticed', () => {
  const cases = files.flatMap((file) => file.cases)
  assert.ok(cases.length > 1500, `only ${cases.length}`)
  const asked = cases.find((one) => one.requests?.[0]?.expect?.backend)
  const other = structuredClone(asked)
  other.requests[0].expect.backend = { name: 'another' }
  assert.equal(run(other).length, run(asked).length + 1)
  const judged = structuredClone(cases.find((one) => one.problems?.length > 0))
  judged.problems = []
  assert.notDeepEqual(run(judged), [])
  const found = structuredClone(cases.find((one) => one.lint?.length > 0))
  found.lint = []
  assert.notDeepEqual(run(found), [])
  const states = cases.filter((one) => one.statuses?.[0]?.conditions).map((one) => structuredClone(one))
  for (const one of states) for (const type of Object.keys(one.statuses[0].conditions)) one.statuses[0].conditions[type] = 'True/Never'
  assert.ok(states.length > 20 && states.every((one) => run(one).length > 0))
})
