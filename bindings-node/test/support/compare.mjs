// Comparison with what a case expects; testdata/README.md says what the words mean.

export const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)
export const list = (value) => (Array.isArray(value) ? value : [])
const text = (value) => (value === undefined ? 'nothing' : JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one)))

/** Adds a line for each difference. Keys that are not expected do not matter. */
export function subset(path, expected, got, differences) {
  got ??= undefined
  if (expected === 'absent') {
    if (got !== undefined) differences.push(`${path}: expected nothing, got ${text(got)}`)
  } else if (isObject(expected) && isObject(got)) {
    for (const [key, value] of Object.entries(expected)) {
      const below = path === '' ? key : `${path}.${key}`
      const partly = /^(headers|set|add|remove)(Include|Exclude)$/.exec(key)
      if (partly?.[2] === 'Include') include(below, value, got[partly[1]], differences)
      else if (partly) exclude(below, value, got[partly[1]], differences)
      else subset(below, value, got[key], differences)
    }
  } else if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    expected.forEach((one, index) => subset(`${path}[${index}]`, one, got[index], differences))
  } else if (expected === null ? got !== undefined : expected !== got) {
    differences.push(`${path}: expected ${text(expected)}, got ${text(got)}`)
  }
}

/** The values of a header, joined. Where the list has names alone, the value is empty. */
function values(headers, name) {
  const named = list(headers)
    .map((one) => (typeof one === 'string' ? [one, ''] : one))
    .filter(([found]) => found.toLowerCase() === name.toLowerCase())
  return named.length > 0 ? named.map(([, value]) => value).join(',') : undefined
}

function include(path, expected, headers, differences) {
  const wanted = Array.isArray(expected) ? expected.map((name) => [name, '']) : Object.entries(expected)
  for (const [name, value] of wanted) {
    const found = values(headers, name)
    if (found !== value) differences.push(`${path}.${name}: expected ${text(value)}, got ${text(found)}`)
  }
}

function exclude(path, names, headers, differences) {
  if (!Array.isArray(names)) differences.push(`${path}: the case must give a list`)
  for (const name of list(names)) {
    const found = values(headers, name)
    if (found !== undefined) differences.push(`${path}: expected no ${name}, got ${found}`)
  }
}

/** Every expected one is met by one found, and no other is found; those asked for to the letter choose first. */
export function pairUp(expected, found, isMet, show, differences) {
  const unexplained = [...found]
  const exact = expected.filter((one) => one.message !== undefined)
  for (const one of [...exact, ...expected.filter((other) => other.message === undefined)]) {
    const index = unexplained.findIndex((other) => isMet(one, other))
    if (index < 0) differences.push(`missing: ${text(one)}`)
    else unexplained.splice(index, 1)
  }
  for (const other of unexplained) differences.push(`not expected: ${show(other)}`)
}
