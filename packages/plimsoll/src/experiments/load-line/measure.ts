import type { Lab } from '../../lab/lab.ts'
import type { LoadBench } from '../../lab/load/window.ts'
import type { Standard } from '../../model/standard.ts'
import api from '../../standards/performance.api/index.ts'
import throughput from '../../standards/performance.throughput/index.ts'
import errorRate from '../../standards/reliability.error-rate/index.ts'
import { ask, press, pressedOf } from './ask.ts'
import { type Field, take } from './field.ts'
import { type AskAt, findLine } from './find-line.ts'
import { readFocus } from './focus.ts'
import { goBeyond } from './go-beyond.ts'
import { placesOf } from './places.ts'
import type { OperationSeen, Probe, Seen, Steady, Timed } from './seen.ts'
import { holdSteady, timedOf } from './steady.ts'
import { warmUp } from './warm-up.ts'

type Context = { signal: AbortSignal; focus?: readonly string[]; standards?: readonly Standard[] }

const LONGEST_MS = 52_000
/** Kept back from the search for what follows it. */
const AFTER_SEARCH_MS = 20_000
const WARM_UP_SECONDS = 8
const WARM_UP_AGAIN_SECONDS = 3
const ALONE_SECONDS = 3
const PRESSED = 1.12
const THRESHOLD_SECONDS = 1.5

const thresholdOf = (standards: readonly Standard[] | undefined, fallback: Standard) =>
  (standards?.find(({ id }) => id === fallback.id) ?? fallback).threshold

const operationsOf = (operations: LoadBench['workload']['operations']): OperationSeen[] => {
  const all = operations.reduce((sum, { weight }) => sum + weight, 0)
  return operations.map(({ name, weight, effect, cost }) => ({ name, share: weight / all, effect, cost }))
}

/** Each of them one request after the other, with nothing beside. */
const timeAlone = async (field: Field, names: readonly string[]): Promise<Timed[]> => {
  const timed: Timed[] = []
  for (const name of names) {
    const taken = await take(
      { ...field, names: [name] },
      { arrivals: { kind: 'closed', connections: 1 }, connections: 1, seconds: ALONE_SECONDS },
    )
    const [result] = taken?.window.load.operations.filter((one) => one.name === name) ?? []
    if (result !== undefined) timed.push(timedOf(result))
  }
  return timed
}

const steadyRate = ({ wishes }: Lab, line: number | null) => {
  if (wishes.rate !== undefined) return { rate: wishes.rate, chosen: 'declared' as const }
  return line === null ? null : { rate: line / 2, chosen: 'half the line' as const }
}

const hold = async (
  field: Field,
  lab: Lab,
  line: number | null,
  shares: number[],
): Promise<Steady | null> => {
  const target = steadyRate(lab, line)
  if (target === null) return null
  return holdSteady(field, target.rate, { chosen: target.chosen, fewestShare: Math.min(...shares) })
}

const highestInside = (probes: readonly Probe[]) =>
  Math.max(0, ...probes.filter(({ side }) => side === 'inside').map(({ ratePerSecond }) => ratePerSecond))

/** Half of what the standard asks for, then all of it: outside at half says more. */
const askAtThreshold = async (at: AskAt, threshold: number): Promise<Probe[]> => {
  const probes: Probe[] = []
  for (const ratePerSecond of [threshold / 2, threshold]) {
    const probe = await at(ratePerSecond, { step: 'threshold', seconds: THRESHOLD_SECONDS })
    if (probe !== null) probes.push(probe)
    if (probe?.side === 'outside') break
  }
  return probes
}

/** The whole measurement, or only what an earlier one refuted. */
export const measure = async (lab: Lab, bench: LoadBench, context: Context): Promise<Seen> => {
  const { signal, focus, standards } = context
  const startedMs = lab.nowMs()
  const latency = thresholdOf(standards, api)
  const slowMs = latency.limit ?? 200
  const wanted = thresholdOf(standards, throughput).value
  const limits = { slowMs, slowShare: latency.value, failedShare: thresholdOf(standards, errorRate).value }
  const { operations } = bench.workload
  const slow = operations.filter(({ cost }) => cost.p50Ms >= slowMs).map(({ name }) => name)
  const sent = operations.filter(({ name }) => !slow.includes(name))
  const field: Field = {
    ...{ bench, limits, signal },
    names: sent.map(({ name }) => name),
    nowMs: () => lab.nowMs(),
    sleep: (ms) => lab.sleep(ms).catch(() => undefined),
    untilMs: startedMs + LONGEST_MS,
    tally: { taken: 0, rejected: 0, late: 0, foreignShare: 0 },
  }
  const operationsSeen = operationsOf(sent)
  const seen: Seen = {
    mode: focus === undefined ? 'full' : 'confirm',
    slowMs,
    workload: {
      operations: operationsSeen,
      left: bench.workload.left,
      weights: bench.workload.weights,
      users: bench.workload.users,
      limits: bench.workload.limits,
      grown: bench.workload.grown.map(({ table, after }) => ({ table, after })),
    },
    alone: [],
    capacity: null,
    probes: [],
    line: null,
    pressed: null,
    steady: null,
    beyond: null,
    windows: { taken: 0, rejected: 0, late: 0 },
    foreignShare: 0,
    places: {},
    cut: null,
    tookSeconds: 0,
  }
  const at: AskAt = async (ratePerSecond, options) =>
    (await ask(field, ratePerSecond, options))?.probe ?? null
  const goOn = () =>
    !signal.aborted && lab.nowMs() < field.untilMs - AFTER_SEARCH_MS && lab.target.exit() === null
  const aim = focus === undefined ? null : readFocus(focus, slow)

  seen.alone = await timeAlone(field, aim?.alone ?? slow)
  if (sent.length > 0 && (aim === null || aim.line || aim.steady)) {
    seen.capacity = await warmUp(field, aim === null ? WARM_UP_SECONDS : WARM_UP_AGAIN_SECONDS)
    const capacityPerSecond = seen.capacity?.perSecond ?? 100
    const shares = operationsSeen.map(({ share }) => share)
    if (aim?.line === true) seen.probes.push(...(await askAtThreshold(at, wanted)))
    if (aim === null || aim.steady) {
      const search = { ask: at, capacityPerSecond, thresholdPerSecond: wanted, goOn }
      const found = await findLine(search)
      seen.probes.push(...found.probes)
      seen.line = found.line
    }
    const line = seen.line?.ratePerSecond ?? (highestInside(seen.probes) || null)
    if (aim === null && !signal.aborted) {
      const base = line ?? Math.min(...seen.probes.map(({ ratePerSecond }) => ratePerSecond))
      const pressed = Number.isFinite(base) ? await press(field, base * PRESSED) : null
      if (pressed !== null) {
        seen.pressed = pressedOf(pressed)
        seen.probes.push(pressed.probe)
      }
    }
    if ((aim === null || aim.steady) && !signal.aborted) seen.steady = await hold(field, lab, line, shares)
    if (aim === null && line !== null && !signal.aborted) seen.beyond = await goBeyond(field, lab, line)
  }
  if (signal.aborted) seen.cut = 'it was stopped before it could end'
  if (lab.target.exit() !== null) seen.cut = 'the app exited under load'
  seen.places = placesOf(lab, bench, seen)
  seen.windows = { taken: field.tally.taken, rejected: field.tally.rejected, late: field.tally.late }
  seen.foreignShare = field.tally.foreignShare
  seen.tookSeconds = (lab.nowMs() - startedMs) / 1_000
  return seen
}
