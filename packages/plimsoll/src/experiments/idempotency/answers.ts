import type { Evidence } from '../../model/evidence.ts'
import type { Keyed, Step } from './seen.ts'
import { exchangeEvidence, originEvidence, rowsEvidence } from './words.ts'

export const isGood = ({ exchange: { status } }: Step) => status !== null && status >= 200 && status < 300
export const fails = ({ exchange: { status } }: Step) => status === null || status >= 500

/** The first request with the key, the one in question, and what that did. */
export const evidence = (keyed: Keyed, second: Step, title: string): Evidence[] => [
  ...exchangeEvidence('The first request', keyed.once?.exchange),
  ...exchangeEvidence(title, second.exchange),
  ...rowsEvidence(`What the second request did: ${title.toLowerCase()}`, second.effects),
  ...originEvidence(keyed),
]

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, ordered(inner)])
}

/** A store may give the properties of an object back in another order. */
export const isSameAnswer = (one: string, other: string): boolean => {
  if (one === other) return true
  try {
    return JSON.stringify(ordered(JSON.parse(one))) === JSON.stringify(ordered(JSON.parse(other)))
  } catch {
    return false
  }
}
