import type { Lab, RequestOptions } from '../../../lab/lab.ts'
import type { SlowPattern } from '../../../lab/patterns/slow-patterns.ts'
import { freshen } from '../../../lab/speak/freshen.ts'
import type { Exchange } from '../../../model/evidence.ts'
import type { PatternSeen, Round } from '../seen.ts'
import { bystanderOf, revive, watch } from '../watch.ts'
import { type Slot, slotsOf } from './slots.ts'

const MOST_PATTERNS = 8
const MOST_SLOTS = 60
const ROUNDS = 2

/** Of processor time here: enough to tell from what any request costs, and not more than it takes. */
const LEAST_MS = 100
const ENOUGH_MS = 250
const MOST_MS = 2_500

type Texts = { short: string; long: string; longMs: number }

/** A text that is long enough to tell, and one that takes a small part of its time; null where none fits in. */
const textsFor = ({ climbs }: SlowPattern, longest: number): Texts | null => {
  const fit = climbs.filter(({ text }) => encodeURIComponent(text).length <= longest)
  const telling = fit.filter(({ tookMs }) => tookMs >= LEAST_MS && tookMs <= MOST_MS)
  const long = telling.find(({ tookMs }) => tookMs >= ENOUGH_MS) ?? telling.at(-1)
  if (long === undefined) return null
  const short = fit.findLast(
    ({ text, tookMs }) => text.length < long.text.length && tookMs <= long.tookMs / 4,
  )
  return short === undefined ? null : { short: short.text, long: long.text, longMs: long.tookMs }
}

const spentMs = ({ cpuMs, tookMs }: { cpuMs: number | null; tookMs: number }) => cpuMs ?? tookMs

type Trial = { lab: Lab; bystander: RequestOptions; signal: AbortSignal }

const send = async ({ lab, bystander, signal }: Trial, slot: Slot, text: string) => {
  const request = slot.fill(freshen(slot.request, lab.random), text)
  const cost = await watch(lab, request, bystander, signal)
  await revive(lab)
  return cost
}

/** The request spends about the time on the text that the pattern spent here, which the same length does not explain. */
const isHot = async (trial: Trial, slot: Slot, pattern: SlowPattern, { long, longMs }: Texts) => {
  const hot = await send(trial, slot, long)
  if (spentMs(hot) < longMs * 0.2) return false
  const cold = await send(trial, slot, pattern.harmless.repeat(long.length))
  return spentMs(hot) > 3 * spentMs(cold)
}

const measure = async (trial: Trial, slot: Slot, pattern: SlowPattern, { short, long }: Texts) => {
  const rounds: Round[] = []
  let exchange: Exchange | null = null
  for (let round = 0; round < ROUNDS && !trial.signal.aborted; round += 1) {
    const costs = []
    for (const text of [short, long, pattern.harmless.repeat(long.length)]) {
      const cost = await send(trial, slot, text)
      if (text === long) exchange = cost.exchange
      costs.push({ ...cost, length: text.length })
    }
    const [a, b, c] = costs
    if (a !== undefined && b !== undefined && c !== undefined) rounds.push({ short: a, long: b, harmless: c })
  }
  return { rounds, exchange }
}

const tryOne = async (
  trial: Trial,
  pattern: SlowPattern,
  slots: readonly Slot[],
): Promise<Pick<PatternSeen, 'tried' | 'reached'>> => {
  let tried = 0
  for (const slot of slots) {
    const texts = textsFor(pattern, slot.longest)
    if (trial.signal.aborted) break
    if (texts === null) continue
    tried += 1
    if (!(await isHot(trial, slot, pattern, texts))) continue
    const { rounds, exchange } = await measure(trial, slot, pattern, texts)
    const { operation, input } = slot
    if (exchange !== null) return { tried, reached: { operation, input, rounds, exchange } }
  }
  return { tried, reached: null }
}

/**
 * Sends the texts that keep a pattern of the source busy into every input, those of bodies first.
 * @param wants inputs to try
 */
export const tryPatterns = async (
  lab: Lab,
  slow: readonly SlowPattern[],
  wants: (operation: string, input: string) => boolean,
  signal: AbortSignal,
): Promise<PatternSeen[]> => {
  const trial: Trial = { lab, bystander: bystanderOf(lab), signal }
  const slots = slotsOf(lab).filter(({ operation, input }) => wants(operation, input))
  const found: PatternSeen[] = []
  for (const pattern of slow.slice(0, MOST_PATTERNS)) {
    if (signal.aborted) break
    const { pattern: text, flags, complexity, place, excerpt } = pattern
    found.push({
      ...{ pattern: text, flags, complexity, place, excerpt },
      ...(await tryOne(trial, pattern, slots.slice(0, MOST_SLOTS))),
    })
  }
  return found
}
