import type { AgentDefinition, DefinitionProblem, Rule } from '../model/agent.ts'
import type { ReadAgent } from './define.ts'
import { toolNamed } from './tool-names.ts'

type Fields = Partial<ReadAgent['agent']>

/** Where a value stands, and how to say what is wrong with it. */
export type Place = {
  file: string
  line: number | null
  /** words for tools that mean something else in this dialect */
  tools: Readonly<Record<string, readonly string[]>>
  warn(problem: string, fix: string): void
}

/** Reads the value of one key; what it cannot use it warns of, and leaves out. */
export type Field = (value: unknown, place: Place) => Fields

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A word or a number as text; '' for what is neither, whatever it says of itself. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** `Read, Bash(git *)` and lists alike; null where it is neither. A comma within brackets divides nothing. */
export const wordsOf = (value: unknown): string[] | null => {
  if (value === null || value === '') return []
  if (typeof value === 'string')
    return value.split(/,(?![^(]*\))/).flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
  if (!Array.isArray(value)) return null
  return value.flatMap((word: unknown) =>
    typeof word === 'string' && word.trim() !== '' ? [word.trim()] : [],
  )
}

export const from = ({ file, line }: Place) => (line === null ? file : `${file}:${line}`)

const textField =
  (key: 'name' | 'description' | 'model' | 'instructions'): Field =>
  (value, { warn }) => {
    const said = Array.isArray(value) && key === 'model' ? value[0] : value
    if (typeof said === 'string') return said.trim() === '' ? {} : { [key]: said.trim() }
    if (typeof said === 'number') return { [key]: String(said) }
    if (said !== null && said !== undefined)
      warn(`"${key}" is no text`, 'Write it in one line, in quotes if need be.')
    return {}
  }

const numberOf = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value

export const temperature: Field = (value, { warn }) => {
  const number = numberOf(value)
  if (typeof number === 'number' && number >= 0 && number <= 2) return { temperature: number }
  if (value !== null) warn('"temperature" is no number from 0 to 2', 'Write a number, for example 0.2.')
  return {}
}

export const turns: Field = (value, { warn }) => {
  const number = numberOf(value)
  if (typeof number === 'number' && Number.isSafeInteger(number) && number > 0) return { turns: number }
  if (value !== null) warn('the most turns are no whole number above 0', 'Write a number, for example 40.')
  return {}
}

const MODES: readonly AgentDefinition['mode'][] = ['primary', 'subagent', 'all']

export const mode: Field = (value, { warn }) => {
  const found = MODES.find((known) => known === value)
  if (found !== undefined) return { mode: found }
  warn(`"mode" is ${JSON.stringify(value)}`, 'Write primary, subagent or all.')
  return {}
}

/** `Bash(git log:*)` is the tool, and what of it. */
const specified = (word: string): { name: string; pattern: string | null } => {
  const [, name, inner] = /^([^(]+)\((.*)\)$/.exec(word) ?? []
  return name === undefined || inner === undefined
    ? { name: word, pattern: null }
    : { name: name.trim(), pattern: inner.trim().replace(/:\*$/, ' *') }
}

/** Ids of ours for a list of words, and rules for those that are narrowed. */
export const toolsOf = (words: readonly string[], place: Place): { ids: string[]; rules: Rule[] } => {
  const ids: string[] = []
  const rules: Rule[] = []
  const unknown: string[] = []
  for (const word of words) {
    const { name, pattern } = specified(word)
    const tool = toolNamed(name, place.tools)
    if (tool.kind === 'unknown') unknown.push(name)
    ids.push(...tool.ids)
    if (pattern === null || pattern === '' || pattern === '*') continue
    for (const id of tool.ids)
      for (const part of id === 'delegate' ? pattern.split(/\s*,\s*/) : [pattern])
        rules.push({ tool: id, pattern: part, action: 'allow', from: from(place) })
  }
  if (unknown.length > 0)
    place.warn(
      `no tool here is called ${unknown.map((name) => `"${name}"`).join(', ')}`,
      'Correct the name, or leave it: it gives nothing.',
    )
  const narrowed = [...new Set(rules.map(({ tool }) => tool))]
  const closed = narrowed.map((tool): Rule => ({ tool, pattern: '*', action: 'deny', from: from(place) }))
  return { ids: [...new Set(ids)], rules: [...closed, ...rules] }
}

/** A map is an overlay, a list or a line with commas gives exactly those, an empty list gives none. */
export const tools: Field = (value, place) => {
  if (value === null || value === undefined) return {}
  if (isRecord(value)) {
    const overlay: Record<string, boolean> = {}
    for (const [word, isGiven] of Object.entries(value)) {
      if (typeof isGiven !== 'boolean')
        place.warn(`"tools.${word}" is neither true nor false`, 'Write true or false.')
      else for (const id of toolsOf([word], place).ids) overlay[id] = isGiven
    }
    return { tools: { kind: 'overlay', tools: overlay } }
  }
  const words = wordsOf(value)
  if (words === null) {
    place.warn(
      '"tools" is neither a list nor a map',
      'Write a list: [read, grep], or a map: { bash: false }.',
    )
    return {}
  }
  const { ids, rules } = toolsOf(words, place)
  const grant = ids.includes('*') ? ({ kind: 'inherit' } as const) : ({ kind: 'only', tools: ids } as const)
  return { tools: grant, permissions: rules }
}

/** Tools that are taken away; a narrowed one becomes a rule. */
export const without: Field = (value, place) => {
  const words = wordsOf(value)
  if (words === null) {
    place.warn('the tools that are taken away are no list', 'Write a list: [write, bash].')
    return {}
  }
  const whole = words.filter((word) => specified(word).pattern === null)
  const narrowed = toolsOf(
    words.filter((word) => specified(word).pattern !== null),
    place,
  )
  const denied = narrowed.rules.filter(({ pattern }) => pattern !== '*')
  return {
    without: toolsOf(whole, place).ids,
    permissions: denied.map((rule) => ({ ...rule, action: 'deny' as const })),
  }
}

/** Names of servers: a list, a map by name, or a list of maps. */
export const servers: Field = (value) => {
  if (isRecord(value)) return { servers: Object.keys(value) }
  if (!Array.isArray(value)) return {}
  return {
    servers: value.flatMap((item: unknown) =>
      typeof item === 'string' ? [item] : isRecord(item) ? Object.keys(item) : [],
    ),
  }
}

export const name = textField('name')
export const description = textField('description')
export const model = textField('model')
export const instructions = textField('instructions')

/** Everything may be looked at and nothing changed. */
export const readOnly: Fields = { without: ['write', 'edit', 'patch', 'bash'] }

export const problemIn = (
  file: string,
  line: number | null,
  problem: string,
  fix: string,
): DefinitionProblem => ({ level: 'error', file, line, problem, fix })
