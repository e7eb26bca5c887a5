import { z } from 'zod'
import { defineCommand } from '../define.ts'
import { Spending } from '../parse-budget.ts'

const Turns = z
  .string()
  .regex(/^[1-9]\d*$/, 'a number of turns')
  .transform(Number)

export const DoInput = z
  .object({
    task: z.array(z.string()).default([]),
    json: z.boolean().default(false),
    model: z.string().optional(),
    agent: z.string().optional(),
    budget: Spending.optional(),
    turns: Turns.optional(),
    yes: z.boolean().default(false),
    readOnly: z.boolean().default(false),
    resume: z.union([z.string(), z.boolean()]).optional(),
    fork: z.string().optional(),
    at: z.string().optional(),
  })
  .refine(({ at, fork }) => at === undefined || fork !== undefined, {
    path: ['at'],
    message: 'goes with --fork',
  })
  .refine(({ resume, fork }) => resume === undefined || fork === undefined, {
    path: ['fork'],
    message: 'goes on from an earlier entry, --resume from the last one: give one of them',
  })
export type DoInput = z.infer<typeof DoInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./do-command.ts')).doCommand

export default defineCommand({
  id: 'do',
  group: 'build',
  summary: 'give the agent a task ("do" may be left out)',
  arguments: [{ name: '[task...]', description: 'what to do; "@security …" names the agent' }],
  options: [
    {
      flags: '--json',
      description: 'one event a line on stdout; the last one has the outcome and the exit code',
    },
    { flags: '--model <name>', description: 'provider/model, or an alias' },
    { flags: '--agent <name>', description: 'an agent of the cast, or of this repository' },
    { flags: '--budget <amount>', description: '$2, 200k (tokens) or 30m; several with commas' },
    { flags: '--turns <n>', description: 'answers of the model, at most' },
    { flags: '--yes', description: 'allow what would be asked for; what is never allowed stays so' },
    { flags: '--read-only', description: 'change no file and run no command' },
    { flags: '--resume [session]', description: 'go on with a session: the newest, or the one named' },
    {
      flags: '--fork <session>',
      description: 'go on from an earlier entry of a session, with the files of then',
    },
    { flags: '--at <entry>', description: 'that entry; "plimsoll sessions show" lists them' },
  ],
  input: DoInput,
  load,
})
