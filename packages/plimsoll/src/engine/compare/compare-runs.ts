import type { Run } from '../../model/run.ts'
import type { Figure, Verdict } from '../../model/verdict.ts'
import type { Answer, ComparedSide, Comparison, MetricComparison } from './comparison.ts'
import { conclude } from './conclude.ts'
import { weighChange } from './weigh-change.ts'

/** Below this share, two machines have the same memory. */
const ALIKE = 0.1

const differenceOf = (a: Run['machine'], b: Run['machine']): string | null => {
  if (a.cores !== b.cores) return `${a.cores} and ${b.cores} cores`
  if (a.platform !== b.platform) return `${a.platform} and ${b.platform}`
  const [majorA, majorB] = [a.node.split('.')[0], b.node.split('.')[0]]
  if (majorA !== majorB) return `Node.js ${a.node} and ${b.node}`
  const memory = Math.abs(a.memoryMb - b.memoryMb) / Math.max(a.memoryMb, b.memoryMb)
  return memory > ALIKE ? `${a.memoryMb} and ${b.memoryMb} MB of memory` : null
}

type Scale = {
  better: 'lower' | 'higher'
  /** of figures that may be 0: a difference that is none; absent where a share of the figure says more */
  slack?: number
}

/** By unit; a figure of any other is not compared. */
const SCALES: readonly [RegExp, Scale][] = [
  [/\/s$/, { better: 'higher' }],
  [/^(?:ms|s|MB|kB)$/, { better: 'lower' }],
  [/^proportion$/, { better: 'lower', slack: 0.01 }],
  // An exponent of growth.
  [/^1$/, { better: 'lower', slack: 0.1 }],
]

type Known = Figure & { interval: [number, number] }
type Named = { id: string; title: string; figure: Known }

const hasInterval = (figure: Figure): figure is Known => figure.interval !== undefined

/** The load line stands in its chart. */
const linesOf = ({ evidence }: Verdict): Figure[] =>
  evidence.flatMap((one) =>
    one.kind === 'load' && one.load.line !== null
      ? [
          {
            name: 'load line',
            value: one.load.line.ratePerSecond,
            unit: '/s',
            interval: one.load.line.interval,
            n: one.load.points.reduce((sum, { n }) => sum + n, 0),
            method: 'search for the highest rate inside the standard',
          },
        ]
      : [],
  )

/** Figures with an interval of everything that was said of performance, named so that two Runs can be matched. */
const figuresOf = (run: Run): Named[] => {
  const performance = new Set(
    run.standards.filter(({ category }) => category === 'performance').map(({ id }) => id),
  )
  const found = run.verdicts
    .filter(({ standard }) => performance.has(standard))
    .flatMap((verdict) =>
      [...linesOf(verdict), ...verdict.figures].filter(hasInterval).map((figure): Named => {
        const { probe, subject } = verdict
        const line = figure.name === 'load line'
        const id = line ? `${probe}:load line` : `${probe}:${subject}:${figure.name}`
        return { id, title: line ? figure.name : `${figure.name}, ${subject}`, figure }
      }),
    )
  return [...new Map(found.map((one) => [one.id, one])).values()]
}

type Said = Pick<MetricComparison, 'answer' | 'why' | 'change' | 'interval'>

/** Figures that may be 0: whether the intervals lie apart, or are near each other. */
const weighApart = (
  [lowA, highA]: Known['interval'],
  [lowB, highB]: Known['interval'],
  slack: number,
): Answer => {
  if (lowB > highA) return 'worse'
  if (lowA > highB) return 'better'
  return Math.max(highB - lowA, highA - lowB) <= slack ? 'same' : "can't tell"
}

const weigh = (a: Known, b: Known, { better, slack }: Scale, margin: number): Said => {
  const none = { change: null, interval: null }
  if (slack !== undefined) return { ...none, answer: weighApart(a.interval, b.interval, slack), why: null }
  if (a.interval[0] <= 0 || b.interval[0] <= 0) {
    return { ...none, answer: "can't tell", why: 'a figure may be 0' }
  }
  // The widest that B over A can be.
  const interval: [number, number] = [b.interval[0] / a.interval[1], b.interval[1] / a.interval[0]]
  const ratio = b.value / a.value
  return {
    answer: weighChange({ ratio, interval }, [], { better, slack: 1 }, margin),
    why: null,
    change: ratio - 1,
    interval: [interval[0] - 1, interval[1] - 1],
  }
}

const compareFigures = (a: Named, b: Named, margin: number): MetricComparison[] => {
  const { unit } = a.figure
  const scale = SCALES.find(([pattern]) => pattern.test(unit))?.[1]
  if (scale === undefined || unit !== b.figure.unit) return []
  return [
    {
      ...{ id: a.id, title: a.title, unit: unit === 'proportion' ? 'share' : unit === '1' ? '' : unit },
      ...{ better: scale.better, a: a.figure.value, b: b.figure.value, confidence: 0.95 },
      ...weigh(a.figure, b.figure, scale, margin),
      n: Math.min(a.figure.n, b.figure.n),
      method: 'whether the intervals of both Runs overlap',
    },
  ]
}

const matched = (a: Run, b: Run, margin: number): MetricComparison[] => {
  const inB = new Map(figuresOf(b).map((one) => [one.id, one]))
  return figuresOf(a).flatMap((one) => {
    const other = inB.get(one.id)
    return other === undefined ? [] : compareFigures(one, other, margin)
  })
}

const NOT_INTERLEAVED =
  'the two were measured at different times: what else the machine did then is part of the difference'

const sideOf = (run: Run): ComparedSide => ({ name: run.id, commit: run.system.commit })

/** Two saved Runs by the figures that both hold with an interval; only of machines that are alike. */
export const compareRuns = (a: Run, b: Run, margin: number): Comparison => {
  const difference = differenceOf(a.machine, b.machine)
  const metrics = difference === null ? matched(a, b, margin) : []
  const conclusion =
    difference === null
      ? metrics.length === 0
        ? { answer: "can't tell" as const, reason: 'they hold no figure of performance in common' }
        : conclude(metrics)
      : { answer: "can't tell" as const, reason: `they were measured on different machines: ${difference}` }
  const other = a.system.name === b.system.name && a.service === b.service
  return {
    how: 'saved',
    ...conclusion,
    ...{ a: sideOf(a), b: sideOf(b), metrics, margin, seed: b.seed, machine: b.machine },
    ...{ operations: [], left: [], ratePerSecond: null, pairs: null, durationMs: 0 },
    notes: [
      NOT_INTERLEAVED,
      ...(other ? [] : [`they are Runs of different services: ${a.system.name} and ${b.system.name}`]),
    ],
  }
}
