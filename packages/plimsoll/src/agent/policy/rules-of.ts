import type { Enforcement } from '../../instruments/sandbox/shell.ts'
import type { AgentDefinition, Rule, ToolGrant } from '../../model/agent.ts'
import { type FloorOptions, floorRules } from './floor.ts'
import { matchesLine } from './glob.ts'
import type { Place, RuleSet } from './policy.ts'

/** What one definition says: the tools that exist for it, and what it permits them. */
export type Granted = { tools: readonly string[]; layer: readonly Rule[] }

const names = (list: readonly string[], id: string) => list.some((pattern) => matchesLine(pattern, id))

const isGranted = (grant: ToolGrant, id: string): boolean => {
  if (grant.kind === 'inherit') return true
  if (grant.kind === 'only') return names(grant.tools, id)
  const said = Object.entries(grant.tools).findLast(([pattern]) => matchesLine(pattern, id))
  return said?.[1] ?? true
}

/**
 * `true` in a definition means that the tool is there, and nothing more: what it may do is left to the permissions,
 * the other layers and the floor.
 * @param available ids of the tools that the session has
 */
export const rulesOf = (
  { tools, without, permissions }: Pick<AgentDefinition, 'tools' | 'without' | 'permissions'>,
  available: readonly string[],
): Granted => ({
  tools: available.filter((id) => isGranted(tools, id) && !names(without, id)),
  layer: permissions,
})

export type OpenRules = Omit<FloorOptions, 'masked'> & {
  place: Place
  /** what holds commands back here: `shell.enforcement` */
  enforcement: Enforcement
  /** rules of the person: configuration and command line */
  person: readonly Rule[]
  granted: Granted
}

/**
 * The rules of a session: `openRules({ place, enforcement: shell.enforcement, person, granted: rulesOf(agent, ids) })`.
 *
 * Programs run without asking where the sandbox keeps them from every store but the lab's, and are asked for where
 * nothing does; without anybody to ask, that is a refusal, which the person's rules may change.
 */
export const openRules = ({ place, enforcement, person, granted, ...floor }: OpenRules): RuleSet => {
  const held = enforcement.by !== 'none'
  return {
    floor: floorRules({ masked: held, ...floor }),
    layers: [person, granted.layer],
    tools: granted.tools,
    defaults: { executes: held ? 'allow' : 'ask' },
    place,
  }
}

/** The rules of a child: never more than its parent may, however wide its own definition is. */
export const intersect = (parent: RuleSet, { tools, layer }: Granted): RuleSet => ({
  ...parent,
  layers: [...parent.layers, layer],
  tools: tools.filter((id) => names(parent.tools, id)),
})
