/** What a refusal tells about one field of the body. */
export type Lesson = {
  /** keys from the top of the body */
  path: string[]
  /** null: only that it is wanted */
  type: 'string' | 'number' | 'boolean' | 'array' | 'object' | 'email' | 'uuid' | 'date' | 'url' | null
  oneOf: string[] | null
  unwanted: boolean
}

const TYPES: readonly (readonly [RegExp, Lesson['type']])[] = [
  [/e-?mail/i, 'email'],
  [/uuid/i, 'uuid'],
  [/\burl\b|\buri\b/i, 'url'],
  [/iso ?8601|\bdate\b|datetime/i, 'date'],
  [/\b(integer|int|number|numeric|float|decimal|positive)\b/i, 'number'],
  [/\bbool(ean)?\b/i, 'boolean'],
  [/\barray\b|\blist\b/i, 'array'],
  [/\bobject\b|\bdict/i, 'object'],
  [/\bstring\b|\btext\b/i, 'string'],
]

const typeIn = (message: string, field: string): Lesson['type'] => {
  const about = message.replaceAll(field, '')
  return TYPES.find(([pattern]) => pattern.test(about))?.[1] ?? null
}

const choices = (message: string): string[] | null => {
  const list =
    /(?:one of(?: the following values| the allowed values)?|expected one of|must be)[:\s]*\[?((?:"[^"]+"|'[^']+'|[\w-]+)(?:\s*[,|]\s*(?:"[^"]+"|'[^']+'|[\w-]+))+)\]?/i.exec(
      message,
    )?.[1]
  return list === undefined ? null : list.split(/\s*[,|]\s*/).map((one) => one.replace(/^["']|["']$/g, ''))
}

const lesson = (path: string[], message: string): Lesson => ({
  path,
  type: typeIn(message, path.at(-1) ?? ''),
  oneOf: choices(message),
  unwanted:
    /not allowed|should not exist|additional propert|unrecognized|unknown (?:field|key|propert)/i.test(
      message,
    ),
})

const split = (path: string) =>
  path.split(/[./]/).filter((part) => part !== '' && part !== 'body' && part !== '$')

/** Sentences of the common validators, each naming its field in the first group that matched. */
const SENTENCES: readonly RegExp[] = [
  /required property '([\w.]+)'/g,
  /'([\w.]+)' is a required property/g,
  /\bbody[/.]([\w./]+) must\b/g,
  /"([\w.]+)" (?:is required|must|is not allowed|contains|length|with value)/g,
  /\b([a-zA-Z_][\w.]*) (?:must be|should not be empty|should be|must contain|is required|is missing|cannot be (?:blank|empty|null)|can't be blank|may not be (?:null|empty)|field is required)/g,
  /property ([\w.]+) should not exist/g,
  /[Mm]issing (?:required )?(?:field|parameter|property|key)s?:? ["'`]?([\w.]+)/g,
  /\b([a-z_]\w*) and ([a-z_]\w*) (?:are|is) required/g,
]
const STOP = new Set([
  'it',
  'this',
  'value',
  'body',
  'request',
  'payload',
  'field',
  'input',
  'data',
  'and',
  'property',
])

const fromSentence = (message: string): Lesson[] =>
  SENTENCES.flatMap((sentence) =>
    [...message.matchAll(sentence)].flatMap((match) => {
      const tail = message.slice(match.index, match.index + 200)
      return match
        .slice(1)
        .filter((name) => name !== undefined && !STOP.has(name.toLowerCase()))
        .map((name) => lesson(split(name), tail))
    }),
  )

const fieldOf = (value: Record<string, unknown>): string[] | null => {
  for (const key of ['path', 'loc', 'instancePath', 'field', 'param', 'property', 'dataPath']) {
    const found = value[key]
    if (Array.isArray(found)) return found.map(String).filter((part) => part !== 'body')
    if (typeof found === 'string' && found !== '') return split(found)
  }
  return null
}

const fromObject = (value: Record<string, unknown>): Lesson[] => {
  const path = fieldOf(value)
  const message = [value.message, value.msg, value.expected, value.type, value.code, value.format]
    .filter((part) => typeof part === 'string')
    .join(' ')
  if (path === null || path.length === 0 || message === '') return []
  const options = Array.isArray(value.options)
    ? value.options
    : Array.isArray(value.values)
      ? value.values
      : null
  return [{ ...lesson(path, message), ...(options !== null && { oneOf: options.map(String) }) }]
}

const walk = (value: unknown): Lesson[] => {
  if (typeof value === 'string') return value.length < 2_000 ? fromSentence(value) : []
  if (Array.isArray(value)) return value.flatMap(walk)
  if (value === null || typeof value !== 'object') return []
  const own = fromObject(value as Record<string, unknown>)
  return own.length > 0 ? own : Object.values(value).flatMap(walk)
}

/** Reads a refusal in the forms of ajv, zod, joi, class-validator, express-validator, pydantic and plain sentences. */
export const lessonsOf = (body: string): Lesson[] => {
  try {
    return walk(JSON.parse(body))
  } catch {
    return fromSentence(body.slice(0, 2_000))
  }
}
