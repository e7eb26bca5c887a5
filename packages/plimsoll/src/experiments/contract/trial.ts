import type { Api } from '../../contract/api.ts'
import type { Schemas } from '../../contract/generate/shape.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Harvest } from '../../lab/speak/harvest.ts'
import type { Family } from './make-thing.ts'
import type { Operation } from './operations.ts'
import type { Anomaly, Check, Input, Tried } from './seen.ts'
import type { Sender } from './send.ts'

/** What is noted down while operations are tried. */
export type Notes = {
  /** adds it, or what led to it to the one of the same operation, check and mark */
  add(anomaly: Anomaly): void
  has(of: Pick<Anomaly, 'check' | 'operation' | 'mark'>): boolean
  looked(operation: string, check: Check, times?: number): void
  reached(operation: string): void
  left(operation: string, why: string): void
  asked(operation: string, requests: number): void
  anomalies(): Anomaly[]
  operations(): Tried[]
}

export type Trial = {
  lab: Lab
  api: Api
  schemas: Schemas
  sender: Sender
  notes: Notes
  harvest: Harvest
  operations: readonly Operation[]
  families: readonly Family[]
  signal: AbortSignal
}

const WORSE: readonly Input['kind'][] = ['ordinary', 'odd', 'invalid']
const MOST_ALSO = 12

const inWords = ({ operation, input }: Anomaly) =>
  input === null || input.part === '' ? operation : `${input.part}: ${input.note}`

const rank = ({ input }: Anomaly) => (input === null ? 0 : WORSE.indexOf(input.kind))

/** The one that fewer would excuse is shown; what else led to it is named. */
const joined = (one: Anomaly, other: Anomaly): Anomaly => {
  const [shown, named] = rank(other) < rank(one) ? [other, one] : [one, other]
  const also = [...one.also, ...other.also, inWords(named)].filter((text) => text !== inWords(shown))
  return { ...shown, also: [...new Set(also)].slice(0, MOST_ALSO) }
}

export const createNotes = (operations: readonly Operation[]): Notes => {
  const found = new Map<string, Anomaly>()
  const tried = new Map<string, Tried>(
    operations.map(({ label }) => [
      label,
      { operation: label, reached: false, why: null, requests: 0, looked: {} },
    ]),
  )
  const keyOf = ({ check, operation, mark }: Pick<Anomaly, 'check' | 'operation' | 'mark'>) =>
    JSON.stringify([check, operation, mark])
  const update = (label: string, change: (of: Tried) => void) => {
    const one = tried.get(label)
    if (one !== undefined) change(one)
  }
  return {
    has: (of) => found.has(keyOf(of)),
    add(anomaly) {
      const known = found.get(keyOf(anomaly))
      found.set(keyOf(anomaly), known === undefined ? anomaly : joined(known, anomaly))
    },
    looked: (label, check, times = 1) =>
      update(label, (one) => {
        one.looked[check] = (one.looked[check] ?? 0) + times
      }),
    reached: (label) =>
      update(label, (one) => {
        one.reached = true
        one.why = null
      }),
    left: (label, why) =>
      update(label, (one) => {
        if (!one.reached) one.why = why
      }),
    asked: (label, requests) =>
      update(label, (one) => {
        one.requests += requests
      }),
    anomalies: () => [...found.values()],
    operations: () => [...tried.values()],
  }
}

/** An anomaly with nothing known of its cause yet. */
export const anomalyOf = (
  parts: Pick<Anomaly, 'check' | 'operation' | 'problem' | 'exchanges'> & Partial<Anomaly>,
): Anomaly => ({
  ...{ mark: '', broken: null, input: null, statement: null, source: null, places: [], log: [], also: [] },
  ...parts,
})
