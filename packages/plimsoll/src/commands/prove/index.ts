import { z } from 'zod'
import { parseDuration } from '../../base/time/parse-duration.ts'
import { MOST_ROWS } from '../../model/config.ts'
import { Severity } from '../../model/priority.ts'
import { defineCommand } from '../define.ts'

const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
)
const number = z.coerce.number({ error: 'wants a number' })
const duration = z.string().transform((text, { addIssue }) => {
  const seconds = parseDuration(text)
  if (seconds !== null) return seconds
  addIssue({ code: 'custom', message: 'wants a duration: 90s, 10m, 1h' })
  return z.NEVER
})

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
  rows: number
    .int('wants a whole number')
    .positive('wants more than 0')
    .max(MOST_ROWS, `wants ${MOST_ROWS} or less`)
    .optional(),
  rate: number.positive('wants more than 0').optional(),
  /** seconds */
  soak: duration.optional(),
  accessLog: z.string().optional(),
  failOn: Severity.optional(),
  strict: z.boolean().default(false),
  install: z.boolean().default(false),
  sandbox: z.boolean().default(false),
  service: z.string().optional(),
  out: z.string().optional(),
  json: z.boolean().default(false),
})
export type ProveInput = z.infer<typeof ProveInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./prove-command.ts')).proveCommand

export default defineCommand({
  id: 'prove',
  group: 'prove',
  summary: 'boot a backend in a disposable lab and prove what it promises',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    {
      flags: '--only <ids>',
      description: 'run only these experiments, standards or categories (comma separated)',
    },
    { flags: '--skip <ids>', description: 'leave these out' },
    {
      flags: '--budget <seconds>',
      description: 'end after that time, most important claims first (default: 600)',
    },
    { flags: '--seed <n>', description: 'seed of everything random (default: 1)' },
    { flags: '--rows <n>', description: 'fill each table up to that many rows before load is measured' },
    { flags: '--rate <n>', description: 'requests a second that response times are judged at' },
    { flags: '--soak <duration>', description: 'also send load that long and look for leaks: 90s, 10m, 1h' },
    {
      flags: '--access-log <file>',
      description: 'weigh the operations as this log does (common, combined or JSON lines)',
    },
    {
      flags: '--fail-on <severity>',
      description: 'lowest severity that fails: critical, high, medium, low (default: low)',
    },
    { flags: '--strict', description: 'fail (exit 4) when something stays inconclusive' },
    { flags: '--install', description: "install the backend's dependencies, in the lab's own copy" },
    {
      flags: '--sandbox',
      description: "hold what is booted to the lab's own files, where the system can do so",
    },
    { flags: '--service <name>', description: 'which service of a monorepo' },
    { flags: '--out <dir>', description: 'where runs are kept (default: .plimsoll/runs)' },
    { flags: '--json', description: 'print the Run as JSON' },
  ],
  input: ProveInput,
  load,
})
