import type { Tool, ToolContext } from '../../tools/define.ts'
import type { Journal } from '../journal/journal.ts'
import type { Evaluate, RuleSet } from '../policy/policy.ts'
import type { AgentEvent, Answer, Approval } from './events.ts'
import type { Guard } from './guard.ts'

/** The workspace after a step: which one it is, and what the step changed. */
export type Step = { epoch: string; changed: readonly string[]; diff: string | null }

/** Everything that a call of a tool needs of its session. */
export type CallPorts = {
  agent: string
  tools: readonly Tool[]
  rules: RuleSet
  evaluate: Evaluate
  context: ToolContext
  journal: Pick<Journal, 'append'>
  guard: Guard
  /** what was allowed for the rest of the session */
  allowed: Set<string>
  approve: ((approval: Approval) => Promise<Answer>) | null
  /** hash of the workspace as it is now */
  epoch(): string
  /** keeps the workspace as it is after a call that may have changed it */
  checkpoint(note: string): Promise<Step>
  redact(text: string): string
  emit(event: AgentEvent): void
  signal: AbortSignal
}
