import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const source = join(root, 'packages/plimsoll/src')

const Floors = z.object({
  floors: z.array(z.array(z.string())),
  families: z.array(z.string()),
  only: z.record(z.string(), z.array(z.string())),
})

/** The one file that says what may import what, and which folders are families. */
export const { floors, families, only } = Floors.parse(
  JSON.parse(readFileSync(join(source, 'floors.json'), 'utf8')),
)

/** `inspections` -> `Inspection` */
export const typeOf = (family: string) => `${family.charAt(0).toUpperCase()}${family.slice(1, -1)}`

const KEYWORDS = new Set(['delete', 'do', 'export', 'import', 'new', 'switch', 'with', 'test', 'expect'])

/** `slow-store` -> `slowStore`; a word that no constant may be called gets a tail */
export const camel = (id: string) => {
  const name = id.replace(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase())
  return KEYWORDS.has(name) ? `${name}Member` : name
}

/** Ids of a family, in the order of the registry. */
export const members = (family: string) =>
  readdirSync(join(source, family), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(source, family, entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort()
