import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const SurveyInput = z.object({
  dir: z.string().default('.'),
  json: z.boolean().default(false),
})
export type SurveyInput = z.infer<typeof SurveyInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./survey-command.ts')).surveyCommand

export default defineCommand({
  id: 'survey',
  summary: 'read a backend without running it: services, routes, stores, variables, how it starts',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [{ flags: '--json', description: 'print the System as JSON' }],
  input: SurveyInput,
  load,
})
