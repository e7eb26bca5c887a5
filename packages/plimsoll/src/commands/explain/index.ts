import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const ExplainInput = z.object({ id: z.string().optional() })
export type ExplainInput = z.infer<typeof ExplainInput>

export default defineCommand({
  id: 'explain',
  summary: 'what an experiment, inspection, standard or finding means, and how to mend it',
  arguments: [
    { name: '[id]', description: 'its id, or the id of a finding of the newest Run; without one: the list' },
  ],
  options: [],
  input: ExplainInput,
  load: async () => (await import('./explain-command.ts')).explainCommand,
})
