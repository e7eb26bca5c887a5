import type { Account, Lab } from '../../lab/lab.ts'
import { cut } from './answers.ts'
import type { Gate } from './gate.ts'
import { jwtIn } from './jwt.ts'
import type { Trial } from './seen.ts'

type Pair = { name: string; value: string }

const pairsIn = (cookie: string): Pair[] =>
  cookie.split('; ').map((one) => {
    const at = one.indexOf('=')
    return { name: one.slice(0, at), value: one.slice(at + 1) }
  })

const readable = (text: string) => /^[\x20-\x7e]{1,2000}$/.test(text)

/** Ways a value may be written that anybody can read and write again. */
const CODES: readonly { what: string; read(value: string): string; write(text: string): string }[] = [
  { what: 'as it is', read: (value) => value, write: (text) => text },
  {
    what: 'in base64',
    read: (value) => Buffer.from(value, 'base64').toString('utf8'),
    write: (text) => Buffer.from(text, 'utf8').toString('base64'),
  },
]

/** Not every server decodes what a cookie holds: it is written as the true one was. */
const like = (value: string, text: string) => (value.includes('%') ? encodeURIComponent(text) : text)

const decoded = (read: (value: string) => string, value: string): string | null => {
  try {
    const text = read(decodeURIComponent(value))
    return readable(text) ? text : null
  } catch {
    return null
  }
}

const RANDOM = /^[\w+/=-]{20,}$/

/**
 * What the first cookie becomes when everything in it that is the one account's is made the other's: possible only
 * where the value is made of what the app itself tells of an account.
 * @param facts what is known of the other account
 */
const alter = (mine: string, theirs: string, facts: string): string | null => {
  const [a, b] = [fieldsOf(mine), fieldsOf(theirs)]
  if (mine === theirs || a === null || b === null) return null
  const changed = Object.entries(b).filter(([name, value]) => a[name] !== value)
  const known = changed.every(([, value]) => !RANDOM.test(String(value)) && facts.includes(String(value)))
  return changed.length > 0 && known ? theirs : null
}

const fieldsOf = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value)) : null
  } catch {
    return /^[\w.@-]{1,60}$/.test(text) && !RANDOM.test(text) ? { text } : null
  }
}

/** Makes the other account's session out of this one's cookie, without a secret, and asks with it. */
export const tryCookies = async (
  gate: Gate,
  [person, other]: readonly [Account, Account | null],
  lab: Pick<Lab, 'entry'>,
  facts: string,
): Promise<Trial[] | null> => {
  const { cookie } = person.headers
  if (lab.entry?.carrier !== 'cookie' || cookie === undefined || other === null) return null
  if (jwtIn(person.headers) !== null) return null
  const theirs = new Map(pairsIn(other.headers.cookie ?? '').map(({ name, value }) => [name, value]))
  const shown = await gate.ask(other.headers)
  const trials: Trial[] = []
  const mine = pairsIn(cookie)
  for (const { name, value } of mine)
    for (const { what, read, write } of CODES) {
      const text = decoded(read, value)
      const wanted = decoded(read, theirs.get(name) ?? '')
      const altered = text === null || wanted === null ? null : alter(text, wanted, shown.body + facts)
      if (altered === null) continue
      const forged = mine
        .map((one) => `${one.name}=${one.name === name ? like(value, write(altered)) : one.value}`)
        .join('; ')
      const exchange = await gate.ask({ ...person.headers, cookie: forged })
      const accepted = gate.opens(exchange)
      trials.push({
        kind: 'tampering',
        what: `the account in "${name}" changed, which is written ${what}`,
        exchange: cut(exchange),
        accepted,
        asOther: accepted && exchange.body === shown.body && shown.body !== gate.good.body,
      })
    }
  return trials
}
