import { z } from 'zod'
import { defineCommand } from '../define.ts'

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./report.ts')).report

export default defineCommand({
  id: 'report',
  group: 'prove',
  summary: 'show a Run again, in another form or in the browser',
  arguments: [
    { name: '[run]', description: 'its folder, its run.json or its id; the newest one here when absent' },
  ],
  options: [
    { flags: '--format <format>', description: 'terminal, markdown, html or json' },
    { flags: '--open', description: 'open the HTML report in the browser' },
    { flags: '-o, --out <file>', description: 'write it to this file' },
  ],
  input: z.strictObject({
    run: z.string().optional(),
    format: z.string().optional(),
    open: z.boolean().optional(),
    out: z.string().optional(),
  }),
  load,
})
