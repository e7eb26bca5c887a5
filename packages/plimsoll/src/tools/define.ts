import type { z } from 'zod'
import type { Origins } from '../engine/digest/origin.ts'
import type { Door } from '../engine/door/door.ts'
import type { Shell } from '../instruments/sandbox/shell.ts'
import type { Files } from '../instruments/workspace/files.ts'
import type { Run } from '../model/run.ts'

export type Todo = { text: string; state: 'open' | 'doing' | 'done' | 'dropped' }

/** What a child agent came to. `outcome` is the engine's word where there was something to prove. */
export type Delegated = { agent: string; outcome: string; text: string }

/**
 * What the surface (loop, MCP, ACP) lends a tool; a tool holds no state outside it. Optional parts are absent where
 * the surface has none: the tool then says so, and what to do instead.
 */
export type ToolContext = {
  /** absolute folder of the workspace */
  root: string
  signal: AbortSignal
  files: Files
  /** commands, without the project's own data stores */
  shell?: Shell
  /** the engine: survey, prove, replay, query, … */
  door?: Door
  /** how findings of a Run stand to the work of this session; absent where there is no session */
  origins?(run: Run): Promise<Origins>
  todo?: { read(): readonly Todo[]; write(items: readonly Todo[]): void }
  /** keeps a text that is too long to answer with, and gives the path (relative to the workspace) to read it from */
  spill?(name: string, text: string): Promise<string>
  /** a line while it works */
  onProgress?(text: string): void
  /** asks whoever drives; absent in a run without anybody */
  ask?(question: string, choices?: readonly string[]): Promise<string>
  delegate?(agent: string, task: string): Promise<Delegated>
}

/** What a call is about, for the policy: paths are relative to the workspace, or absolute outside of it. */
export type Subject = { kind: 'path' | 'command' | 'query' | 'address' | 'agent'; text: string }

export type ToolAnswer = {
  /** for a model: short, exact, with the next step where there is one */
  text: string
  /** the same facts as data, for a program */
  data?: unknown
  /** files it changed, relative to the workspace */
  changed?: readonly string[]
  /** what to read for the whole of it */
  links?: readonly { uri: string; title: string }[]
  /** it did what was asked, and the answer is no: a command that failed, a text that was not found */
  failed?: boolean
}

/**
 * One agent tool; the same member serves the loop and MCP.
 *
 * **Contract:** prints nothing, holds no state; a failure that the caller can mend is a Fault or `failed`. `subjects`
 * is complete: what the call touches beyond it does not happen. It cannot produce a verdict, only ask for one.
 */
export type Tool<Input = unknown> = {
  id: string
  title: string
  /** for a model: what it does, when to use it and when not, its limits; at most 600 characters */
  description: string
  input: z.ZodType<Input>
  /** decides permission and MCP annotations; `writes`: files, `executes`: programs, `delegates`: another agent */
  effect: 'reads' | 'writes' | 'executes' | 'delegates'
  /** served over MCP as well; the host has files and a shell of its own */
  mcp: boolean
  subjects(input: Input): readonly Subject[]
  /** what would change, as a unified diff, before it is allowed; absent where nothing of that kind does */
  preview?(input: Input, context: ToolContext): Promise<string | null>
  run(input: Input, context: ToolContext): Promise<ToolAnswer>
}

export const defineTool = <Input>(tool: Tool<Input>): Tool => tool as unknown as Tool
