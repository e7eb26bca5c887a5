import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const ExplainInput = z.object({ id: z.string().optional() })
export type ExplainInput = z.infer<typeof ExplainInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./explain-command.ts')).explainCommand

export default defineCommand({
  id: 'explain',
  group: 'prove',
  summary: 'what an experiment, standard or finding means',
  arguments: [
    { name: '[id]', description: 'its id, or the id of a finding of the newest Run; without one: the list' },
  ],
  options: [],
  input: ExplainInput,
  load,
})
