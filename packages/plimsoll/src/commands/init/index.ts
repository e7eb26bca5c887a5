import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const InitInput = z.object({
  dir: z.string().default('.'),
  service: z.string().optional(),
  force: z.boolean().default(false),
  print: z.boolean().default(false),
})
export type InitInput = z.infer<typeof InitInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./init-command.ts')).initCommand

export default defineCommand({
  id: 'init',
  group: 'prove',
  summary: 'write plimsoll.config.json with what was found',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    { flags: '--service <name>', description: 'which service of a monorepo' },
    { flags: '--print', description: 'print it instead of writing it' },
    { flags: '--force', description: 'replace a configuration that is there' },
  ],
  input: InitInput,
  load,
})
