import { z } from 'zod'
import { Severity } from '../../model/priority.ts'
import { defineCommand } from '../define.ts'

const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
)
const number = z.coerce.number({ error: 'wants a number' })

export const ProveInput = z.object({
  dir: z.string().default('.'),
  only: words.default([]),
  skip: words.default([]),
  seed: number
    .int('wants a whole number')
    .min(0, 'wants 0 or more')
    .max(2 ** 31, 'wants 2147483648 or less')
    .default(1),
  budget: number.positive('wants more than 0').optional(),
  failOn: Severity.optional(),
  strict: z.boolean().default(false),
  install: z.boolean().default(false),
  service: z.string().optional(),
  out: z.string().optional(),
  json: z.boolean().default(false),
})
export type ProveInput = z.infer<typeof ProveInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./prove-command.ts')).proveCommand

export default defineCommand({
  id: 'prove',
  summary: 'boot a backend in a disposable lab and prove, or refute, what it promises',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    {
      flags: '--only <ids>',
      description: 'run only these experiments, standards or categories (comma separated)',
    },
    { flags: '--skip <ids>', description: 'leave these out' },
    {
      flags: '--budget <seconds>',
      description: 'end after that time, most important claims first (default: 300)',
    },
    { flags: '--seed <n>', description: 'seed of everything random (default: 1)' },
    {
      flags: '--fail-on <severity>',
      description: 'lowest severity that fails: critical, high, medium, low (default: low)',
    },
    { flags: '--strict', description: 'fail (exit 4) when something stays inconclusive' },
    { flags: '--install', description: "install the backend's dependencies, in the lab's own copy" },
    { flags: '--service <name>', description: 'which service of a monorepo' },
    { flags: '--out <dir>', description: 'where runs are kept (default: .plimsoll/runs)' },
    { flags: '--json', description: 'print the Run as JSON' },
  ],
  input: ProveInput,
  load,
})
