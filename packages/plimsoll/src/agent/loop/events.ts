import type { Usage } from '../model/model.ts'
import type { Obligation, Weakened } from '../obligations/obligation.ts'

export type Spent = {
  turns: number
  input: number
  output: number /** null where no price is known */
  dollars: number | null
}

/** How a session ended: of the engine where there was something to prove, never of the model. */
export type Outcome = {
  /**
   * `proven`: every obligation; `refuted`: one is, or a gate was weakened; `unproven`: something was not run or stayed
   * inconclusive, or a change was asked for and none was made; `answered`: nothing was changed that asks for proof
   */
  kind: 'proven' | 'refuted' | 'unproven' | 'answered' | 'stuck' | 'budget' | 'interrupted' | 'failed'
  exitCode: number
  /** one sentence */
  reason: string
  obligations: readonly Obligation[]
  weakened: readonly Weakened[]
  spent: Spent
  /** files changed since the start, relative */
  changed: readonly string[]
  session: string
  /** the last thing the model said; it decides nothing */
  said: string
}

/** What a session tells while it goes on, in order. The terminal, `--json` (one event a line) and ACP draw it. */
export type AgentEvent =
  | {
      kind: 'begin'
      session: string
      agent: string
      model: string
      task: string
      enforcement: readonly string[]
    }
  | { kind: 'text'; text: string }
  | { kind: 'call'; id: string; tool: string; title: string; input: unknown; agent: string }
  | { kind: 'progress'; id: string; text: string }
  | {
      kind: 'answer'
      id: string
      tool: string
      text: string
      failed: boolean
      changed: readonly string[]
      /** unified diff of what it changed */
      diff: string | null
    }
  | { kind: 'denied'; id: string; tool: string; reason: string }
  | { kind: 'turn'; turn: number; usage: Usage; spent: Spent }
  | { kind: 'retry'; attempt: number; waitMs: number; reason: string }
  | { kind: 'compacted'; before: number; after: number }
  | { kind: 'obligations'; obligations: readonly Obligation[]; weakened: readonly Weakened[] }
  | { kind: 'note'; text: string }
  | { kind: 'end'; outcome: Outcome }

export type Approval = {
  id: string
  tool: string
  title: string
  /** the command, the path, the query */
  subject: string
  reason: string
  diff: string | null
  /** it may harm what is not the lab's: a yes that was given beforehand does not answer it */
  inPerson?: true
}

/** Once, for the rest of the session, or not at all; `no` with words says what to do instead. */
export type Answer = 'once' | 'session' | 'no' | { no: string }
