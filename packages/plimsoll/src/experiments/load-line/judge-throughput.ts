import { formatNumber } from '../../base/text/numbers.ts'
import type { Standard } from '../../model/standard.ts'
import { type Figure, inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Constraint } from './constraint/evidence.ts'
import { disturbance, mostWithoutOthers } from './disturbance.ts'
import { evidenceOf } from './evidence.ts'
import type { Probe, Seen } from './seen.ts'
import { rate, span } from './words.ts'

export const LINE_SUBJECT = 'load line'
/** A machine twice as fast would still not carry it. */
const DEFECT = 0.5

const METHOD =
  'ramp, then probabilistic bisection; each probe a sequential test of slow and failed shares; 95 % credible interval'

const lineFigure = (seen: Seen): Figure[] =>
  seen.line === null
    ? []
    : [
        {
          name: 'load line',
          value: seen.line.ratePerSecond,
          unit: 'requests/s',
          n: seen.probes.reduce((sum, { n }) => sum + n, 0),
          interval: seen.line.interval,
          method: METHOD,
        },
      ]

const capacityFigure = ({ capacity }: Seen): Figure[] =>
  capacity === null
    ? []
    : [
        {
          name: 'answers a second without a pause between requests',
          value: capacity.perSecond,
          unit: 'requests/s',
          n: capacity.n,
          method: `${capacity.connections} connections, each sends when it was answered, once warm`,
        },
      ]

const notCovered = ({ workload, alone, slowMs }: Seen): string[] => [
  'a network between client and service',
  ...(workload.grown.length === 0 ? ['tables of production size (load.rows fills them)'] : []),
  ...workload.left.map(({ name, reason }) => `${name} under load: ${reason}`),
  ...alone.map(({ name }) => `${name} under load: it takes ${slowMs} ms with nothing beside`),
  ...workload.limits,
]

type Ends = { low: number; high: number }

const ratesOf = ({ probes }: Seen, side: Probe['side']) =>
  probes.filter((probe) => probe.side === side).map(({ ratePerSecond }) => ratePerSecond)

/** Between which rates the line is; without a search that ended, between the highest inside and the lowest outside. */
const endsOf = (seen: Seen): Ends | null => {
  if (seen.line !== null) return { low: seen.line.interval[0], high: seen.line.interval[1] }
  // Nothing makes a service quicker than it is: what was inside once is carried, whatever a stall says of it.
  const low = Math.max(0, ...ratesOf(seen, 'inside'))
  const outside = ratesOf(seen, 'outside').filter((rate) => rate > low)
  return outside.length === 0 ? null : { low, high: Math.min(...outside) }
}

const titleOf = (seen: Seen, { low, high }: Ends, constraint: Constraint | null): string => {
  const limit = constraint === null ? '' : `, limited by ${constraint.title}`
  if (seen.line !== null) return `Carries ${rate(seen.line.ratePerSecond)} requests a second${limit}`
  return low === 0
    ? `Carries no rate that was tried inside the standard${limit}`
    : `Carries ${rate(low)} requests a second, and not ${rate(high)}${limit}`
}

const wanted = ({ threshold }: Standard) => `${formatNumber(threshold.value)}/s are wanted`

/** Beyond its line a service that is well made still does about what it can. */
const COLLAPSED = 0.5

const beyondWords = ({ beyond, line }: Seen): string[] => {
  if (beyond === null) return []
  const share = beyond.n === 0 ? 0 : beyond.shed / beyond.n
  const collapses = line !== null && beyond.inTimePerSecond < line.ratePerSecond * COLLAPSED
  const does = `${collapses ? 'it collapses: it' : 'it'} answers ${rate(beyond.inTimePerSecond)}/s in time`
  const good = `at ${rate(beyond.ratePerSecond)}/s ${does}`
  const shed = share >= 0.01 ? ` and sheds ${Math.round(share * 100)} % with 503 or 429` : ''
  const back =
    beyond.recoveredSeconds === null
      ? `not well again ${beyond.watchedSeconds.toFixed(1)} s later`
      : `well again after ${beyond.recoveredSeconds.toFixed(1)} s`
  return [`${good}${shed}, ${back}`]
}

/** A probe of a confirmation: outside at a rate that the standard asks for, or less. */
const outsideAt = (seen: Seen, threshold: number) =>
  seen.probes.find(
    ({ step, side, ratePerSecond }) =>
      step === 'threshold' && side === 'outside' && ratePerSecond <= threshold * 1.001,
  )

type Said = Omit<Parameters<typeof proven>[0], 'title' | 'detail'>

/** A confirmation has no line: it has a probe at the rate that is wanted, or less, and the most that was answered. */
const judgeAgain = (seen: Seen, { threshold }: Standard, said: Said): Judgement => {
  const half = threshold.value * DEFECT
  const noise = disturbance(seen)
  const outside = outsideAt(seen, threshold.value)
  const title = `Does not carry ${rate(threshold.value)} requests a second`
  const most = mostWithoutOthers(seen)
  if (most < half) {
    const detail = `answers ${rate(most)}/s at the most, whatever else runs on the machine`
    return refuted({ ...said, title, detail, severity: 'medium' })
  }
  if (outside !== undefined && noise === null) {
    const tier = outside.ratePerSecond <= half * 1.001 ? 'defect' : 'suspicion'
    const detail = `at ${rate(outside.ratePerSecond)}/s ${outside.why}`
    return refuted({ ...said, title, detail, severity: 'medium', tier })
  }
  const tried = seen.probes.filter(({ step }) => step === 'threshold').at(-1)
  return inconclusive({
    ...said,
    title: 'The load line was not decided',
    detail: noise ?? tried?.why ?? seen.cut ?? 'no probe at the rate of the standard could be used',
  })
}

