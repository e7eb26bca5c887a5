import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const AgentsInput = z.object({
  dir: z.string().default('.'),
  explain: z.string().optional(),
  home: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type AgentsInput = z.infer<typeof AgentsInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./agents-command.ts')).agentsCommand

export default defineCommand({
  id: 'agents',
  group: 'connect',
  summary: 'list the agents, or show what was understood of one',
  arguments: [{ name: '[dir]', description: 'folder of the workspace (default: this one)' }],
  options: [
    { flags: '--explain <agent>', description: 'a name from the list, or a file in the dialect of any host' },
    { flags: '--home', description: 'look into the home folder as well' },
    { flags: '--json', description: 'as data' },
  ],
  input: AgentsInput,
  load,
})
