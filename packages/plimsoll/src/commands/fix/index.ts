import { z } from 'zod'
import { defineCommand } from '../define.ts'
import { Spending } from '../parse-budget.ts'

export const FixInput = z.object({
  finding: z.array(z.string()).default([]),
  all: z.boolean().default(false),
  run: z.string().optional(),
  apply: z.boolean().default(false),
  commit: z.boolean().default(false),
  budget: z.coerce.number({ error: 'wants a number' }).positive('wants more than 0').default(600),
  model: z.union([z.literal(true), z.string()]).optional(),
  spend: Spending.optional(),
  install: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type FixInput = z.infer<typeof FixInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./fix-command.ts')).fixCommand

export default defineCommand({
  id: 'fix',
  group: 'build',
  summary: 'repair findings, and keep what the same seeds prove',
  arguments: [{ name: '[finding...]', description: 'ids of findings, as printed beside them' }],
  options: [
    { flags: '--all', description: 'every proved defect of the Run' },
    { flags: '--run <run>', description: 'the Run that holds them (default: the newest)' },
    { flags: '--apply', description: 'write what was proved into the working tree' },
    { flags: '--commit', description: 'commit each repair on the current branch; wants a clean tree' },
    {
      flags: '--budget <seconds>',
      description: 'how long everything else may be proved again at the end (default: 600)',
    },
    {
      flags: '--model [name]',
      description:
        'let a model write repairs where no fixer has one: provider/model, an alias, or whichever is set up',
    },
    { flags: '--spend <budget>', description: 'what the model may spend in all: $2, 200k (tokens), 30m' },
    { flags: '--install', description: "install the backend's dependencies, in the lab's own copy" },
    { flags: '--json', description: 'print what became of each finding as JSON' },
  ],
  input: FixInput,
  load,
})
