import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const ReplayInput = z.object({
  id: z.string(),
  run: z.string().optional(),
  install: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type ReplayInput = z.infer<typeof ReplayInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./replay-command.ts')).replayCommand

export default defineCommand({
  id: 'replay',
  group: 'prove',
  summary: 'execute one finding again, with the same seed',
  arguments: [{ name: '<id>', description: 'id of the finding, as printed beside it' }],
  options: [
    { flags: '--run <run>', description: 'the Run that holds it (default: the newest that does)' },
    { flags: '--install', description: "install the backend's dependencies, in the lab's own copy" },
    { flags: '--json', description: 'print the verdict as JSON' },
  ],
  input: ReplayInput,
  load,
})
