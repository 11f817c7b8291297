// What a case says about statuses, and what holds of every status.
import { isObject, list, subset } from './compare.mjs'

const onlyTrue = ['OverlappingTLSConfig', 'InsecureFrontendValidationMode', 'PartiallyInvalid']
const types = [
  'Accepted', 'Conflicted', 'DefaultGateway', 'InsecureFrontendValidationMode', 'OverlappingTLSConfig',
  'PartiallyInvalid', 'Programmed', 'ResolvedRefs', 'SupportedVersion',
]
const limits = { conditions: 8, listeners: 64, parents: 32, ancestors: 16, addresses: 16 }
const entryKeys = ['listeners', 'parents', 'ancestors']
const isPending = (condition) => condition.status === 'Unknown' && condition.reason === 'Pending'
const featureNames = (status) => list(status?.supportedFeatures).map((feature) => feature.name)
const nameOf = ({ kind, metadata }) => [kind, metadata.namespace, metadata.name].filter(Boolean).join('/')

/** Nobody has reconciled the object: no more than what the API server writes by default. */
const isUntouched = (status) =>
  list(status?.conditions).every(isPending) &&
  ['supportedFeatures', 'addresses', ...entryKeys].every((key) => list(status?.[key]).length === 0)

/** ATT-074, ATT-190, ATT-192, ATT-195, ATT-197..ATT-199, FEAT-R1, MODEL-COND-04. */
function everywhere(name, object, wrong) {
  const generation = object.metadata.generation ?? 0
  const { status } = object
  for (const owner of [status, ...entryKeys.flatMap((key) => list(status[key]))]) {
    for (const [key, limit] of Object.entries(limits)) {
      if (list(owner[key]).length > limit) wrong.push(`${name} ${key}: expected at most ${limit}`)
    }
    const seen = new Set()
    for (const condition of list(owner.conditions)) {
      const { type } = condition
      const say = (what) => wrong.push(`${name} ${type}: ${what}: ${JSON.stringify(condition)}`)
      if (!isPending(condition) && condition.lastTransitionTime != null) say('nothing here has a clock')
      if (condition.observedGeneration !== generation) say(`expected observedGeneration ${generation}`)
      if (!types.includes(type) && !type.includes('/')) say('expected no such type')
      if (seen.has(type)) say('expected once')
      if (onlyTrue.includes(type) && condition.status !== 'True') say('expected True or nothing')
      if (!condition.reason) say('expected a reason')
      seen.add(type)
    }
  }
  for (const listener of list(status.listeners)) {
    for (const type of ['Accepted', 'ResolvedRefs', 'Programmed']) {
      if (!list(listener.conditions).some((condition) => condition.type === type)) {
        wrong.push(`${name} listener ${listener.name}: expected ${type}, got nothing`)
      }
    }
  }
  const features = featureNames(status)
  if (features.some((feature, index) => index > 0 && features[index - 1] > feature)) {
    wrong.push(`${name} supportedFeatures: expected a sorted list`)
  }
}

const word = (status) => (typeof status === 'boolean' ? (status ? 'True' : 'False') : status)

/** What is wrong with a condition. */
function condition(expected, found) {
  const got = found ? `${found.status}/${found.reason} (${found.message})` : 'nothing'
  if (expected === 'absent') return found && `expected nothing, got ${got}`
  if (expected === 'notTrue') return found?.status === 'True' ? `expected not True, got ${got}` : undefined
  let wanted
  if (typeof expected === 'string') {
    const [status, reason] = expected.split('/')
    wanted = reason === undefined ? { status } : { status, reason }
  } else if (typeof expected === 'boolean') {
    wanted = { status: word(expected) }
  } else if (isObject(expected)) {
    const { messageStartsWith, messageWithout, ...fields } = expected
    const message = found?.message ?? ''
    if (messageStartsWith !== undefined && !message.startsWith(messageStartsWith)) {
      return `expected a message that starts with \`${messageStartsWith}\`, got ${got}`
    }
    const leaked = list(messageWithout).find((part) => message.includes(part))
    if (leaked !== undefined) return `expected a message that does not tell \`${leaked}\`, got ${got}`
    wanted = 'status' in fields ? { ...fields, status: word(fields.status) } : fields
  } else {
    return 'the case itself is wrong'
  }
  const differences = []
  subset('', wanted, found, differences)
  return differences.length > 0 ? `expected ${JSON.stringify(expected)}, got ${got}` : undefined
}

