import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import type { AgentDefinition } from '../../model/agent.ts'
import { readRepository } from '../activation/read-repository.ts'
import { route } from '../activation/route.ts'

export type ChosenAgent = {
  agent: AgentDefinition
  /** the task without the name of the agent */
  task: string
  /** why this one, where nobody named it */
  note: string | null
}

const DEFAULT = 'backend'

const byName = (agents: readonly AgentDefinition[], name: string): AgentDefinition => {
  const found = agents.find((agent) => agent.name === name.toLowerCase())
  if (found !== undefined) return found
  const close = nearest(
    name,
    agents.map((agent) => agent.name),
  )
  const candidates = close === null ? 'For the list: plimsoll agents' : `Did you mean "${close}"?`
  throw fault('E_UNKNOWN_ID', { id: name, candidates })
}

/**
 * The agent that a task is for: the one it begins with (`@security …`), the one that was given, or the one that its
 * words and the repository speak for; the backend agent where nothing is clear.
 * @throws E_UNKNOWN_ID
 */
export const chooseAgent = async (
  given: { root: string; task: string; agent: string | null },
  agents: readonly AgentDefinition[],
): Promise<ChosenAgent> => {
  const [, name, rest] = /^@([\w-]+)[\s,:]*([\s\S]*)$/.exec(given.task.trim()) ?? []
  if (name !== undefined) return { agent: byName(agents, name), task: (rest ?? '').trim(), note: null }
  if (given.agent !== null) return { agent: byName(agents, given.agent), task: given.task, note: null }
  const repository = readRepository(await openProject(given.root))
  const { chosen, why, ranking } = route({ task: given.task, repository, agents })
  if (chosen === null || why !== 'clear')
    return { agent: byName(agents, DEFAULT), task: given.task, note: null }
  const evidence = ranking.find(({ agent }) => agent === chosen)?.evidence.slice(0, 3) ?? []
  const note =
    chosen === DEFAULT ? null : `@${chosen} was chosen for ${evidence.map(({ what }) => what).join(', ')}.`
  return { agent: byName(agents, chosen), task: given.task, note }
}
