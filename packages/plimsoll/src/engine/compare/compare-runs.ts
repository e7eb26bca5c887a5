import type { RatioShift } from '../../base/stats/shift.ts'
import type { Run } from '../../model/run.ts'
import type { Figure, Verdict } from '../../model/verdict.ts'
import type { ComparedSide, Comparison, MetricComparison } from './comparison.ts'
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

/** What more of a unit means; null where that is not known. */
const betterOf = ({ name, unit }: Figure): 'lower' | 'higher' | null => {
  if (/\/s$|per second/.test(unit)) return 'higher'
  if (/^(?:ms|s|µs|MB|kB|B)$/.test(unit)) return 'lower'
  return /exponent/.test(name) ? 'lower' : null
}

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

/** The widest that B over A can be. */
const ratioOf = (a: Known, b: Known): Pick<RatioShift, 'ratio' | 'interval'> => ({
  ratio: b.value / a.value,
  interval: [b.interval[0] / a.interval[1], b.interval[1] / a.interval[0]],
})

const positive = ({ value, interval: [low] }: Known) => value > 0 && low > 0

const compareFigures = (a: Named, b: Named, margin: number): MetricComparison[] => {
  const better = betterOf(a.figure)
  if (better === null || a.figure.unit !== b.figure.unit) return []
  const bounded = positive(a.figure) && positive(b.figure)
  const { ratio, interval } = ratioOf(a.figure, b.figure)
  return [
    {
      ...{ id: a.id, title: a.title, unit: a.figure.unit, better },
      answer: bounded ? weighChange({ ratio, interval }, [], { better, slack: 1 }, margin) : "can't tell",
      why: bounded ? null : 'a figure is not above 0',
      a: a.figure.value,
      b: b.figure.value,
      change: bounded ? ratio - 1 : null,
      interval: bounded ? [interval[0] - 1, interval[1] - 1] : null,
      confidence: 0.95,
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
