import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const ApiDiffInput = z.object({
  base: z.string(),
  head: z.string().default('.'),
  dir: z.string().default('.'),
  json: z.boolean().default(false),
})
export type ApiDiffInput = z.infer<typeof ApiDiffInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./api-diff-command.ts')).apiDiffCommand

export default defineCommand({
  id: 'api-diff',
  group: 'prove',
  summary: 'say which clients a change of the API breaks',
  arguments: [
    { name: '<base>', description: 'what clients know: a file, a commit, branch or tag, or ref:file' },
    { name: '[head]', description: 'what they will meet, of the same kinds (default: the working tree)' },
  ],
  options: [
    { flags: '--dir <dir>', description: 'folder of the backend (default: this one)' },
    { flags: '--json', description: 'print the changes as JSON' },
  ],
  input: ApiDiffInput,
  load,
})
