import { hosts } from '../../hosts/catalogue.generated.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import type { AgentDefinition } from '../../model/agent.ts'
import { readDefinition } from './read-definition.ts'

/** The agents that come with the product, the one for backends first. */
export const CAST = ['backend', 'frontend', 'security', 'performance', 'devops'] as const

/** One of the built-in cast; null where there is none of that name. */
export const loadBuiltIn = (name: (typeof CAST)[number]): AgentDefinition | null => {
  const dialect = hosts.find(({ id }) => id === 'opencode')
  if (dialect === undefined) return null
  const raw = { file: `agents/${name}.md`, text: readAsset(`agents/${name}.md`) }
  const { definition } = readDefinition(dialect, raw)
  return definition === null ? null : { ...definition, dialect: 'built-in', file: null }
}

/** The built-in cast, read as any other agent is; written in the dialect of opencode. */
export const loadCast = (): AgentDefinition[] => CAST.flatMap((name) => loadBuiltIn(name) ?? [])
