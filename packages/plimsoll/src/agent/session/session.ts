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
  signal: AbortSignal
  onEvent(event: AgentEvent): void
  /** null: nobody is there, what has to be asked is refused */
  approve: ((approval: Approval) => Promise<Answer>) | null
  ask: ((question: string, choices?: readonly string[]) => Promise<string>) | null
}

/**
 * One task, from the words to the outcome.
 *
 * **Contract:** never throws but for a bug of ours or a fault of kind `model`; what the model says decides nothing;
 * on abort the journal is complete and everything that was started has ended.
 */
export type RunSession = (options: SessionOptions) => Promise<Outcome>
