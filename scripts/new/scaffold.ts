import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { camel, root } from '../catalogue/families.ts'

const ENDING = '.template'

/** What a family's templates are for -> the folder that a new member gets for it, relative to the root. */
const targetsOf = (family: string, id: string): ReadonlyMap<string, string> => {
  const member = ['member', `packages/plimsoll/src/${family}/${id}`] as const
  const probe = family === 'experiments' || family === 'inspections'
  return new Map(probe ? [member, ['specimen', `specimens/express/${id}`]] : [member])
}

/** Folders that scaffolding a member makes. */
export const foldersOf = (family: string, id: string): string[] => [...targetsOf(family, id).values()]

const titleOf = (id: string) => {
  const words = id.replace(/[-.]/g, ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const fill = (template: string, words: Readonly<Record<string, string>>) =>
  template.replace(/\{\{(\w+)\}\}/g, (whole, word: string) => words[word] ?? whole)

/** Writes a new member of a family from its templates. Returns the files, relative to the root. */
export const scaffold = (family: string, id: string): string[] => {
  const words = { id, name: camel(id), title: titleOf(id), category: id.split('.')[0] ?? '' }
  return [...targetsOf(family, id)].flatMap(([kind, folder]) => {
    const from = join(root, 'scripts/templates', family, kind)
    const templates = readdirSync(from, { recursive: true, encoding: 'utf8' })
    return templates
      .filter((file) => file.endsWith(ENDING))
      .map((file) => {
        const target = `${folder}/${file.slice(0, -ENDING.length)}`
        mkdirSync(dirname(join(root, target)), { recursive: true })
        writeFileSync(join(root, target), fill(readFileSync(join(from, file), 'utf8'), words))
        return target
      })
  })
}
