import type { SourcePlace } from '../../model/evidence.ts'

/** Why something has to be proved: what of the change asks for it. */
export type Reason = {
  /** `new route`, `changed handler`, `changed query`, `new migration`, `changed configuration` */
  change: string
  /** `POST /orders`, `src/db.ts` */
  what: string
  place: SourcePlace | null
}

/**
 * One experiment or inspection that must hold before the work is done. `not-run` is no verdict: it says that there is
 * no evidence for the tree as it is now.
 */
export type Obligation = {
  /** `race`, `contract` */
  probe: string
  standard: string
  /** operations it is about; empty: the whole backend */
  subjects: readonly string[]
  reasons: readonly Reason[]
  state: 'proven' | 'refuted' | 'inconclusive' | 'not-run' | 'not-applicable'
  /** one line: what was found, or why it was not run */
  detail: string
  /** of what is proven: operations of the change that it says nothing of, each with why */
  unreached: readonly string[]
  /** findings of it that the change is answerable for: new, or on what it touched */
  findings: readonly string[]
  /** the Run that says so; null while there is none for this tree */
  run: string | null
}

/** Files that judge the work, as they were at the start: tests, specs, thresholds, gate files. */
export type GateFile = { file: string; kind: 'test' | 'spec' | 'threshold' | 'gate'; hash: string }

/** A gate that was made easier to pass. */
export type Weakened = {
  file: string
  kind: GateFile['kind']
  /** `deleted`, `a test was skipped`, `3 assertions fewer`, `threshold 200 -> 2000` */
  how: string
  place: SourcePlace | null
}

export type Ledger = {
  /** hash of every file that the verdicts depend on */
  tree: string
  obligations: readonly Obligation[]
  weakened: readonly Weakened[]
  /** findings that are not held against the change: they were there before, on what it does not touch */
  apart: readonly string[]
  /** why nothing could be run: the app did not get ready; null where it did */
  problem: string | null
}
