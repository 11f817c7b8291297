// Builds the addon for the machine it runs on, in the same folder as the rest of the workspace. That is what
// `napi build --platform` does, but it names the target, for which cargo builds every dependency a second
// time. Releases use `npm run build:release`. `ADDON_WITH` tells cargo what to build it along with, so that both
// share their dependencies.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { generateTypeDef, parseTriple, readNapiConfig, writeJsBinding } from '@napi-rs/cli'

const root = fileURLToPath(new URL('..', import.meta.url))
const floor = process.argv.includes('--floor')
const release = floor || process.argv.includes('--release')
const run = (command, args, env = {}) =>
  execFileSync(command, args, { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'] })

const { target_directory: target } = JSON.parse(run('cargo', ['metadata', '--format-version=1', '--no-deps']))
const host = parseTriple(/host: (.*)/.exec(run('rustc', ['-vV']))[1])
const typeDefDir = join(target, 'napi-types', release ? 'release' : 'debug')
mkdirSync(typeDefDir, { recursive: true })
const packages = process.env.ADDON_WITH?.split(' ') ?? ['-p', 'gateway-core-node']
run('cargo', ['build', ...packages, ...(release ? ['--release'] : []), ...(floor ? ['--features', 'floor'] : [])], {
  NAPI_TYPE_DEF_TMP_FOLDER: typeDefDir,
})

const names = { darwin: 'libgateway_core_node.dylib', win32: 'gateway_core_node.dll' }
const built = join(target, release ? 'release' : 'debug', names[process.platform] ?? 'libgateway_core_node.so')
const { binaryName, packageName, packageJson } = await readNapiConfig(join(root, 'package.json'))
copyFileSync(built, join(root, `${binaryName}.${host.platformArchABI}.node`))

const { exports, dts } = await generateTypeDef({ typeDefDir, cwd: root })
if (!exports.includes('NativeRouter')) throw new Error('no types were generated: remove the target folder')
writeFileSync(join(root, 'native.d.cts'), dts)
await writeJsBinding({
  platform: true,
  idents: exports,
  jsBinding: 'native.cjs',
  format: 'commonjs',
  binaryName,
  packageName,
  version: packageJson.version,
  outputDir: root,
})
