import type { Message } from '../model/model.ts'

/** What one line of a session says. Payloads are plain JSON, redacted before they are written. */
export type Entry = {
  /** unique within the session */
  id: string
  /** the entry it follows; null for the first: a fork is a second child of one entry */
  parent: string | null
  /** ISO 8601, UTC */
  at: string
} & (
  | { kind: 'begin'; task: string; agent: string; model: string; version: number; forkedFrom?: string }
  | { kind: 'message'; message: Message }
  /** a call is about to run: found without its answer after a crash, it did not end */
  | { kind: 'calling'; call: string; tool: string }
  | { kind: 'spent'; input: number; output: number; dollars: number | null }
  /** the workspace as it is after this step: a commit of our own history, or the id of a copy */
  | { kind: 'checkpoint'; snapshot: string; files: readonly string[] }
  | { kind: 'compacted'; summary: string; upTo: string }
  | { kind: 'todo'; items: readonly { text: string; state: string }[] }
  | { kind: 'gates'; files: readonly { file: string; kind: string; hash: string }[] }
  | { kind: 'ledger'; ledger: unknown }
  | { kind: 'note'; text: string }
  | { kind: 'end'; outcome: string; exitCode: number }
)

/** An entry before the journal gives it its id, parent and time. */
export type NewEntry = Entry extends infer E
  ? E extends Entry
    ? Omit<E, 'id' | 'parent' | 'at'>
    : never
  : never

/**
 * The append-only record of one session: `.plimsoll/sessions/<id>/journal.jsonl`.
 *
 * **Contract:** `append` returns once the line is in the file; a line that a crash cut short is passed over and said.
 */
export type Journal = {
  readonly id: string
  readonly dir: string
  append(entry: NewEntry): Promise<Entry>
  /** from the root to the head */
  branch(): readonly Entry[]
  /** every entry, of all branches; where it is not there, the branch is all there is */
  all?(): readonly Entry[]
  /** goes on from an earlier entry: what came after it stays in the file */
  moveTo(entry: string): void
}
