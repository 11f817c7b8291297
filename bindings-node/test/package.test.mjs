// What is shipped, and whether it works as a new user would install it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { repository } from './support/cases.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'gateway-core-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const run = (command, args, cwd = root, env = {}) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
const tool = (name) => join(root, 'node_modules', '.bin', name)
const binary = readdirSync(root).find((file) => file.endsWith('.node'))
const platform = binary.split('.')[1]

const npm = join(root, 'npm')
let user
before(() => {
  // The packages of all platforms, as napi-rs lays them out.
  rmSync(npm, { recursive: true, force: true })
  run(tool('napi'), ['create-npm-dirs'])
  cpSync(join(root, binary), join(npm, platform, binary))
  const pack = (from) => join(folder, JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], from))[0].filename)
  const tarballs = [pack(root), pack(join(npm, platform))]
  user = join(folder, 'user')
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{"private": true}')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], user)
  cpSync(join(repository, 'examples/shop'), join(user, 'deploy'), { recursive: true })
})

test('the tarball holds the facade, its types and the loader, and nothing else', () => {
  const [{ files }] = JSON.parse(run('npm', ['pack', '--dry-run', '--json']))
  const names = files.map(({ path }) => path)
  const expected = ['README.md', 'native.cjs', 'native.d.cts', 'package.json', 'dist/index.js', 'dist/index.mjs', 'dist/index.d.ts', 'dist/index.d.mts']
  for (const name of expected) assert.ok(names.includes(name), name)
  for (const name of names) assert.match(name, /^(README\.md|package\.json|native\.cjs|native\.d\.cts|dist\/[a-z]+\.(js|mjs|d\.ts|d\.mts))$/)
})

test('each platform has a package', () => {
  const packages = readdirSync(npm)
  assert.equal(packages.length, manifest.napi.targets.length)
  const { name, os, cpu, main, version } = JSON.parse(readFileSync(join(npm, platform, 'package.json'), 'utf8'))
  assert.deepEqual([name, os, cpu, main, version], [`gateway-core-${platform}`, [process.platform], [process.arch], binary, manifest.version])
})

test('installed from its tarballs, it is loaded from the package of the platform', () => {
  assert.ok(!existsSync(join(user, 'node_modules/gateway-core', binary)))
  assert.ok(existsSync(join(user, `node_modules/gateway-core-${platform}`, binary)))
  assert.deepEqual(readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.')), ['gateway-core', `gateway-core-${platform}`])
})

/** The blocks of code of a page, in the language given. */
const snippets = (page, language) =>
  [...readFileSync(page, 'utf8').matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map((match) => match[1])

for (const [page, count] of [[join(root, 'README.md'), 3], [join(repository, 'docs/node.md'), 4], [join(repository, 'README.md'), 1]]) {
  test(`the snippets of ${page.slice(repository.length)} run as they are, and print what they say`, () => {
    const found = snippets(page, 'js')
    assert.equal(found.length, count)
    for (const [index, code] of found.entries()) {
      const file = `snippet-${index}.${code.includes('require(') ? 'cjs' : 'mjs'}`
      writeFileSync(join(user, file), code)
      const printed = run(process.execPath, [file], user).trim().split('\n')
      const promised = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map((match) => match[1])
      if (promised.length > 0) assert.deepEqual(printed, promised)
    }
  })
}

test('the example for vitest passes in the folder of a user', () => {
  symlinkSync(join(root, 'node_modules/vitest'), join(user, 'node_modules/vitest'), 'dir')
  cpSync(join(repository, 'examples/node/routes.test.mjs'), join(user, 'routes.test.mjs'))
  const printed = run(tool('vitest'), ['run', '--root', user, 'routes.test.mjs'], user, { MANIFESTS: 'deploy' })
  assert.match(printed, /Tests\s+5 passed/)
})

test('publint and attw find nothing wrong', () => {
  run(tool('publint'), ['--strict'])
  run(tool('attw'), ['--pack', '.', '--no-emoji'])
})

test('the lock file names no registry, and the types of objects are those of the model', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  assert.ok(!/"resolved": "https?:/.test(lock))
  run(process.execPath, ['scripts/object-types.mjs', '--check'])
})
