import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const AcpInput = z.object({ model: z.string().optional() })
export type AcpInput = z.infer<typeof AcpInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./acp-command.ts')).acpCommand

export default defineCommand({
  id: 'acp',
  group: 'connect',
  summary: 'serve the agent to editors (Agent Client Protocol)',
  arguments: [],
  options: [{ flags: '--model <name>', description: 'provider/model, or an alias' }],
  input: AcpInput,
  load,
})
