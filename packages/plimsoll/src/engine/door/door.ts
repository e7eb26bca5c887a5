import type { Exchange } from '../../model/evidence.ts'
import type { Patch } from '../../model/patch.ts'
import type { Run } from '../../model/run.ts'
import type { Standard } from '../../model/standard.ts'
import type { System } from '../../model/system.ts'
import type { Judgement, Verdict } from '../../model/verdict.ts'
import type { EarlierTree } from './prove-earlier.ts'

export type ProveWishes = {
  /** experiments, inspections, standards or categories; empty: all */
  only?: readonly string[]
  skip?: readonly string[]
  budgetSeconds?: number
  seed?: number
  /** told once, before anything is started: the id that the Run will have */
  onRun?(id: string): void
  onProgress?(line: string): void
  signal: AbortSignal
}

/** `onProgress`: what goes on, as lines, while a lab is opened. */
export type Asking = { signal: AbortSignal; onProgress?(line: string): void }

/** A statement's answer: at most 200 rows, values as text. */
export type QueryAnswer = {
  columns: readonly string[]
  rows: readonly (readonly (string | null)[])[]
  /** rows that were left out, counted no further than 10,000 */
  more: number
  /** `postgres (lab)` */
  store: string
}

/**
 * Everything of the engine that a tool may ask for, bound to one repository. It is how an agent, an MCP client or an
 * editor gets verdicts: it asks, the engine answers.
 *
 * **Contract:** each method leaves nothing running but the one lab that `query` and `http` share, which is opened at
 * the first need, renewed when the source changed, and closed by `close`. Faults are for bad requests.
 */
export type Door = {
  /** fresh whenever the source changed */
  survey(): Promise<System>
  /** saved like any other Run */
  prove(wishes: ProveWishes): Promise<{ run: Run; dir: string }>
  /**
   * proves the files as they were, in a copy; the Run is kept apart from the others, and counts as evidence of that tree
   * @returns null where they cannot be brought back
   */
  proveEarlier(
    earlier: EarlierTree,
    wishes: Pick<ProveWishes, 'only' | 'budgetSeconds' | 'onProgress' | 'signal'>,
  ): Promise<{ run: Run; dir: string } | null>
  /** executes one verdict of the newest Run that holds the id again; `unchanged`: no file is another than in that Run */
  replay(
    id: string,
    options: Asking,
  ): Promise<{ verdict: Verdict; now: Judgement | null; unchanged: boolean }>
  /** a saved Run: the newest, or the one named; null where there is none */
  run(id?: string): { run: Run; dir: string } | null
  runs(): readonly { id: string; dir: string }[]
  /** saved Runs of one tree that this engine wrote itself, newest first: only these prove anything */
  evidence(tree: string): readonly Run[]
  /** Markdown of what an experiment, standard, … is about; null for an unknown id */
  explain(id: string): string | null
  /** ids that `explain` knows */
  topics(): readonly string[]
  /** what is promised, with the thresholds of the configuration */
  standards(): readonly Standard[]
  /** reads only; runs on a disposable copy in the lab, never on a database that was there before */
  query(sql: string, options: Asking): Promise<QueryAnswer>
  /** one request to the app in the lab; `as`: `anonymous`, or an account of the lab's own: `A`, `B` */
  http(
    request: { method: string; path: string; headers?: Record<string, string>; body?: unknown; as?: string },
    options: Asking,
  ): Promise<Exchange>
  /** what a fixer would change for a finding; empty where none has anything to offer */
  preview(finding: string): Promise<readonly Patch[]>
  /** connections, so that a shell can be given the lab's stores: variable -> value, and which were taken away */
  environment(options: { signal: AbortSignal }): Promise<LentEnvironment>
  close(): Promise<void>
}

/** Store variables of the project, with the lab's values in place of its own. */
export type LentEnvironment = {
  env: Readonly<Record<string, string>>
  /** variables that lead to a store the lab does not have: emptied */
  removed: readonly string[]
  /** loopback addresses of the lab's stores, which a sandbox has to let through */
  reachable: readonly { host: string; port: number }[]
  /** what commands see in place of secret files: absolute path -> text */
  files?: readonly { path: string; text: string }[]
  /** copies that commands see in place of files that hold data: absolute paths, written to */
  data?: readonly { path: string; from: string }[]
  /** values that no output of a tool may show */
  secrets?: readonly string[]
  /** addresses that the project itself names and that are not the lab's: `db.example.com:5432 from .env` */
  foreign: readonly { address: string; from: string }[]
}
