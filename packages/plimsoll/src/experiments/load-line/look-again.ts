import { ask } from './ask.ts'
import { findInside } from './find-line.ts'
import type { Focus } from './focus.ts'
import { holdRate } from './hold-rate.ts'
import type { Measuring } from './measure.ts'
import type { Probe } from './seen.ts'
import { timeAlone } from './time-alone.ts'
import { warmUp } from './warm-up.ts'

const WARM_UP_SECONDS = 3
const THRESHOLD_SECONDS = 1.5

type At = (ratePerSecond: number, options: { step: Probe['step']; seconds: number }) => Promise<Probe | null>

/** Half of what the standard asks for, then all of it: outside at half says more. */
const askAtThreshold = async (at: At, thresholdPerSecond: number): Promise<Probe[]> => {
  const probes: Probe[] = []
  for (const ratePerSecond of [thresholdPerSecond / 2, thresholdPerSecond]) {
    const probe = await at(ratePerSecond, { step: 'threshold', seconds: THRESHOLD_SECONDS })
    if (probe !== null) probes.push(probe)
    if (probe?.side === 'outside') break
  }
  return probes
}

/** Only what was refuted before, so that it can be seen again in seconds. */
export const lookAgain = async (measuring: Measuring, focus: Focus): Promise<void> => {
  const { lab, field, seen, thresholdPerSecond } = measuring
  const at: At = async (rate, options) => (await ask(field, rate, options))?.probe ?? null
  seen.alone = await timeAlone(field, focus.alone)
  if (field.names.length === 0 || !(focus.line || focus.steady)) return
  seen.capacity = await warmUp(field, WARM_UP_SECONDS)
  if (focus.steady) {
    const goOn = () => !field.signal.aborted && lab.target.exit() === null
    const found = await findInside({ ask: at, capacityPerSecond: seen.capacity?.perSecond ?? 100, goOn })
    seen.probes.push(...found.probes)
    seen.steady = await holdRate(measuring, found.ratePerSecond)
  }
  if (focus.line) seen.probes.push(...(await askAtThreshold(at, thresholdPerSecond)))
}
