import type { Lab, RequestOptions } from '../../../lab/lab.ts'
import type { SlowPattern } from '../../../lab/patterns/slow-patterns.ts'
import { freshen } from '../../../lab/speak/freshen.ts'
import { revive } from '../../../lab/speak/revive.ts'
import type { Exchange } from '../../../model/evidence.ts'
import type { PatternSeen, Round } from '../seen.ts'
import { bystanderOf, watch } from '../watch.ts'
import { type Slot, slotsOf } from './slots.ts'

const MOST_PATTERNS = 8
const MOST_SLOTS = 60
const ROUNDS = 2

/** Of processor time here: enough to tell from what any request costs, and not more than it takes. */
const LEAST_MS = 100
const ENOUGH_MS = 250
const MOST_MS = 2_500
const READY_MS = 30_000
/** Of the time that it took here. */
const PART = 0.2

/** `leastMs` of processor time are spent on the long one where the pattern is reached */
type Texts = { short: string; long: string; leastMs: number }

/** Engines of other languages take far longer than ours: there it begins so many texts shorter, and goes up. */
const STEPS = { script: [0], other: [6, 4, 2, 0] }
const STEPS_TO_SHORT = 3

const isScript = ({ place }: SlowPattern) => place === null || /\.[cm]?[jt]sx?$/.test(place.file)

const before = (fit: SlowPattern['climbs'], long: number): Texts | null => {
  const [one, other] = [fit[long], fit[long - STEPS_TO_SHORT]]
  if (long < STEPS_TO_SHORT || one === undefined || other === undefined) return null
  return { short: other.text, long: one.text, leastMs: ENOUGH_MS }
}

/**
 * A text that is long enough to tell, and one that takes a small part of its time; null where none fits in.
 * @param steps how many texts shorter than the one that tells here
 */
const textsFor = ({ climbs }: SlowPattern, longest: number, steps: number): Texts | null => {
  const fit = climbs.filter(({ text }) => encodeURIComponent(text).length <= longest)
  const telling = fit.filter(({ tookMs }) => tookMs >= LEAST_MS && tookMs <= MOST_MS)
  const long = telling.find(({ tookMs }) => tookMs >= ENOUGH_MS) ?? telling.at(-1)
  if (long === undefined) return null
  if (steps > 0) return before(fit, fit.indexOf(long) - steps)
  const short = fit.findLast(
    ({ text, tookMs }) => text.length < long.text.length && tookMs <= long.tookMs / 4,
  )
  return short === undefined ? null : { short: short.text, long: long.text, leastMs: long.tookMs * PART }
}

const spentMs = ({ cpuMs, tookMs }: { cpuMs: number | null; tookMs: number }) => cpuMs ?? tookMs

type Trial = { lab: Lab; bystander: RequestOptions; signal: AbortSignal }

const send = async ({ lab, bystander, signal }: Trial, slot: Slot, text: string) => {
  const request = slot.fill(freshen(slot.request, lab.random), text)
  const cost = await watch(lab, request, bystander, signal)
  if (lab.target.exit() !== null) await revive(lab)
  return cost
}

/**
 * The request spends about the time on the text that the pattern spent here, which the same length does not explain;
 * `endless` where it never ended.
 */
const feel = async (
  trial: Trial,
  slot: Slot,
  pattern: SlowPattern,
  { long, leastMs }: Texts,
): Promise<'cold' | 'hot' | 'endless'> => {
  const hot = await send(trial, slot, long)
  if (spentMs(hot) < leastMs) return 'cold'
  if (hot.exchange.error === 'timeout') return 'endless'
  const cold = await send(trial, slot, pattern.harmless.repeat(long.length))
  return spentMs(hot) > 3 * spentMs(cold) ? 'hot' : 'cold'
}

/** What works on a text without an end does so after its client has gone. */
const startAgain = async ({ lab }: Trial): Promise<void> => {
  await lab.target.restart()
  await lab.target.ready(READY_MS)
  await lab.renew?.()
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

/** `endless`: it was kept busy by something that no measure can be taken of */
const trySlot = async (
  trial: Trial,
  pattern: SlowPattern,
  slot: Slot,
): Promise<PatternSeen['reached'] | 'endless'> => {
  for (const steps of STEPS[isScript(pattern) ? 'script' : 'other']) {
    const texts = textsFor(pattern, slot.longest, steps)
    if (trial.signal.aborted) return null
    const felt = texts === null ? 'cold' : await feel(trial, slot, pattern, texts)
    if (felt === 'endless') await startAgain(trial)
    if (texts === null || felt === 'cold') continue
    if (felt === 'endless') return 'endless'
    const { rounds, exchange } = await measure(trial, slot, pattern, texts)
    const { operation, input } = slot
    return exchange === null ? null : { operation, input, rounds, exchange }
  }
  return null
}

/** An input that one pattern was reached by hides whatever comes after it: it is left out for those that follow. */
const tryOne = async (
  trial: Trial,
  pattern: SlowPattern,
  slots: Set<Slot>,
): Promise<Pick<PatternSeen, 'tried' | 'endless' | 'reached'>> => {
  let tried = 0
  const endless: string[] = []
  for (const slot of slots) {
    if (trial.signal.aborted) break
    tried += 1
    const reached = await trySlot(trial, pattern, slot)
    if (reached === null) continue
    slots.delete(slot)
    if (reached !== 'endless') return { tried, endless, reached }
    endless.push(`${slot.operation} ${slot.input}`)
  }
  return { tried, endless, reached: null }
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
  const wanted = slotsOf(lab).filter(({ operation, input }) => wants(operation, input))
  const slots = new Set(wanted.slice(0, MOST_SLOTS))
  const found: PatternSeen[] = []
  for (const pattern of slow.slice(0, MOST_PATTERNS)) {
    if (signal.aborted) break
    const { pattern: text, flags, complexity, place, excerpt } = pattern
    found.push({
      ...{ pattern: text, flags, complexity, place, excerpt },
      ...(await tryOne(trial, pattern, slots)),
    })
  }
  return found
}
