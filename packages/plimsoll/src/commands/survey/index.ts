import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const SurveyInput = z.object({
  dir: z.string().default('.'),
  json: z.boolean().default(false),
  /** true: to stdout */
  openapi: z.union([z.string(), z.boolean()]).default(false),
  /** true: the newest Run here */
  observe: z.union([z.string(), z.boolean()]).default(false),
  service: z.string().optional(),
})
export type SurveyInput = z.infer<typeof SurveyInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./survey-command.ts')).surveyCommand

export default defineCommand({
  id: 'survey',
  group: 'prove',
  summary: 'read a backend without running it',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    { flags: '--json', description: 'print the System as JSON' },
    {
      flags: '--openapi [file]',
      description: 'describe the service as OpenAPI 3.1: to this file (.yaml or .json), or as YAML to stdout',
    },
    {
      flags: '--observe [run]',
      description: 'with --openapi: answers and errors as a saved Run saw them (default: the newest here)',
    },
    {
      flags: '--service <name>',
      description: 'with --openapi: the service to describe, where there are several',
    },
  ],
  input: SurveyInput,
  load,
})
