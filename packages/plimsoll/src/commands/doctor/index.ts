import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const DoctorInput = z.object({
  dir: z.string().default('.'),
  service: z.string().optional(),
  out: z.string().optional(),
  json: z.boolean().default(false),
})
export type DoctorInput = z.infer<typeof DoctorInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./doctor-command.ts')).doctorCommand

export default defineCommand({
  id: 'doctor',
  group: 'prove',
  summary: 'say what a proof would lack on this machine',
  arguments: [{ name: '[dir]', description: 'folder of the backend (default: this one)' }],
  options: [
    { flags: '--service <name>', description: 'which service of a monorepo' },
    { flags: '--out <dir>', description: 'where runs would be kept (default: .plimsoll/runs)' },
    { flags: '--json', description: 'print the checks as JSON' },
  ],
  input: DoctorInput,
  load,
})
