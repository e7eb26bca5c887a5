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

const UNWANTED =
  /not allowed|should not exist|additional propert|unrecognized|unknown (?:field|key|propert)|extra_forbidden|not permitted/i

/** What was sent is told as well, and is not what is wanted. */
const withoutReceived = (text: string) =>
  text.replace(/,? (?:received|unable to parse|but got|got)\b.*$/is, '')

const typeIn = (about: string): Lesson['type'] =>
  TYPES.find(([pattern]) => pattern.test(withoutReceived(about)))?.[1] ?? null

const MARKER = /\bone of(?: the (?:following|allowed) values)?|\bexpected (?=['"])|\bshould be (?=['"])/i

/** `one of: open, closed`, `one of ['open', 'closed']`, `Expected 'open' | 'closed'`. */
const choicesIn = (about: string): string[] | null => {
  const text = withoutReceived(about)
  const marker = MARKER.exec(text)
  if (marker === null) return null
  const rest = text.slice(marker.index + marker[0].length)
  const quoted = [...rest.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, one, other]) => one ?? other ?? '')
  if (quoted.length > 0) return quoted
  const bare = /^\s*[:[]+\s*([\w -]+(?:\s*[,|]\s*[\w -]+)*)/.exec(rest)?.[1]
  return bare === undefined ? null : bare.split(/\s*[,|]\s*/).map((one) => one.trim())
}

/** @param about what the refusal says of the field, without its name */
export const lessonAbout = (path: string[], about: string): Lesson => ({
  path,
  type: typeIn(about),
  oneOf: choicesIn(about),
  unwanted: UNWANTED.test(about),
})

const TOPS = new Set(['', 'body', '$', 'json', 'data'])

/** `body/user/email`, `user.email`, `tags[0]`: keys from the top of the body. */
export const keysOf = (path: string): string[] => {
  const keys = path.split(/[./[\]]+/).filter((part) => part !== '')
  return TOPS.has(keys[0] ?? '') ? keys.slice(1) : keys
}
