/**
 * Compares our route tables with a list of expected ones.
 *   npx jiti test/accuracy/noir-routes.ts <checkout of the fixtures> <expected.json> [--framework <name>] [--only <text>]
 * expected.json: { fixtures: [{ framework, language, dir, complete, expected: [[method, path], …] }] }
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { frameworks } from '../../packages/plimsoll/src/frameworks/catalogue.generated.ts'
import type { Framework } from '../../packages/plimsoll/src/frameworks/define.ts'
import { openProject } from '../../packages/plimsoll/src/instruments/source/open-project.ts'
import { languages } from '../../packages/plimsoll/src/languages/catalogue.generated.ts'
import type { Module } from '../../packages/plimsoll/src/languages/define.ts'

type Fixture = { framework: string; dir: string; complete: boolean; expected: [string, string][] }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { framework: { type: 'string' }, only: { type: 'string' }, verbose: { type: 'boolean' } },
})
const [checkout, list] = positionals
if (checkout === undefined || list === undefined) throw new Error('Give a checkout and the expected routes.')

/** One spelling for parameters, so that only what is matched counts: `{id}`, `<id>`, `:id(\d+)` → `:`. */
const normal = (path: string) => {
  const plain = path
    .replace(/\{(\/[^{}]*)\}/g, '$1')
    .replace(/\{[^}]*\}|<[^>]*>|:\w+(?:\([^/]*\))?\??/g, ':')
    .replace(/\/+/g, '/')
  return plain.length > 1 ? plain.replace(/\/$/, '') : plain
}

const matches = (
  [method, path]: readonly [string, string],
  [otherMethod, otherPath]: readonly [string, string],
) =>
  (method === otherMethod || method === 'ANY' || otherMethod === 'ANY') && normal(path) === normal(otherPath)

/** A fixture without a manifest still is one module. */
const bare: Module = {
  dir: '.',
  name: 'fixture',
  dependencies: new Map(),
  runtimeDependencies: new Set(),
  versionOf: () => null,
  manifest: 'package.json',
}

const routesOf = async (framework: Framework, dir: string) => {
  const project = await openProject(dir)
  const language = languages.find(({ id }) => id === framework.language)
  const files = project.files.filter((file) => language?.extensions.some((ending) => file.endsWith(ending)))
  return framework.routes(project, bare, files)
}

const total = { expected: 0, hit: 0, found: 0, right: 0 }
for (const fixture of (JSON.parse(readFileSync(list, 'utf8')) as { fixtures: Fixture[] }).fixtures) {
  const framework = frameworks.find(({ name }) => name === fixture.framework)
  if (framework === undefined) continue
  if (values.framework !== undefined && framework.name !== values.framework) continue
  if (values.only !== undefined && !fixture.dir.includes(values.only)) continue
  const table = await routesOf(framework, join(checkout, fixture.dir))
  const found = table.routes.map(({ method, path }) => [method, path] as const)
  const missing = fixture.expected.filter((one) => !found.some((other) => matches(one, other)))
  const extra = found.filter((one) => !fixture.expected.some((other) => matches(one, other)))
  total.expected += fixture.expected.length
  total.hit += fixture.expected.length - missing.length
  if (fixture.complete) {
    total.found += found.length
    total.right += found.length - extra.length
  }
  const precision = fixture.complete ? `${found.length - extra.length}/${found.length}` : 'n/a'
  const recall = `${fixture.expected.length - missing.length}/${fixture.expected.length}`
  console.log(
    `${framework.name.padEnd(10)} ${fixture.dir.split('/').at(-1)?.padEnd(34)} recall ${recall.padEnd(7)} precision ${precision}`,
  )
  for (const [method, path] of missing) console.log(`             missing ${method} ${path}`)
  if (fixture.complete || values.verbose === true)
    for (const [method, path] of extra) console.log(`             extra   ${method} ${path}`)
  for (const { what, why, place } of table.unresolved)
    console.log(`             unresolved ${place.file}:${place.line} ${what}: ${why}`)
}
const share = (part: number, whole: number) => (whole === 0 ? 'n/a' : (part / whole).toFixed(3))
console.log(`recall ${share(total.hit, total.expected)} (${total.hit}/${total.expected})`)
console.log(`precision ${share(total.right, total.found)} (${total.right}/${total.found}) where complete`)
