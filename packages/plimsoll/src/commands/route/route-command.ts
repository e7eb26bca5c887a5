import { resolve } from 'node:path'
import { readRepository } from '../../agent/activation/read-repository.ts'
import { pathsIn, route } from '../../agent/activation/route.ts'
import { loadDefinitions } from '../../agent/definitions/load-definitions.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { CommandContext } from '../define.ts'
import type { RouteInput } from './index.ts'
import { renderRouted } from './render-routed.ts'

/** `plimsoll route`: who should do it. Always ends with 0: not knowing is an answer. */
export const routeCommand = async (
  { task: words, dir, files, json }: RouteInput,
  { cwd, stdout }: CommandContext,
): Promise<number> => {
  const root = resolve(cwd, dir)
  const task = words.join(' ')
  const project = await openProject(root)
  const { definitions } = await loadDefinitions(root)
  const repository = readRepository(project, [...files, ...pathsIn(task)])
  const routed = route({ task, files, repository, agents: definitions })
  stdout.write(json ? `${JSON.stringify(routed, null, 2)}\n` : renderRouted(routed, stdout.columns ?? 80))
  return 0
}
