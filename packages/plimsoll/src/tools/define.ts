import type { z } from 'zod'

/** What the surface (loop or MCP) lends a tool; a tool holds no state outside it. */
export type ToolContext = { dir: string; signal: AbortSignal }

/**
 * One agent tool; the same member serves the loop and MCP.
 *
 * **Contract:** prints nothing; a failure that the caller can mend is a Fault.
 */
export type Tool<Input = unknown> = {
  id: string
  title: string
  description: string
  input: z.ZodType<Input>
  /** decides permission and MCP annotations */
  effect: 'reads' | 'writes' | 'executes'
  run(input: Input, context: ToolContext): Promise<{ text: string }>
}

export const defineTool = <Input>(tool: Tool<Input>): Tool => tool as unknown as Tool
