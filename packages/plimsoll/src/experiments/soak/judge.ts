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
  /** Others on the machine move it as well: then it is not decided, and it is never more than a suspicion. */
  isTime?: boolean
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
  {
    subject: 'response time',
    name: 'median response time',
    unit: 'ms',
    of: ({ p50Ms }) => p50Ms,
    least: { rise: 10, share: 0.25 },
    repairs: [
      'Look for what each request makes longer for the next: a table without an index or an end, a list that is searched from its start, timers and listeners that pile up.',
      'Where memory grows, too, it may be the collector of garbage.',
    ],
    isTime: true,
  },
]

/** What a day must not do was seen to happen while it was watched. */
const SEEN_TO_DOUBLE = 2
/** Moments at either end, so that one wild value decides nothing. */
const END = 3
/** Of the moments that decide, so many may have been disturbed. */
const MOST_DISTURBED = 0.25

/** What others took in the second half, in words; null where they left it alone, or hardly touched it. */
const disturbanceOf = ({ moments }: Seen): string | null => {
  const half = moments.slice(Math.floor(moments.length / 2))
  const noisy = half.filter(({ noise }) => noise !== null)
  return noisy.length > half.length * MOST_DISTURBED ? (noisy.at(-1)?.noise ?? null) : null
}

const course = ({ moments, ratePerSecond, askedSeconds }: Seen): Evidence => ({
  kind: 'course',
  title: `${formatDuration(askedSeconds * 1_000)} at ${formatNumber(Math.round(ratePerSecond))} requests a second`,
  course: {
    atSeconds: moments.map(({ atSeconds }) => Number(atSeconds.toFixed(1))),
    series: [
      ...THINGS.map(({ name, unit, of, isTime = false }) => ({
        ...{ name: isTime ? 'p50' : name, unit },
        values: moments.map(of),
      })),
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
  const { subject, name, least, repairs, isTime = false } = thing
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
  const noise = isTime ? disturbanceOf(seen) : null
  if (noise !== null) {
    const title = `${sentence(name)}: not decided`
    return inconclusive({ ...said, title, detail: `${noise} · ${detail}` })
  }
  const held = values.filter((value) => value !== null)
  const times = medianOf(held.slice(-END)) / medianOf(held.slice(0, END))
  return refuted({
    ...said,
    title: `${sentence(name)} grows for as long as it is used`,
    detail: `${detail} · doubled in ${formatDuration(drift.hours * 3_600_000)} at this rate`,
    severity: 'high',
    tier: times >= SEEN_TO_DOUBLE && !isTime ? 'defect' : 'suspicion',
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
