import { constant, list, native, type Primitive, textOf, UNDEFINED, unknown, type Value } from '../value.ts'

type Words = (text: string, args: readonly Primitive[]) => Primitive | string[]

const word = (value: Primitive) => String(value)
const whole = (value: Primitive) => (value === undefined ? undefined : Number(value))

/** Methods of strings that are safe to carry out for real: bounded, without side effects. */
const METHODS: Readonly<Record<string, Words>> = {
  charAt: (text, [at]) => text.charAt(Number(at)),
  concat: (text, rest) => text.concat(...rest.map(word)),
  endsWith: (text, [end]) => text.endsWith(word(end)),
  includes: (text, [part]) => text.includes(word(part)),
  indexOf: (text, [part]) => text.indexOf(word(part)),
  lastIndexOf: (text, [part]) => text.lastIndexOf(word(part)),
  replaceAll: (text, [from, to]) => text.replaceAll(word(from), () => word(to)),
  slice: (text, [from, to]) => text.slice(whole(from), whole(to)),
  split: (text, [by, most]) => text.split(word(by), whole(most)),
  startsWith: (text, [start]) => text.startsWith(word(start)),
  substr: (text, [from, count]) =>
    text.slice(Number(from), count === undefined ? undefined : Number(from) + Number(count)),
  substring: (text, [from, to]) => text.substring(Number(from), whole(to)),
  toLowerCase: (text) => text.toLowerCase(),
  toString: (text: string) => text,
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  trimEnd: (text) => text.trimEnd(),
  trimStart: (text) => text.trimStart(),
  valueOf: (text: string) => text,
}

const wrap = (result: Primitive | string[]): Value =>
  Array.isArray(result) ? list(result.map(constant)) : constant(result)

const LONGEST_PATTERN = 60
/** Repetition inside repetition is what makes matching slow; such patterns are left alone. */
const NESTED = /[+*}]\)?[+*{]|\([^)]*[+*][^)]*\)[+*{]/

const compile = (value: Value | undefined): RegExp | null => {
  if (value?.kind !== 'pattern' || value.source.length > LONGEST_PATTERN || NESTED.test(value.source))
    return null
  try {
    return new RegExp(value.source, value.flags)
  } catch {
    return null
  }
}

const replace = (text: string, args: readonly Value[]): Value => {
  const [from, to] = args
  const pattern = compile(from)
  const by = textOf(to)
  const plain = textOf(from)
  if (by !== null && pattern !== null && text.length < 1000) return constant(text.replace(pattern, by))
  if (by !== null && plain !== null) return constant(text.replace(plain, () => by))
  return unknown('a replaced text')
}

const matches = (text: string, pattern: Value | undefined): Value => {
  const compiled = compile(pattern)
  if (compiled === null || text.length > 1000) return unknown('a match')
  const found = text.match(compiled)
  return found === null ? constant(null) : list([...found].map((each) => constant(each)))
}

export const memberOfText = (text: string, key: string): Value => {
  if (key === 'length') return constant(text.length)
  if (/^\d+$/.test(key)) return constant(text[Number(key)])
  if (key === 'replace') return native(key, ({ args }) => replace(text, args))
  if (key === 'match') return native(key, ({ args: [pattern] }) => matches(text, pattern))
  const method = Object.hasOwn(METHODS, key) ? METHODS[key] : undefined
  if (method === undefined) return key === 'then' ? UNDEFINED : unknown(`.${key} of a text`)
  return native(key, ({ args }) => {
    const plain = args.map((arg) => (arg.kind === 'constant' ? { value: arg.value } : null))
    if (plain.some((arg) => arg === null)) return unknown(`.${key}() of a text`)
    return wrap(
      method(
        text,
        plain.map((arg) => arg?.value),
      ),
    )
  })
}
