/** A name and a password that stand near each other in a text. */
export type Pair = {
  name: string
  password: string
  /** 1-based */
  line: number
  /** the text near it says that this is an administrator */
  admin: boolean
}

const ADMIN = /\b(?:super-?_?)?(?:admin|administrator|root|superuser)\b/i
const NAME_KEY =
  /["'`]?\b(?:e-?mail|user_?-?name|user|login|mail)\b["'`]?\s*(?:[:=,]|=>)\s*["'`]([^"'`\s]{3,60})["'`]/i
const PASSWORD_KEY =
  /["'`]?\b\w*pass(?:word|wd|phrase)?\b["'`]?\s*(?:[:=,]|=>)\s*(?:await\s+)?[^"'`\n]{0,40}["'`]([^"'`\s]{3,60})["'`]/i
const TOLD_NAME = /\b(?:e-?mail|user ?-?name|user|login)\b\W{0,12}?([\w.+-]+@[\w-]+\.[\w.]+|[\w.-]{3,40})/i
const TOLD_PASSWORD = /\bpass(?:word|wd)?\b[^\w\n]{1,12}(\S{3,40})/i
const SLASHED =
  /["'`*( ]([\w.+-]+@[\w-]+\.\w[\w.]*|admin\w*|root)["'`*]*\s*(?:\/|:|,)\s*["'`*]*([^\s"'`*/,)]{3,40})/i
const LITERAL = /["'`]([^"'`\n]{3,60})["'`]/g
const NEAR_LINES = 12
const HASHED = /^\$(?:2[aby]|argon2|scrypt|pbkdf2)|^[a-f0-9]{32,}$/i

const usable = (text: string | undefined): text is string =>
  text !== undefined && !HASHED.test(text) && !/[${}<>()]|^https?:|\s/.test(text)

type Written = { text: string; line: number }

const near = (one: Written, others: readonly Written[]): Written | undefined =>
  others
    .filter(({ line }) => Math.abs(line - one.line) <= NEAR_LINES)
    .sort((a, b) => Math.abs(a.line - one.line) - Math.abs(b.line - one.line))[0]

/** The lines of the object that a line stands in, as far as braces tell. */
const around = (lines: readonly string[], line: number) => {
  const at = line - 1
  let from = at
  while (from > Math.max(0, at - 8) && !lines[from]?.includes('{')) from -= 1
  let to = at
  while (to < Math.min(lines.length, at + 8) && !lines[to]?.includes('}')) to += 1
  return lines.slice(from, to + 1).join('\n')
}

/** Named fields: `email: 'a@b.c'` and `password: 'x'` within a few lines. */
const byKeys = (lines: readonly string[], [name, password]: readonly [RegExp, RegExp]): Pair[] => {
  const found = (pattern: RegExp): Written[] =>
    lines.flatMap((text, index) => {
      const value = pattern.exec(text)?.[1]?.replace(/[`'"*.,;)\]]+$/, '')
      return usable(value) ? [{ text: value, line: index + 1 }] : []
    })
  const passwords = found(password)
  return found(name).flatMap((one) => {
    const other = near(one, passwords)
    if (other === undefined || other.text === one.text) return []
    const admin =
      ADMIN.test(one.text) ||
      /(?:role|admin)\w*["'`]?\s*[:=]\s*(?:["'`]?\w*admin|true)/i.test(around(lines, one.line))
    return [{ name: one.text, password: other.text, line: one.line, admin }]
  })
}

/** `add_user('admin', 'pass1', 'admin@mail.com', True)`: literals of one call, by their place only. */
const byPlace = (lines: readonly string[]): Pair[] =>
  lines.flatMap((text, index) => {
    if (!/user|account|admin|insert|create|add|register|seed/i.test(text)) return []
    const literals = [...text.matchAll(LITERAL)].flatMap(([, one]) => (usable(one) ? [one] : []))
    const name = literals.find((one) => ADMIN.test(one))
    const others = literals.filter((one) => one !== name && !one.includes('@'))
    if (name === undefined || others.length === 0 || others.length > 4) return []
    return others
      .filter((one) => /\d|pass|admin|secret|root/i.test(one))
      .slice(0, 2)
      .map((password) => ({ name, password, line: index + 1, admin: true }))
  })

const bySlash = (lines: readonly string[]): Pair[] =>
  lines.flatMap((text, index) => {
    if (!/pass|cred|log ?in|account|admin/i.test(text)) return []
    const [, name, password] = SLASHED.exec(text) ?? []
    return usable(name) && usable(password)
      ? [{ name, password, line: index + 1, admin: ADMIN.test(name) }]
      : []
  })

const PROSE = /\.(?:md|rst|txt|adoc|http|rest)$/i

/** Every pair of a name and a plain password that a file gives away, the surest kind first. */
export const pairsIn = (file: string, text: string): Pair[] => {
  const lines = text.split('\n')
  const found = PROSE.test(file)
    ? [...byKeys(lines, [TOLD_NAME, TOLD_PASSWORD]), ...bySlash(lines)]
    : [...byKeys(lines, [NAME_KEY, PASSWORD_KEY]), ...byPlace(lines)]
  return found.filter(({ name, password }) => name !== password || name === 'admin')
}
