import { openFiles } from '../../packages/plimsoll/src/instruments/workspace/open-files.ts'
import type { Tool, ToolAnswer, ToolContext } from '../../packages/plimsoll/src/tools/define.ts'

/** What a surface lends a tool, over a real folder; every part can be given. */
export const toolContext = async (root: string, lent: Partial<ToolContext> = {}): Promise<ToolContext> => ({
  root,
  signal: new AbortController().signal,
  files: await openFiles(root),
  ...lent,
})

/** Calls a tool as a surface does: the input is read by its schema first. */
export const callTool = async (
  tool: Tool,
  input: unknown,
  root: string,
  lent: Partial<ToolContext> = {},
): Promise<ToolAnswer> => tool.run(tool.input.parse(input), await toolContext(root, lent))

/** What it would change, before it does. */
export const previewTool = async (tool: Tool, input: unknown, root: string): Promise<string | null> =>
  (await tool.preview?.(tool.input.parse(input), await toolContext(root))) ?? null
