import { medianOf } from '../../base/stats/quantile.ts'
import { formatDigits, formatDuration, formatNumber } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Standard } from '../../model/standard.ts'
import { type Figure, inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import { type Drift, driftOf } from './drift.ts'
import type { Moment, Seen } from './index.ts'

type Thing = {
  subject: string
  /** `Memory of the app` */
  name: string
  unit: string
  of(moment: Moment): number | null
  /** rises below it are what allocators and pools do on their own: absolute, and as a share of the level */
  least: { rise: number; share: number }
  repairs: string[]
}

const THINGS: readonly Thing[] = [
  {
    subject: 'memory',
    name: 'memory of the app',
    unit: 'MB',
    of: ({ memoryMb }) => memoryMb,
    least: { rise: 15, share: 0.1 },
    repairs: [
      'Bound what is kept between requests: caches, maps by user or request, lists of listeners.',
      'Take two heap snapshots some minutes apart (node --heapsnapshot-signal=SIGUSR2) and compare them.',
    ],
  },
  {
    subject: 'descriptors',
    name: 'open descriptors',
    unit: '',
    of: ({ descriptors }) => descriptors,
    least: { rise: 10, share: 0.15 },
    repairs: ['Close what is opened, in finally: files, sockets, streams that end early.'],
  },
  {
    subject: 'connections',
    name: 'connections to the database',
    unit: '',
    of: ({ connections }) => connections,
    least: { rise: 4, share: 0.2 },
    repairs: ['One pool for the process, and every connection given back in finally.'],
  },
]

/** What a day must not do was seen to happen while it was watched. */
const SEEN_TO_DOUBLE = 2
/** Moments at either end, so that one wild value decides nothing. */
const END = 3

const course = ({ moments, ratePerSecond, askedSeconds }: Seen): Evidence => ({
  kind: 'course',
  title: `${formatDuration(askedSeconds * 1_000)} at ${formatNumber(Math.round(ratePerSecond))} requests a second`,
  course: {
    atSeconds: moments.map(({ atSeconds }) => Number(atSeconds.toFixed(1))),
    series: [
      ...THINGS.map(({ name, unit, of }) => ({ name, unit, values: moments.map(of) })),
      { name: 'p50', unit: 'ms', values: moments.map(({ p50Ms }) => p50Ms) },
      { name: 'p99', unit: 'ms', values: moments.map(({ p99Ms }) => p99Ms) },
    ],
  },
})

const hoursFigure = ({ name, unit }: Thing, drift: Drift): Figure => ({
  name: `growth of ${name}`,
  value: drift.perHour,
  unit: unit === '' ? 'an hour' : `${unit}/h`,
  n: drift.n,
  interval: drift.interval,
  method: 'Theil–Sen with Sen’s 95 % interval over the second half, Mann–Kendall for chance',
})

const amount = (value: number, unit: string) => `${formatDigits(value, 3)}${unit === '' ? '' : ` ${unit}`}`

const tell = ({ unit }: Thing, drift: Drift) =>
  `${amount(drift.level, unit)} in the second half, ${drift.rise >= 0 ? '+' : '−'}${amount(Math.abs(drift.rise), unit)} along the trend`

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const judgeThing = (thing: Thing, seen: Seen, standard: Standard): Judgement => {
  const { subject, name, least, repairs } = thing
  const values = seen.moments.map(thing.of)
  const drift = driftOf(
    seen.moments.map(({ atSeconds }) => atSeconds),
    values,
  )
  if (drift === null) {
    const detail = `read ${values.filter((value) => value !== null).length} times, too few for a trend`
    return inconclusive({ subject, title: `${sentence(name)}: not decided`, detail, notCovered: [name] })
  }
  const said = {
    subject,
    figures: [hoursFigure(thing, drift)],
    evidence: [course(seen)],
    notCovered: seen.notSent,
  }
  const wanted = standard.threshold.value
  const detail = tell(thing, drift)
  const large = Math.max(least.rise, least.share * drift.level)
  if (drift.soonestHours > wanted || (drift.rise <= 0 && drift.interval[1] <= 0)) {
    return proven({ ...said, title: `${sentence(name)} did not grow`, detail })
  }
  if (!drift.rising || drift.rise < large || drift.latestHours >= wanted) {
    const open = 'no rise beyond what is usual, but too short a time to carry it on to a day'
    return inconclusive({ ...said, title: `${sentence(name)}: not decided`, detail: `${detail} · ${open}` })
  }
  const held = values.filter((value) => value !== null)
  const times = medianOf(held.slice(-END)) / medianOf(held.slice(0, END))
  return refuted({
    ...said,
    title: `${sentence(name)} grows for as long as it is used`,
    detail: `${detail} · doubled in ${formatDuration(drift.hours * 3_600_000)} at this rate`,
    severity: 'high',
    tier: times >= SEEN_TO_DOUBLE ? 'defect' : 'suspicion',
    repairs,
  })
}

const survival = ({ exit, moments, ratePerSecond }: Seen): Judgement[] => {
  if (exit === null) return []
  const after = moments.at(-1)?.atSeconds ?? 0
  return [
    refuted({
      subject: 'process',
      title: 'The process ends under steady load',
      detail: `exit ${exit.code ?? exit.signal ?? 'unknown'} after ${formatDuration(after * 1_000)} at ${formatNumber(Math.round(ratePerSecond))} requests a second`,
      severity: 'critical',
      repairs: ['Read its last log lines: out of memory, or an error that nobody caught.'],
    }),
  ]
}

export const judge = (seen: Seen, standard: Standard): Judgement[] => [
  ...survival(seen),
  ...THINGS.map((thing) => judgeThing(thing, seen, standard)),
]
