import type { Random } from '../../base/random/random.ts'

/** A random text that stands in one field of what somebody created, and nowhere else. */
export type Planted = { field: string; text: string }

export type Sowing = { body: unknown; planted: Planted[] }

const LENGTH = 10
const WORD = /\{\{word\}\}/g
const PLACEHOLDER = /\{\{\w+\}\}/
const NO_FREE_TEXT =
  /^\d{4}-\d\d|^[\d\s.,:+-]+$|^[0-9a-f]{8}-[0-9a-f-]{27}$|:\/\/|@|^[A-Z][A-Z_]+$|^(?:true|false)$/i
const NO_FREE_NAME =
  /(?:^|_)(?:id|type|status|state|role|kind|category|currency|country|lang|locale|unit|level|priority|colou?r|method|code|zip)s?$|(?:Id|Type|Status|Role|Code)s?$/i

/** Ten letters: no format that a text may have to keep refuses them. */
export const newCanary = (random: Random): string =>
  Array.from({ length: LENGTH }, () => 'abcdefghijklmnopqrstuvwxyz'[random.integer(0, 25)]).join('')

const isFree = (name: string, text: string) =>
  text.length >= 3 && !PLACEHOLDER.test(text) && !NO_FREE_TEXT.test(text) && !NO_FREE_NAME.test(name)

/**
 * The body with a text of its own in every free string: in the place of `{{word}}`, which keeps the form of addresses
 * and the like, and, where `bold`, instead of any text that means nothing in particular.
 */
export const sow = (body: unknown, random: Random, bold: boolean): Sowing => {
  const planted: Planted[] = []
  const plant = (field: string) => {
    const text = newCanary(random)
    planted.push({ field, text })
    return text
  }
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      if (value.includes('{{word}}')) {
        const text = plant(name)
        return value.replace(WORD, text)
      }
      return bold && isFree(name, value) ? plant(name) : value
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, name))
    if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]))
  }
  return { body: walk(body, ''), planted }
}
