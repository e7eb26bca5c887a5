import type { Patch } from '../../model/patch.ts'
import type { Verdict } from '../../model/verdict.ts'

/** Two states of one subject. */
export type Change = { id: string; title: string; before: Verdict['status']; after: Verdict['status'] }

/** What a patch did, by the same seeds before and after. */
export type Comparison = {
  /** the finding is proven now, and nothing became worse */
  accepted: boolean
  /** one sentence: why not, or what holds now */
  reason: string
  better: readonly Change[]
  worse: readonly Change[]
  /** the Run before and the Run after, by id */
  runs: { before: string; after: string }
}

/** What became of one finding. */
export type Fixed = {
  finding: string
  title: string
  outcome: 'fixed' | 'refused' | 'no-fixer' | 'not-a-defect' | 'gone'
  /** the patch that was kept, or the last that was refused */
  patch: Patch | null
  comparison: Comparison | null
  /** a commit, where it was committed */
  commit: string | null
  /** a patch file, where it was written */
  file: string | null
  /** test that fails before and passes after, relative to the repository; null with the reason in `reason` */
  test: string | null
  reason: string
}
