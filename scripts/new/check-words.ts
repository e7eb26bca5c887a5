import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CATEGORIES } from '../../packages/plimsoll/src/model/priority.ts'
import { families, root } from '../catalogue/families.ts'
import { foldersOf } from './scaffold.ts'

const EXAMPLE = 'for example: npm run new experiments full-disk'
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const STANDARD_ID = /^[a-z]+\.[a-z]+(-[a-z]+)*$/

const problemOfId = (family: string, id: string): string | null => {
  if (family !== 'standards')
    return ID.test(id) ? null : `"${id}" is no id. Use lower case words joined by dashes, ${EXAMPLE}`
  const known = CATEGORIES.some((category) => id.startsWith(`${category}.`))
  if (known && STANDARD_ID.test(id)) return null
  return `"${id}" is no id of a standard. Use <category>.<words>, the category one of: ${CATEGORIES.join(', ')}`
}

/** What is wrong with the words and what to type instead; null when they are good. */
export const problemWith = (words: readonly string[]): string | null => {
  const [family, id, ...rest] = words
  if (family === undefined || id === undefined || rest.length > 0)
    return `Give a family and an id, ${EXAMPLE}`
  if (!families.includes(family)) return `No family is called "${family}". There are: ${families.join(', ')}`
  const taken = foldersOf(family, id).find((folder) => existsSync(join(root, folder)))
  if (taken !== undefined) return `${taken} is there already. Choose another id, or edit that folder`
  return problemOfId(family, id)
}
