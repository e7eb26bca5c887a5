import { parseMoment } from '../../base/time/sql-moment.ts'
import { type Kind, plain } from './names.ts'

export type Usual = {
  /** what the server chose without the field; undefined where it shows no such field */
  value: unknown
  /** type of the column; null where there is none */
  type: string | null
  /** the values that the schema allows; empty where it names none */
  choices: readonly string[]
  /** what the server chooses for somebody else; undefined where nobody else is known */
  other: unknown
}

const POWERFUL = [/admin|super|root|owner/i, /manager|moderator|staff|editor|support/i]
const GRANTED = /^(paid|approved|refunded|settled|verified)$/i
const NAMED_FLAG = /^(is|has)|admin$|staff$|superuser$/

const inCaseOf = (word: string, model: unknown) =>
  typeof model === 'string' && model !== '' && model === model.toUpperCase() ? word.toUpperCase() : word

const mostPowerful = (usual: unknown, choices: readonly string[]): string | undefined => {
  const others = choices.filter((choice) => choice !== usual)
  return POWERFUL.map((pattern) => others.find((choice) => pattern.test(choice))).find(
    (choice) => choice !== undefined,
  )
}

const rightsFor = (name: string, { value, type, choices }: Usual): unknown => {
  if (typeof value === 'boolean' || type === 'boolean') return value === true ? undefined : true
  if (typeof value === 'number') return value === 1 ? 2 : 1
  const word = choices.length > 0 ? mostPowerful(value, choices) : inCaseOf('admin', value)
  if (Array.isArray(value)) return word === undefined || value.includes(word) ? undefined : [...value, word]
  if (value === undefined && type === null && /s$/.test(plain(name))) return ['admin']
  if (value === undefined && type === null && NAMED_FLAG.test(plain(name))) return true
  return word === value || (value !== null && typeof value === 'object') ? undefined : word
}

const isMoment = ({ value, type }: Usual) =>
  /time|date/i.test(type ?? '') || (typeof value === 'string' && parseMoment(value) !== null)

const verifiedFor = (name: string, usual: Usual): unknown => {
  if (isMoment(usual) || /at$/.test(plain(name)))
    return usual.value == null ? '2020-01-02T03:04:05.000Z' : undefined
  return usual.value === true || usual.value === 1 ? undefined : true
}

const otherThan = (wanted: number, { value }: Usual) => (Number(value) === wanted ? wanted + 1 : wanted)

/** No service hands out that much by itself. */
const FORTUNE = 1_000_003

/** A value that gives its sender something, and that the server would not choose; undefined where there is none. */
export const valueFor = (kind: Kind, name: string, usual: Usual): unknown => {
  switch (kind) {
    case 'rights':
      return rightsFor(name, usual)
    case 'verified':
      return verifiedFor(name, usual)
    case 'ledger':
      return otherThan(/total/.test(plain(name)) && !/balance/.test(plain(name)) ? 1 : FORTUNE, usual)
    case 'price':
      return otherThan(1, usual)
    case 'owner':
    case 'tenant':
      return usual.other
    case 'secret':
      return 'plimsoll-was-here'
    case 'state':
      return usual.choices.find((choice) => GRANTED.test(choice) && choice !== usual.value)
  }
}

const asText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const asFlag = (value: unknown) =>
  /^(true|t|1)$/.test(asText(value)) ? true : /^(false|f|0)$/.test(asText(value)) ? false : null

const isNumeric = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))

/** The same value, whatever the store or the API made of its form: `0` and `0.00`, `true` and `1`. */
export const sameValue = (one: unknown, other: unknown): boolean => {
  const [a, b] = [asText(one), asText(other)]
  if (a === b) return true
  if (typeof one === 'boolean' || typeof other === 'boolean')
    return asFlag(one) !== null && asFlag(one) === asFlag(other)
  if (isNumeric(a) && isNumeric(b)) return Number(a) === Number(b)
  const [moment, otherMoment] = [parseMoment(a), parseMoment(b)]
  return moment !== null && moment === otherMoment
}

/** As a reader would want to see it; null where there is no such field. */
export const show = (value: unknown): string | null =>
  value === undefined
    ? null
    : JSON.stringify(value instanceof Date ? value.toISOString() : value).slice(0, 120)
