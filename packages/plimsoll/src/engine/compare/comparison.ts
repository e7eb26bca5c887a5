import type { Run } from '../../model/run.ts'

/** How B stands to A. */
export type Answer = 'better' | 'worse' | 'same' | "can't tell"

/** One figure of both sides. */
export type MetricComparison = {
  id: string
  title: string
  unit: string
  better: 'lower' | 'higher'
  answer: Answer
  /** why it cannot be told, or what else to know; null where the figures say all */
  why: string | null
  /** of each side, the median over its blocks, or the figure of its Run; null where it was not had */
  a: number | null
  b: number | null
  /** how much more than A's B's is, as a share: 0.1 is 10 % more; null where it was not had */
  change: number | null
  /** of the change; null where there is too little to bound it */
  interval: [number, number] | null
  confidence: number
  /** pairs of blocks, or figures, behind it */
  n: number
  method: string
}

export type ComparedSide = {
  /** as the user named it */
  name: string
  /** commit it stands for; null for a working tree or a Run without one */
  commit: string | null
}

/** What `plimsoll compare` ends in. */
export type Comparison = {
  /** interleaved: measured now, in turn; saved: read from two Runs */
  how: 'interleaved' | 'saved'
  answer: Answer
  /** one sentence, without its full stop */
  reason: string
  a: ComparedSide
  b: ComparedSide
  metrics: MetricComparison[]
  /** sent to both sides; empty for saved Runs */
  operations: string[]
  /** not sent, and why */
  left: { name: string; reason: string }[]
  /** arrivals a second at which response times were compared; null where nothing was sent */
  ratePerSecond: number | null
  /** neighbouring blocks that were compared, those measured again because of noise, and fresh processes that they came from */
  pairs: { used: number; repeated: number; rounds: number } | null
  /** a change inside of it is none, as a share */
  margin: number
  seed: number
  durationMs: number
  machine: Run['machine']
  /** what limits the answer, each a sentence */
  notes: string[]
}
