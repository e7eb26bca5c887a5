import type { Lesson } from './learn.ts'
import { momentForName, valueForName } from './value-for.ts'

type Body = Record<string, unknown>

const BY_TYPE: Record<Exclude<Lesson['type'], 'date' | 'array' | null>, unknown> = {
  string: 'Plimsoll {{word}}',
  number: 1,
  boolean: true,
  object: {},
  email: 'plimsoll{{word}}@example.com',
  uuid: '{{uuid}}',
  url: 'https://example.com/{{word}}',
}

const fits = (value: unknown, type: Lesson['type']) => {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value)
  return type === 'number' || type === 'boolean' || type === 'string' ? typeof value === type : false
}

const singular = (name: string) => name.replace(/List$/, '').replace(/ies$/, 'y').replace(/s$/, '')

/** One of what the list holds: an empty list is seldom what was asked for. */
const listFor = (name: string): unknown[] => {
  const one = valueForName(singular(name))
  return [typeof one === 'object' ? 'Plimsoll {{word}}' : one]
}

const valueFor = ({ path, type, oneOf }: Lesson): unknown => {
  if (oneOf !== null) return oneOf[0]
  const name = path.at(-1) ?? ''
  if (type === 'date') return momentForName(name)
  if (type === 'array') return listFor(name)
  const named = valueForName(name)
  return type === null || fits(named, type) ? named : BY_TYPE[type]
}

const isBody = (value: unknown): value is Body =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** `lines.0.quantity`: a place in a list, which is made when there is none yet. */
const applyAt = (value: unknown, lesson: Lesson, index: number, rest: readonly string[]): unknown[] => {
  const list = Array.isArray(value) ? [...value] : []
  const item = list[index]
  list[Math.min(index, list.length)] = rest.length > 0 ? applyAny(item, lesson, rest) : valueFor(lesson)
  return list
}

const applyAny = (value: unknown, lesson: Lesson, keys: readonly string[]): unknown => {
  const [key, ...rest] = keys
  return key !== undefined && /^\d+$/.test(key) && (value === undefined || Array.isArray(value))
    ? applyAt(value, lesson, Number(key), rest)
    : apply(isBody(value) ? value : {}, lesson, keys)
}

const apply = (body: Body, lesson: Lesson, keys: readonly string[]): Body => {
  const [key, ...rest] = keys
  if (key === undefined) return body
  if (rest.length > 0) return { ...body, [key]: applyAny(body[key], lesson, rest) }
  if (lesson.unwanted) return Object.fromEntries(Object.entries(body).filter(([name]) => name !== key))
  return { ...body, [key]: valueFor(lesson) }
}

/** The body with every lesson followed; the same content when there was nothing new in them. */
export const improve = (body: unknown, lessons: readonly Lesson[]): Body =>
  lessons.reduce<Body>((better, lesson) => apply(better, lesson, lesson.path), isBody(body) ? body : {})
