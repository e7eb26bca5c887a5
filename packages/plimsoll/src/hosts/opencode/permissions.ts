import type { Action, Rule } from '../../model/agent.ts'
import { type Field, from, isRecord, type Place } from '../fields.ts'
import { toolNamed } from '../tool-names.ts'

const actionOf = (value: unknown): Action | null =>
  value === 'allow' || value === 'ask' || value === 'deny' ? value : null

/** What no rule of a definition decides here: the floor does. */
const BORDERS = new Set(['external_directory', 'doom_loop'])

const idsOf = (word: string, { tools }: Place): readonly string[] => toolNamed(word, tools).ids

const wrong = (key: string, place: Place) => {
  place.warn(`"${key}" is neither allow, ask nor deny`, 'Write one of the three.')
  return []
}

const rulesOf = (word: string, said: unknown, place: Place): Rule[] => {
  if (BORDERS.has(word)) {
    const opens = actionOf(said) === 'allow' || (isRecord(said) && Object.values(said).includes('allow'))
    if (opens)
      place.warn(
        `"${word}" opens nothing here`,
        'Nothing to do: nothing outside of the workspace is read or written.',
      )
    return []
  }
  const patterns = isRecord(said) ? Object.entries(said) : [['*', said] as const]
  return patterns.flatMap(([pattern, value]) => {
    const action = actionOf(value)
    if (action === null) return wrong(pattern === '*' ? word : `${word}.${pattern}`, place)
    return idsOf(word, place).map((tool) => ({ tool, pattern, action, from: from(place) }))
  })
}

/** `{ edit: deny, bash: { "*": ask, "git log*": allow } }`, or one word for everything; the last that matches wins. */
export const permission: Field = (value, place) => {
  if (isRecord(value))
    return { permissions: Object.entries(value).flatMap(([word, said]) => rulesOf(word, said, place)) }
  const action = actionOf(value)
  if (action === null) return { permissions: wrong('permission', place) }
  return { permissions: [{ tool: '*', pattern: '*', action, from: from(place) }] }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const ruleOf = (item: unknown, place: Place): Rule[] => {
  if (!isRecord(item)) return wrong('permissions', place)
  const word = text(item.action) ?? text(item.permission) ?? text(item.tool) ?? '*'
  const pattern = text(item.resource) ?? text(item.pattern) ?? '*'
  const action = actionOf(item.effect) ?? actionOf(item.decision)
  if (action === null) return wrong('permissions', place)
  return rulesOf(word, { [pattern]: action }, place)
}

/** The list form: `[{ action: shell, resource: "git *", effect: allow }]`. */
export const permissions: Field = (value, place) =>
  Array.isArray(value)
    ? { permissions: value.flatMap((item: unknown) => ruleOf(item, place)) }
    : permission(value, place)
