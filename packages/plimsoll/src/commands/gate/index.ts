import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const HOOK_HOSTS = ['claude-code', 'cursor', 'gemini', 'codex', 'copilot', 'opencode'] as const
export type HookHost = (typeof HOOK_HOSTS)[number]

export const GateInput = z.object({
  dir: z.string().default('.'),
  since: z.string().optional(),
  hook: z.enum(HOOK_HOSTS, { error: `takes ${HOOK_HOSTS.join(', ')}` }).optional(),
  budget: z.coerce.number({ error: 'wants a number' }).positive('wants more than 0').default(480),
  prove: z.boolean().default(true),
  json: z.boolean().default(false),
})
export type GateInput = z.infer<typeof GateInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./gate-command.ts')).gateCommand

export default defineCommand({
  id: 'gate',
  group: 'build',
  summary: 'say whether what was changed is proven; prove what is not',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    {
      flags: '--since <ref>',
      description:
        'what the work is held against (default: where this branch left the default one; without a remote, the last whole proof, or a day ago)',
    },
    {
      flags: '--hook <host>',
      description: `answer as a stop hook of ${HOOK_HOSTS.join(', ')}: reads its JSON, and prints ours`,
    },
    { flags: '--budget <seconds>', description: 'longest time to prove what lacks evidence (default: 480)' },
    { flags: '--no-prove', description: 'run nothing: only look for evidence that is there' },
    { flags: '--json', description: 'print what is due and what is known of it as JSON' },
  ],
  input: GateInput,
  load,
})
