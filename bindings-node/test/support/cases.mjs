// The cases of ../testdata, as gateway-cli/tests/cases reads them.
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { Router, Snapshot } from '../../dist/index.mjs'

export const repository = fileURLToPath(new URL('../../..', import.meta.url))
export const testdata = join(repository, 'testdata')

/** Numbers above 2^53, which only draws are, stay exact. */
const exact = (value) => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map(exact)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, exact(one)]))
  }
  return value
}

/** Every file with cases, and its cases. */
export function caseFiles() {
  const files = readdirSync(testdata, { recursive: true }).filter((file) => file.endsWith('.yaml') && !/^base[\\/]/.test(file))
  return files.sort().map((file) => ({
    name: relative('.', file).replace(/\.yaml$/, ''),
    cases: parseAllDocuments(readFileSync(join(testdata, file), 'utf8'), { intAsBigInt: true, maxAliasCount: -1 }).map((document) => {
      if (document.errors.length > 0) throw document.errors[0]
      return exact(document.toJS())
    }),
  }))
}

/** The paths that a case includes. */
export const includes = (one) => (one.include ?? []).map((path) => join(testdata, path))

/** The objects of a case, as a client would give them. */
export function snapshotOf(one, options) {
  const snapshot = new Snapshot()
  if (one.include) snapshot.addPaths(includes(one), options)
  for (const object of one.objects ?? []) snapshot.upsert(object, options)
  return snapshot
}

export function routerOf(one, options = {}) {
  return Router.build(snapshotOf(one), { ...(one.profile ? { profile: one.profile } : {}), ...options })
}
