import { z } from 'zod'
import { defineCommand } from '../define.ts'

const words = z.string().transform((text) => text.split(',').filter((word) => word !== ''))

export const HandoffInput = z.object({
  for: z.string().optional(),
  dir: z.string().default('.'),
  only: words.default([]),
  run: z.string().optional(),
  service: z.string().optional(),
  out: z.string().optional(),
  list: z.boolean().default(false),
})
export type HandoffInput = z.infer<typeof HandoffInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./handoff-command.ts')).handoffCommand

export default defineCommand({
  id: 'handoff',
  group: 'build',
  summary: 'write contract, threat model, manifests, runbook and more',
  arguments: [{ name: '[for]', description: 'frontend, security, performance or devops (default: all)' }],
  options: [
    { flags: '--dir <dir>', description: 'folder of the backend (default: this one)' },
    { flags: '--only <ids>', description: 'only these artifacts (comma separated); --list names them' },
    { flags: '--run <run>', description: 'figures of this Run (default: the newest here)' },
    { flags: '--service <name>', description: 'which service of a monorepo' },
    { flags: '--out <dir>', description: 'where they are written (default: .plimsoll/handoff)' },
    { flags: '--list', description: 'say what there is, and write nothing' },
  ],
  input: HandoffInput,
  load,
})
