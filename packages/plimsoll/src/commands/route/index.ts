import { z } from 'zod'
import { defineCommand } from '../define.ts'

export const RouteInput = z.object({
  task: z.array(z.string()).min(1, 'wants the task in words'),
  dir: z.string().default('.'),
  files: z
    .string()
    .transform((text) => text.split(',').filter((file) => file !== ''))
    .default([]),
  json: z.boolean().default(false),
})
export type RouteInput = z.infer<typeof RouteInput>

/** Lazy, so that the other words stay fast. Not inline: tsc rewrites no import inside a default export. */
const load = async () => (await import('./route-command.ts')).routeCommand

export default defineCommand({
  id: 'route',
  group: 'connect',
  summary: 'say which agent a task is for, and why',
  arguments: [{ name: '<task...>', description: 'the task, in words; "@name" chooses that agent' }],
  options: [
    { flags: '--dir <dir>', description: 'folder of the repository (default: this one)' },
    { flags: '--files <files>', description: 'files that it is about (comma separated)' },
    { flags: '--json', description: 'print ranking, scores and evidence as JSON' },
  ],
  input: RouteInput,
  load,
})
