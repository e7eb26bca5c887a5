import type { Random } from './random.ts'

const FILLERS: Record<string, (random: Random) => string | number> = {
  word: (random) => random.word(10),
  number: (random) => random.integer(1_000, 2_000_000_000),
  digits: (random) => String(random.integer(100_000_000, 999_999_999)),
  uuid: (random) => {
    const hex = Array.from({ length: 32 }, () => '0123456789abcdef'[random.integer(0, 15)]).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  },
}

const fill = (name: string, random: Random) =>
  Object.hasOwn(FILLERS, name) ? FILLERS[name]?.(random) : undefined

const WHOLE = /^\{\{(\w+)\}\}$/
const ANY = /\{\{(\w+)\}\}/g
const STRING_OF_JSON = /"(?:[^"\\]|\\.)*"(\s*:)?/g

export const holdsPlaceholder = (text: string): boolean =>
  [...text.matchAll(ANY)].some(([, name = '']) => Object.hasOwn(FILLERS, name))

/**
 * Text with its placeholders filled: `{{word}}`, `{{number}}`, `{{digits}}`, `{{uuid}}`; what is none of these stays.
 * Text that is nothing but one placeholder becomes what it stands for, which may be a number.
 */
export const fillPlaceholders = (text: string, random: Random): string | number => {
  const whole = WHOLE.exec(text)?.[1]
  if (whole !== undefined) return fill(whole, random) ?? text
  return text.replace(ANY, (same, name: string) => String(fill(name, random) ?? same))
}

/** JSON text with the placeholders in its values filled: `{"n":"{{number}}"}` becomes `{"n":42}`; keys stay. */
export const fillJson = (json: string, random: Random): string =>
  json.replace(STRING_OF_JSON, (same, colon: string | undefined) => {
    if (colon !== undefined || !same.includes('{{')) return same
    const filled = fillPlaceholders(same.slice(1, -1), random)
    return typeof filled === 'number' ? String(filled) : `"${filled}"`
  })
