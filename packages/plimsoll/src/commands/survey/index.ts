import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const SurveyInput = z.object({
  dir: z.string().default('.'),
  json: z.boolean().default(false),
})
export type SurveyInput = z.infer<typeof SurveyInput>

export default defineCommand({
  id: 'survey',
  summary: 'read a backend without running it: services, routes, stores, variables, how it starts',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [{ flags: '--json', description: 'print the System as JSON' }],
  input: SurveyInput,
  load: async () => (await import('./survey-command.ts')).surveyCommand,
})
