import { z } from 'zod'
import { defineCommand } from '../define.ts'

const HIGHEST_PORT = 65_535

export const McpInput = z.object({
  dir: z.string().default('.'),
  /** true: any port that is free */
  http: z
    .union([
      z.literal(true),
      z.coerce
        .number({ error: 'wants a port' })
        .int('wants a port')
        .min(0, 'wants 0 or more')
        .max(HIGHEST_PORT, `wants ${HIGHEST_PORT} or less`),
    ])
    .optional(),
})
export type McpInput = z.infer<typeof McpInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./mcp-command.ts')).mcpCommand

export default defineCommand({
  id: 'mcp',
  group: 'connect',
  summary: 'serve the engine to agents (Model Context Protocol)',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    {
      flags: '--http [port]',
      description: 'serve at an address of this machine, behind a token, instead of stdin and stdout',
    },
  ],
  input: McpInput,
  load,
})
