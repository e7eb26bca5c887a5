import type { Lab } from '../../lab/lab.ts'
import type { LoadBench } from '../../lab/load/window.ts'
import type { Standard } from '../../model/standard.ts'
import api from '../../standards/performance.api/index.ts'
import throughput from '../../standards/performance.throughput/index.ts'
import errorRate from '../../standards/reliability.error-rate/index.ts'
import type { Field } from './field.ts'
import { readFocus } from './focus.ts'
import { lookAgain } from './look-again.ts'
import { lookFirst } from './look-first.ts'
import { placesOf } from './places.ts'
import type { OperationSeen, Seen } from './seen.ts'

export type Measuring = {
  lab: Lab
  field: Field
  seen: Seen
  /** the rate that the standard asks for */
  thresholdPerSecond: number
  /** operations that take too long with nothing beside */
  slow: string[]
  /** for everything: parts take their share of it */
  seconds: number
}

type Context = { signal: AbortSignal; focus?: readonly string[]; standards?: readonly Standard[] }

/** Stays under a minute with what it takes to close. */
const SECONDS = 52

const operationsOf = (operations: LoadBench['workload']['operations']): OperationSeen[] => {
  const all = operations.reduce((sum, { weight }) => sum + weight, 0)
  return operations.map(({ name, weight, effect, cost }) => ({ name, share: weight / all, effect, cost }))
}

const thresholdOf = (standards: readonly Standard[] | undefined, fallback: Standard) =>
  (standards?.find(({ id }) => id === fallback.id) ?? fallback).threshold

const begin = (lab: Lab, bench: LoadBench, { signal, focus, standards }: Context): Measuring => {
  const latency = thresholdOf(standards, api)
  const slowMs = latency.limit ?? 200
  const { operations, ...workload } = bench.workload
  const { seconds = SECONDS } = lab.wishes
  // What was not slow in the first execution is sent again, whatever the machine does to it now.
  const isSlow = ({ name, cost }: (typeof operations)[number]) =>
    cost.p50Ms >= slowMs && focus?.includes(name) !== false
  const sent = operations.filter((operation) => !isSlow(operation))
  const field: Field = {
    ...{ bench, signal, seconds },
    limits: { slowMs, slowShare: latency.value, failedShare: thresholdOf(standards, errorRate).value },
    names: sent.map(({ name }) => name),
    nowMs: () => lab.nowMs(),
    sleep: (ms) => lab.sleep(ms).catch(() => undefined),
    untilMs: lab.nowMs() + seconds * 1_000,
    tally: { taken: 0, rejected: 0, late: 0, foreignShare: 0 },
  }
  const seen: Seen = {
    mode: focus === undefined ? 'full' : 'confirm',
    slowMs,
    workload: {
      operations: operationsOf(sent),
      ...{ left: workload.left, weights: workload.weights, users: workload.users, limits: workload.limits },
      grown: workload.grown.map(({ table, after }) => ({ table, after })),
    },
    ...{ alone: [], capacity: null, probes: [], line: null, pressed: null, steady: null, beyond: null },
    windows: { taken: 0, rejected: 0, late: 0 },
    ...{ foreignShare: 0, places: {}, cut: null, tookSeconds: 0 },
  }
  const slow = operations.filter(isSlow).map(({ name }) => name)
  return { lab, field, seen, slow, seconds, thresholdPerSecond: thresholdOf(standards, throughput).value }
}

const cutOf = (lab: Lab, signal: AbortSignal): string | null => {
  if (lab.target.exit() !== null) return 'the app exited under load'
  return signal.aborted ? 'it was stopped before it could end' : null
}

/** The whole measurement, or only what an earlier one refuted. */
export const measure = async (lab: Lab, bench: LoadBench, context: Context): Promise<Seen> => {
  const startedMs = lab.nowMs()
  const measuring = begin(lab, bench, context)
  const { seen, field, slow } = measuring
  if (context.focus === undefined) await lookFirst(measuring)
  else await lookAgain(measuring, readFocus(context.focus, slow))
  const { taken, rejected, late, foreignShare } = field.tally
  return {
    ...seen,
    places: placesOf(lab, bench, seen),
    windows: { taken, rejected, late },
    foreignShare,
    cut: cutOf(lab, context.signal),
    tookSeconds: (lab.nowMs() - startedMs) / 1_000,
  }
}
