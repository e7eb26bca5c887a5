import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const JudgeInput = z.object({
  run: z.string().optional(),
  write: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type JudgeInput = z.infer<typeof JudgeInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./judge-command.ts')).judgeCommand

export default defineCommand({
  id: 'judge',
  group: 'prove',
  summary: 'judge the saved observations of a Run again',
  arguments: [{ name: '[run]', description: 'a run.json or its folder (default: the newest)' }],
  options: [
    { flags: '--write', description: 'save the new verdicts over the old ones' },
    { flags: '--json', description: 'print the Run as JSON' },
  ],
  input: JudgeInput,
  load,
})
