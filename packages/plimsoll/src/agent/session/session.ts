import type { Door } from '../../engine/door/door.ts'
import type { Families } from '../../engine/prove/families.ts'
import type { Shell } from '../../instruments/sandbox/shell.ts'
import type { Files } from '../../instruments/workspace/files.ts'
import type { AgentDefinition, Rule } from '../../model/agent.ts'
import type { Config } from '../../model/config.ts'
import type { Tool } from '../../tools/define.ts'
import type { Checkpoints } from '../checkpoint/checkpoints.ts'
import type { Journal } from '../journal/journal.ts'
import type { AgentEvent, Answer, Approval, Outcome } from '../loop/events.ts'
import type { Model } from '../model/model.ts'

export type Budget = {
  dollars: number | null
  tokens: number | null
  turns: number | null
  minutes: number | null
}

export type SessionOptions = {
  root: string
  task: string
  agent: AgentDefinition
  /** agents it may delegate to, by name */
  cast: readonly AgentDefinition[]
  model: Model
  /** the model of a child agent, by what its definition names */
  modelFor?(reference: string): Promise<Model>
  tools: readonly Tool[]
  door: Door
  files: Files
  shell: Shell
  config: Config
  families: Families
  journal: Journal
  checkpoints: Checkpoints
  /** rules of the person: configuration and command line */
  rules: readonly Rule[]
  budget: Budget
  /** proofs that the engine runs at the end and between, seconds each */
  proveSeconds: number
  /** AGENTS.md, SKILL.md and the like: text with the file it is from */
  context: readonly { file: string; text: string }[]
  /** values that must stand in no output of a tool, as far as they are known by then */
  secrets?(): readonly string[]
  signal: AbortSignal
  onEvent(event: AgentEvent): void
  /** null: nobody is there, what has to be asked is refused */
  approve: ((approval: Approval) => Promise<Answer>) | null
  ask: ((question: string, choices?: readonly string[]) => Promise<string>) | null
}

/**
 * One task, from the words to the outcome. A journal that has entries already is gone on with: the task is then what the
 * person adds, and may be empty.
 *
 * **Contract:** never throws but for a bug of ours: a model that fails ends it as `failed`, with the hint as a note; what
 * the model says decides nothing; on abort the journal is complete, and every call that was started has ended. Door,
 * shell and journal are the caller's to close.
 */
export type RunSession = (options: SessionOptions) => Promise<Outcome>
