import type { Tool } from '../../tools/define.ts'
import type { ToolAnnotations } from '../../vendor/mcp-server.ts'

/** What a host may tell its user of a call: nothing that we serve leaves the workspace and its lab, or destroys. */
export const annotationsOf = ({ title, effect }: Tool): ToolAnnotations => ({
  title,
  readOnlyHint: effect === 'reads',
  destructiveHint: false,
  idempotentHint: effect === 'reads',
  openWorldHint: false,
})
