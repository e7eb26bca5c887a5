import type { ChangeKind } from '../../../model/change.ts'
import type { Reason } from '../obligation.ts'

/** One thing that is not as it was, and what it means for the proof. */
export type Change = Reason & {
  kinds: readonly ChangeKind[]
  /** operations that run it: findings on these are answered for, also where they were there before */
  operations: readonly string[]
  /** lines that are new, for findings that name a place */
  lines: readonly { file: string; from: number; to: number }[]
}