/** Windows that are trusted this far are proof enough where no search came to its end. */
const TRUSTED = 0.93

const highestTrusted = ({ probes }: Seen): number =>
  Math.max(
    0,
    ...probes
      .filter(({ side, reliability }) => side === 'inside' && reliability >= TRUSTED)
      .map(({ ratePerSecond }) => ratePerSecond),
  )

/** Why nothing can be said of the line; null when something can. */
const obstacle = (seen: Seen): string | null => {
  if (seen.cut !== null) return seen.cut
  if (seen.workload.operations.length === 0)
    return seen.alone.length > 0
      ? 'every operation is slow although nothing else goes on'
      : 'no operation was found that may be sent again and again'
  if (seen.probes.length === 0) return 'the generator could not send on time, even at a low rate'
  if (endsOf(seen) !== null) return null
  const highest = Math.max(...ratesOf(seen, 'inside'), 0)
  return `inside the standard at every rate that was tried, up to ${rate(highest)}/s`
}

/** Why a line below half of what is wanted may still be the machine's. */
const distanceOf = (wants: number, high: number, most: number, { foreignShare }: Seen): string[] => {
  if (most < wants * DEFECT) return ['a machine twice as fast would not carry them either']
  if (high >= wants * DEFECT) return []
  const percent = Math.round(foreignShare * 100)
  return [`foreign processes had up to ${percent} % of the processor time, without which it may carry half`]
}

const LESS_THAN_HALF = 'which explains less than half of what is missing'

/** Without an interval: what was inside, or the most that was answered, may still decide. */
const judgeWithoutEnds = (seen: Seen, { threshold: { value } }: Standard, said: Said, limit: string) => {
  const highest = highestTrusted(seen)
  // What was never used up is no limit.
  const open = { ...said, evidence: evidenceOf(seen, null) }
  if (highest >= value && seen.cut === null) {
    const title = `Carries ${rate(highest)} requests a second, or more`
    return proven({ ...open, title, detail: 'no rate was tried that it does not carry' })
  }
  const most = mostWithoutOthers(seen)
  const detail = obstacle(seen) ?? 'no rate was decided'
  if (seen.cut !== null || most >= value * DEFECT) {
    return inconclusive({ ...open, title: 'The load line was not found', detail })
  }
  return refuted({
    ...said,
    title: `Answers no more than ${rate(most)} requests a second${limit}`,
    detail: `${formatNumber(value)}/s are wanted · ${detail}`,
    severity: 'medium',
  })
}

/** The load line against the rate that the standard asks for. */
export const judgeThroughput = (seen: Seen, standard: Standard, constraint: Constraint | null): Judgement => {
  const said = {
    standard: standard.id,
    subject: LINE_SUBJECT,
    figures: [...lineFigure(seen), ...capacityFigure(seen)],
    evidence: evidenceOf(seen, constraint),
    notCovered: notCovered(seen),
  }
  if (seen.mode === 'confirm') return judgeAgain(seen, standard, said)
  const ends = endsOf(seen)
  if (obstacle(seen) !== null || ends === null) {
    const limit = constraint === null ? '' : `, limited by ${constraint.title}`
    return judgeWithoutEnds(seen, standard, said, limit)
  }
  const wants = standard.threshold.value
  const noise = disturbance(seen)
  const title = titleOf(seen, ends, constraint)
  const range = seen.line === null ? `between ${rate(ends.low)}/s and ${rate(ends.high)}/s` : span(seen.line)
  const detail = [`${range}, ${wanted(standard)}`, ...beyondWords(seen)].join(' · ')
  if (ends.low >= wants && (seen.line !== null || highestTrusted(seen) >= wants))
    return proven({ ...said, title, detail })
  const repairs = constraint?.repairs ?? []
  if (noise !== null) {
    if (mostWithoutOthers(seen) >= wants * DEFECT)
      return inconclusive({ ...said, title, detail: `${noise} · ${detail}` })
    return refuted({
      ...said,
      title,
      detail: `${detail} · ${noise}, ${LESS_THAN_HALF}`,
      severity: 'medium',
      repairs,
    })
  }
  // What the machine was never without has made it slower, too.
  const most = ends.high / (1 - Math.min(0.9, seen.foreignShare))
  if (most >= wants) return inconclusive({ ...said, title, detail: `too close to decide: ${detail}` })
  const isDefect = most < wants * DEFECT
  return refuted({
    ...said,
    title,
    detail: [detail, ...distanceOf(wants, ends.high, most, seen)].join(' · '),
    severity: 'medium',
    tier: isDefect ? 'defect' : 'suspicion',
    repairs,
  })
}
