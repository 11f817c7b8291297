// Writes ts/objects.ts, the types of all objects, from the model of gateway-core (its structs, their fields
// and their documentation). `--check` says whether it is up to date instead.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'

const here = new URL('.', import.meta.url)
const model = new URL('../../gateway-core/src/model/', here)
const target = new URL('../ts/objects.ts', here)

const files = readdirSync(model).filter((file) => file.endsWith('.rs')).sort()
const sources = new Map(files.map((file) => [file, readFileSync(new URL(file, model), 'utf8')]))

/** What the Gateway API calls it: `HttpRoute` is `HTTPRoute`. */
const official = (name) => name.replace(/(Http|Grpc|Tls|Tcp|Udp|Cors)(?=[A-Z]|$)/g, (word) => word.toUpperCase())
const camel = (name) => name.replace(/^r#/, '').replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())

const words = new Map()
const texts = new Set(['String', 'GatewayDuration'])
for (const source of sources.values()) {
  for (const [, name] of source.matchAll(/text_type!\(\n(?:\s*\/\/\/.*\n)+\s*(\w+),/g)) texts.add(name)
  for (const [, docs, name, body] of source.matchAll(/open_enum!\(\n((?:\s*\/\/\/.*\n)+)\s*(\w+) \{([^}]*)\}/g)) {
    words.set(name, { docs: docsOf(docs), words: [...body.matchAll(/"([^"]*)"/g)].map((match) => match[1]) })
  }
}

function docsOf(block) {
  return [...block.matchAll(/\/\/\/ ?(.*)/g)].map((match) => match[1].trim()).join(' ')
}

const aliases = new Map()
for (const source of sources.values()) {
  for (const [, name, type] of source.matchAll(/pub type (\w+) = (\w+);/g)) aliases.set(name, type)
}

function typeOf(rust) {
  if (aliases.has(rust)) return typeOf(aliases.get(rust))
  const inner = /^(Option|Vec|BTreeMap)<(.*)>$/.exec(rust)
  if (inner?.[1] === 'Option') return typeOf(inner[2])
  if (inner?.[1] === 'Vec') {
    const item = typeOf(inner[2])
    return item.includes(' ') ? `(${item})[]` : `${item}[]`
  }
  if (inner?.[1] === 'BTreeMap') return `Record<string, ${typeOf(inner[2].split(', ')[1])}>`
  if (rust === 'Timestamp') return 'string | Date'
  if (texts.has(rust)) return 'string'
  if (rust === 'bool') return 'boolean'
  if (/^([iu]\d+|PortNumber)$/.test(rust)) return 'number'
  if (rust === 'IntOrString') return 'number | string'
  if (rust === 'Value') return 'unknown'
  return official(rust)
}

const kinds = new Map()
const facts = sources.get('kind.rs')
const versions = { V1: 'v1', V1Beta1: 'v1beta1', V1Alpha3: 'v1alpha3', V1Alpha2: 'v1alpha2', V1Alpha1: 'v1alpha1' }
const groups = Object.fromEntries([...facts.matchAll(/const (\w+_GROUP): &str = "([^"]*)"/g)].map((match) => [match[1], match[2]]))
for (const [, letter, name] of facts.matchAll(/const ([AX]): &str = (\w+);/g)) groups[letter] = groups[name]
for (const [, rust, kind, group, list] of facts.matchAll(
  /Self::(\w+) => \{?\s*(?:namespaced|cluster)\(\s*"(\w+)", (\w+), "\w+", &\[([^\]]*)\]/g,
)) {
  const prefix = groups[group] === '' ? '' : `${groups[group]}/`
  kinds.set(rust, { kind, apiVersions: list.split(', ').map((version) => prefix + versions[version]) })
}

const out = []
for (const source of sources.values()) {
  for (const [, docs, name, body] of source.matchAll(
    /((?:\/\/\/.*\n)+)#\[derive\([^)]*Serialize[^)]*\)\]\n#\[serde\(rename_all = "camelCase"\)\]\npub struct (\w+) \{\n([\s\S]*?)\n\}/g,
  )) {
    const kind = kinds.get(name)
    const lines = [`/** ${docsOf(docs)} */`, `export interface ${official(name)} {`]
    if (kind) {
      lines.push(`  apiVersion: ${kind.apiVersions.map((version) => `'${version}'`).join(' | ')}`, `  kind: '${kind.kind}'`)
    }
    for (const [, fieldDocs, attributes, field, rust] of body.matchAll(
      /((?: {4}\/\/\/.*\n)+)((?: {4}#\[.*\]\n)*) {4}pub ([\w#]+): (.*),/g,
    )) {
      if (attributes.includes('serde(skip)')) continue
      const renamed = /rename = "(\w+)"/.exec(attributes)?.[1] ?? camel(field)
      const optional = rust.startsWith('Option<') || (attributes.includes('serde(default') && field !== 'metadata')
      lines.push(`  /** ${docsOf(fieldDocs)} */`, `  ${renamed}${optional ? '?' : ''}: ${typeOf(rust)}`)
    }
    lines.push('}')
    out.push([official(name), lines.join('\n')])
  }
}
for (const [name, { docs, words: list }] of words) {
  out.push([official(name), `/** ${docs} */\nexport type ${official(name)} = ${list.map((word) => `'${word}'`).join(' | ')}`])
}
out.sort(([one], [other]) => (one < other ? -1 : 1))
if (kinds.size < 19 || out.length < 100) throw new Error(`the model looks otherwise: ${kinds.size} kinds, ${out.length} types`)

const union = [...kinds.keys()].map((name) => `  | ${official(name)}`).join('\n')
const text = `// Written by scripts/object-types.mjs from gateway-core/src/model; do not edit.

/** An object of any kind that is read. */
export type GatewayObject =
${union}

${out.map(([, lines]) => lines).join('\n\n')}
`
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('ts/objects.ts is out of date: run `npm run objects`')
    process.exit(1)
  }
} else {
  writeFileSync(target, text)
}
