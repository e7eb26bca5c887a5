import { z } from 'zod'

/** What a call may do: as it is, after somebody said yes, or not at all. */
export const Action = z.enum(['allow', 'ask', 'deny'])
export type Action = z.infer<typeof Action>

/**
 * One sentence of a permission: calls of `tool` on something that matches `pattern`.
 * Within one list the last rule that matches wins; between lists (floor, parent, child) the stricter answer wins.
 */
export const Rule = z.object({
  /** a tool's id, or a glob over ids: `*`, `mcp:magic:*` */
  tool: z.string(),
  /** glob over what the call is about: a path relative to the workspace, a command line, an address; `*` is all */
  pattern: z.string().default('*'),
  action: Action,
  /** where it was said, for the explanation: `backend.md:7`, `plimsoll.config.json`, `floor` */
  from: z.string(),
})
export type Rule = z.infer<typeof Rule>

/** Which tools a definition gives: the shape in which it is written carries the meaning. */
export const ToolGrant = z.discriminatedUnion('kind', [
  /** nothing was said: what the host gives */
  z.object({ kind: z.literal('inherit') }),
  /** a map: changes to what is inherited */
  z.object({ kind: z.literal('overlay'), tools: z.record(z.string(), z.boolean()) }),
  /** a list: these and no others; empty is none */
  z.object({ kind: z.literal('only'), tools: z.array(z.string()) }),
])
export type ToolGrant = z.infer<typeof ToolGrant>

/** A line of the body that has a number in it which something can be held against. */
export const StatedThreshold = z.object({
  /** as written: `API Response Time`, `<200ms for standard operations` */
  name: z.string(),
  text: z.string(),
  comparison: z.enum(['<', '<=', '>', '>=', '=']),
  value: z.number(),
  /** canonical: `ms`, `seconds`, `minutes`, `hours`, `hours/month`, `hours/year`, `%`, `/s` */
  unit: z.string(),
  /** standard of ours that it decides; null where none does */
  standard: z.string().nullable(),
  line: z.number().int(),
})
export type StatedThreshold = z.infer<typeof StatedThreshold>

export const McpPreference = z.object({
  server: z.string(),
  rank: z.enum(['primary', 'secondary', 'avoided']),
  purpose: z.string().default(''),
  useCases: z.array(z.string()).default([]),
  /** steps in their order */
  workflow: z.array(z.string()).default([]),
  /** why it is avoided, and what instead */
  reason: z.string().default(''),
  alternative: z.string().default(''),
  line: z.number().int(),
})
export type McpPreference = z.infer<typeof McpPreference>

export const Triggers = z.object({
  /** `.ts` */
  extensions: z.array(z.string()).default([]),
  /** `api`, without slashes */
  directories: z.array(z.string()).default([]),
  keywords: z.array(z.string()).default([]),
})
export type Triggers = z.infer<typeof Triggers>

export const Collaboration = z.object({
  /** `frontend`, `security`, `performance`, `devops`, or what was written */
  with: z.string(),
  items: z.array(z.string()),
  line: z.number().int(),
})
export type Collaboration = z.infer<typeof Collaboration>

/** What the sections of a body say, as data. */
export const AgentFacts = z.object({
  /** highest first: `reliability`, `security`, … */
  priorities: z.array(z.string()).default([]),
  thresholds: z.array(StatedThreshold).default([]),
  mcp: z.array(McpPreference).default([]),
  triggers: Triggers.default({ extensions: [], directories: [], keywords: [] }),
  collaboration: z.array(Collaboration).default([]),
})
export type AgentFacts = z.infer<typeof AgentFacts>

/** An agent, whatever dialect it was written in. */
export const AgentDefinition = z.object({
  /** lower case, as in `@backend` */
  name: z.string(),
  description: z.string(),
  /** the host whose dialect it is written in; `built-in` for the cast */
  dialect: z.string(),
  /** relative to where it was looked for; null for the cast */
  file: z.string().nullable(),
  mode: z.enum(['primary', 'subagent', 'all']).default('all'),
  /** as written; null where none is named */
  model: z.string().nullable().default(null),
  temperature: z.number().nullable().default(null),
  /** most turns it may take; null: as many as the budget allows */
  turns: z.number().int().positive().nullable().default(null),
  tools: ToolGrant,
  /** tools that are taken away whatever the grant says */
  without: z.array(z.string()).default([]),
  permissions: z.array(Rule).default([]),
  /** servers it names in its head */
  servers: z.array(z.string()).default([]),
  /** the body, without the head */
  instructions: z.string(),
  facts: AgentFacts,
  /** keys of the head that mean nothing to us, kept as they were */
  unknown: z.record(z.string(), z.unknown()).default({}),
})
export type AgentDefinition = z.infer<typeof AgentDefinition>

/** Something about a definition that its author should know. An `error` means that the file was left out. */
export const DefinitionProblem = z.object({
  level: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.number().int().nullable(),
  problem: z.string(),
  fix: z.string(),
})
export type DefinitionProblem = z.infer<typeof DefinitionProblem>
