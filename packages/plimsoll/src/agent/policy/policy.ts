import type { Action, Rule } from '../../model/agent.ts'
import type { Subject, Tool } from '../../tools/define.ts'

/** One call, as the policy sees it. */
export type Call = { tool: string; effect: Tool['effect']; subjects: readonly Subject[] }

export type Decision = {
  action: Action
  /** the rule that decided; null for the default of the effect */
  rule: Rule | null
  /** one sentence for the model and the person: what is not allowed, and what to do instead */
  reason: string
}

/** Absolute folders that paths in command lines are read against. */
export type Place = { root: string; home: string }

/**
 * All that decides calls of one session. `layers` are rule sets of the person's configuration, the definition and, for
 * a child, of its parents; `floor` is ours, and nothing lifts it. Made by `openRules`, narrowed by `intersect`.
 */
export type RuleSet = {
  floor: readonly Rule[]
  layers: readonly (readonly Rule[])[]
  /** tools that exist for this session, by id */
  tools: readonly string[]
  /** what decides where no rule speaks; all but `executes` are allowed */
  defaults: Readonly<Partial<Record<Tool['effect'], Action>>>
  place: Place
}

export type Evaluate = (rules: RuleSet, call: Call) => Decision
