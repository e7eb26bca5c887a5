import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const SessionsInput = z.object({
  action: z.enum(['list', 'show', 'export']).default('list'),
  session: z.string().optional(),
  format: z.enum(['md', 'json']).default('md'),
  json: z.boolean().default(false),
})
export type SessionsInput = z.infer<typeof SessionsInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./sessions-command.ts')).sessionsCommand

export default defineCommand({
  id: 'sessions',
  group: 'build',
  summary: 'list sessions of the agent, show one, or export it',
  arguments: [
    { name: '[action]', description: 'list, show or export; default list' },
    { name: '[session]', description: 'its id, or the end of it; default the newest' },
  ],
  options: [
    { flags: '--format <format>', description: 'of export: md or json; default md' },
    { flags: '--json', description: 'print list or show as JSON' },
  ],
  input: SessionsInput,
  load,
})
