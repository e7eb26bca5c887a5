import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const UndoInput = z.object({
  session: z.string().optional(),
  to: z.string().optional(),
  yes: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type UndoInput = z.infer<typeof UndoInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./undo-command.ts')).undoCommand

export default defineCommand({
  id: 'undo',
  group: 'build',
  summary: 'put the files back as before a session, or a step of it',
  arguments: [{ name: '[session]', description: 'its id, or the end of it; default the newest' }],
  options: [
    {
      flags: '--to <step>',
      description: 'the files as they were after that entry; default before the session',
    },
    { flags: '--yes', description: 'also where files were changed after the session, by whomever' },
    { flags: '--json', description: 'print what was done as JSON' },
  ],
  input: UndoInput,
  load,
})
