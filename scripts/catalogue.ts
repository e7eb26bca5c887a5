/**
 * Generates what follows from other files: the registry of every family, the explanations that travel with the
 * package, the JSON Schemas and docs/errors.md. `--check` writes nothing and ends with 1 when something is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorsPage } from './catalogue/errors-page.ts'
import { families, root } from './catalogue/families.ts'
import { explanations, registry } from './catalogue/registry.ts'
import { configSchema, runSchema } from './catalogue/schemas.ts'

const json = (value: unknown, indent: number) => `${JSON.stringify(value, null, indent)}\n`

/** File (relative to the root) -> the text it should have. */
export const generated = (): ReadonlyMap<string, string> =>
  new Map([
    ...families.map((family) => {
      return [`packages/plimsoll/src/${family}/catalogue.generated.ts`, registry(family)] as const
    }),
    ['packages/plimsoll/assets/explanations.json', json(explanations(), 1)] as const,
    ['packages/plimsoll/assets/schema/config.json', json(configSchema(), 2)] as const,
    ['packages/plimsoll/assets/schema/run.json', json(runSchema(), 2)] as const,
    ['docs/errors.md', errorsPage()] as const,
  ])

/** Generated files whose text on disk is another one, or absent. */
export const stale = (): string[] =>
  [...generated()].flatMap(([file, text]) => {
    const path = join(root, file)
    return existsSync(path) && readFileSync(path, 'utf8') === text ? [] : [file]
  })

/** Brings every generated file up to date, and says which changed. */
export const writeGenerated = () => {
  const texts = generated()
  for (const file of stale()) {
    const path = join(root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, texts.get(file) ?? '')
    console.log(`wrote ${file}`)
  }
}

const check = () => {
  const files = stale()
  if (files.length === 0) return
  console.error(`Stale: ${files.join(', ')}. Run "npm run catalogue" and commit what it wrote.`)
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) check()
  else writeGenerated()
}
