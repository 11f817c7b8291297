import assert from 'node:assert/strict'

// Every key that a decision can have, whether this one has it or not.
const keys = (decision) => Object.keys(Object.getPrototypeOf(decision))

/** Each getter gives what the text has at its key. They come first: the shared parts are not read from the text. */
export function checkGetters(decision, text) {
  const written = JSON.parse(text)
  const names = keys(decision)
  assert.deepEqual(Object.keys(written).filter((key) => !names.includes(key)), [])
  assert.deepEqual(Object.fromEntries(names.map((key) => [key, decision[key]])), Object.fromEntries(names.map((key) => [key, written[key]])))
  assert.equal(JSON.stringify(decision), text)
}
