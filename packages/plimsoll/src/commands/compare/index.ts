import { z } from 'zod'
import { defineCommand } from '../define.ts'

const number = z.coerce.number({ error: 'wants a number' })

export const CompareInput = z.object({
  a: z.string(),
  b: z.string(),
  dir: z.string().default('.'),
  seconds: number.min(60, 'wants 60 or more: two rounds take that long').default(120),
  margin: number.positive('wants more than 0').max(100, 'wants 100 or less').default(5),
  seed: number
    .int('wants a whole number')
    .min(0, 'wants 0 or more')
    .max(2 ** 31, 'wants 2147483648 or less')
    .default(1),
  service: z.string().optional(),
  install: z.boolean().default(false),
  strict: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type CompareInput = z.infer<typeof CompareInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./compare-command.ts')).compareCommand

export default defineCommand({
  id: 'compare',
  group: 'prove',
  summary: 'say whether one state of the code is slower than another',
  arguments: [
    { name: '<a>', description: 'a saved Run, or a commit, branch or tag; . is the working tree' },
    { name: '<b>', description: 'the other one, of the same kind' },
  ],
  options: [
    { flags: '--dir <dir>', description: 'folder of the backend (default: this one)' },
    { flags: '--seconds <n>', description: 'longest time to measure, without booting (default: 120)' },
    { flags: '--margin <percent>', description: 'a difference inside of it is none (default: 5)' },
    { flags: '--seed <n>', description: 'seed of everything random (default: 1)' },
    { flags: '--service <name>', description: 'which service of a monorepo' },
    { flags: '--install', description: "install the backend's dependencies, in the lab's own copies" },
    { flags: '--strict', description: 'fail (exit 4) when it cannot be told' },
    { flags: '--json', description: 'print the comparison as JSON' },
  ],
  input: CompareInput,
  load,
})