function conditions(at, expected, owner, wrong) {
  for (const [type, one] of Object.entries(expected ?? {})) {
    const why = condition(one, list(owner?.conditions).find((found) => found.type === type))
    if (why) wrong.push(`${at} ${type}: ${why}`)
  }
}

function entries(at, key, expected, status, wrong) {
  const found = list(status?.[key])
  if (found.length !== expected.length) {
    wrong.push(`${at}: expected ${expected.length} ${key}, got ${found.length}`)
    return
  }
  expected.forEach((one, index) => {
    const reference = key === 'parents' ? 'parentRef' : 'ancestorRef'
    const wanted = one.parentRef ?? one.ancestorRef
    if (wanted) subset(`${at} ${key}[${index}].${reference}`, wanted, found[index][reference], wrong)
    if (one.controllerName) subset(`${at} ${key}[${index}].controllerName`, one.controllerName, found[index].controllerName, wrong)
    conditions(`${at} ${key}[${index}]`, one.conditions, found[index], wrong)
  })
}

function listeners(at, expected, status, wrong) {
  const found = list(status?.listeners)
  const names = (all) => [...all].sort().join(' ')
  if (names(found.map(({ name }) => name)) !== names(Object.keys(expected))) {
    wrong.push(`${at}: expected listeners ${names(Object.keys(expected))}, got ${names(found.map(({ name }) => name))}`)
    return
  }
  for (const listener of found) {
    const one = expected[listener.name]
    const here = `${at} listener ${listener.name}`
    if (one.attachedRoutes !== undefined) subset(`${here} attachedRoutes`, one.attachedRoutes, listener.attachedRoutes, wrong)
    if (one.supportedKinds) {
      subset(`${here} supportedKinds`, one.supportedKinds, list(listener.supportedKinds).map(({ kind }) => kind), wrong)
    }
    conditions(here, one.conditions, listener, wrong)
  }
}

function features(at, expected, status, wrong) {
  const found = featureNames(status)
  if (Array.isArray(expected)) {
    subset(`${at} supportedFeatures`, expected, found, wrong)
    return
  }
  const missing = list(expected.include).filter((name) => !found.includes(name))
  const extra = list(expected.exclude).filter((name) => found.includes(name))
  if (missing.length + extra.length > 0) wrong.push(`${at} supportedFeatures: missing ${missing}, not expected ${extra}`)
}

const known = [
  'object', 'untouched', 'conditions', 'listeners', 'attachedListenerSets', 'addresses', 'supportedFeatures', 'parents',
  'ancestors',
]

/** Compares all that is expected, and what holds of every status. */
export function checkStatuses(statuses, expected, wrong) {
  for (const one of statuses.filter(({ status }) => !isUntouched(status))) everywhere(nameOf(one), one, wrong)
  for (const one of expected ?? []) {
    const at = one.object
    const unknown = Object.keys(one).filter((key) => !known.includes(key))
    if (unknown.length > 0) wrong.push(`${at}: the case itself is wrong: ${unknown}`)
    const status = statuses.find((found) => nameOf(found) === at)?.status
    if (one.untouched && !isUntouched(status)) wrong.push(`${at}: expected to be left alone`)
    conditions(at, one.conditions, status, wrong)
    if (one.listeners) listeners(at, one.listeners, status, wrong)
    if (one.attachedListenerSets !== undefined && (status?.attachedListenerSets ?? 0) !== one.attachedListenerSets) {
      wrong.push(`${at} attachedListenerSets: expected ${one.attachedListenerSets}, got ${status?.attachedListenerSets}`)
    }
    if (one.addresses) subset(`${at} addresses`, one.addresses, status?.addresses ?? [], wrong)
    if (one.supportedFeatures) features(at, one.supportedFeatures, status, wrong)
    if (one.parents) entries(at, 'parents', one.parents, status, wrong)
    if (one.ancestors) entries(at, 'ancestors', one.ancestors, status, wrong)
  }
}
