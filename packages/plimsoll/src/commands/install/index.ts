import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const InstallInput = z.object({
  host: z.string(),
  dir: z.string().default('.'),
  yes: z.boolean().default(false),
  uninstall: z.boolean().default(false),
  dryRun: z.boolean().default(false),
})
export type InstallInput = z.infer<typeof InstallInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./install-command.ts')).installCommand

export default defineCommand({
  id: 'install',
  group: 'connect',
  summary: 'bring agent, MCP server and gate into another host',
  arguments: [
    { name: '<host>', description: 'claude-code, opencode, cursor, gemini, codex or copilot' },
    { name: '[dir]', description: 'folder of the workspace (default: this one)' },
  ],
  options: [
    { flags: '--yes', description: 'do not ask' },
    { flags: '--dry-run', description: 'show what would change, and change nothing' },
    { flags: '--uninstall', description: 'take out what was written, and nothing else' },
  ],
  input: InstallInput,
  load,
})
