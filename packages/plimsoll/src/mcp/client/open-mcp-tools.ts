import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { AgentFacts } from '../../model/agent.ts'
import type { AgentWishes } from '../../model/config.ts'
import type { Tool } from '../../tools/define.ts'
import { avoidedTool } from './avoided-tool.ts'
import { type Chosen, chooseServers } from './choose-servers.ts'
import { type Connection, type Limits, openConnection } from './open-connection.ts'
import { toolOf } from './tool-of.ts'
import { degrade, type SearchPatterns } from './workflow/degrade.ts'
import { type ReachedServer, workflowTools } from './workflow/workflow-tools.ts'

export type OpenMcpTools = {
  /** absolute folder of the workspace: programs start there */
  root: string
  signal: AbortSignal
  redact(text: string): string
  /** the built-in pattern library */
  searchPatterns: SearchPatterns
  limits?: Limits
}

export type McpTools = {
  /** those of preferred servers first */
  tools: readonly Tool[]
  /** sentences for the person: what is not used, and what could not be reached */
  notes: readonly string[]
  close(): Promise<void>
}

const reach = async (
  chosen: Chosen,
  connection: Connection,
  { signal, redact }: OpenMcpTools,
): Promise<ReachedServer> => {
  try {
    return { chosen, connection, listed: await connection.list(signal), note: null }
  } catch (thrown) {
    signal.throwIfAborted()
    const note = redact(thrown instanceof Error ? thrown.message : String(thrown))
    return { chosen, connection, listed: [], note }
  }
}

const STANDS_IN = 'The built-in pattern library stands in for it.'

const noteOnAvoided = ({ name, preference }: Chosen) =>
  `${name} is not started: the definition avoids ${preference?.server ?? name}${preference?.reason ? ` (${preference.reason})` : ''}.`

/**
 * Tools of the servers that the configuration names, as the definition prefers them: those it avoids are never
 * started. Servers are started here, because only they know their tools; each is started once more if it leaves.
 *
 * **Contract:** throws only where the signal aborts; a server that cannot be reached is a note. `close` ends all of
 * them, and so does any end of ours.
 */
export const openMcpTools = async (
  servers: AgentWishes['mcp'],
  facts: Pick<AgentFacts, 'mcp'>,
  options: OpenMcpTools,
): Promise<McpTools> => {
  const chosen = chooseServers(servers ?? {}, facts.mcp)
  const wanted = chosen.filter(({ rank }) => rank !== 'avoided')
  const avoided = chosen.filter(({ rank }) => rank === 'avoided')
  const supervisor = wanted.some(({ wish }) => 'command' in wish) ? await openSupervisor() : null
  const place = {
    root: options.root,
    supervisor,
    ...(options.limits !== undefined && { limits: options.limits }),
  }
  const connections = wanted.map((one) => ({ one, connection: openConnection(one, place) }))
  const close = async () => {
    await Promise.all(connections.map(({ connection }) => connection.close()))
    await supervisor?.close()
  }
  try {
    const reached = await Promise.all(
      connections.map(({ one, connection }) => reach(one, connection, options)),
    )
    const { redact, searchPatterns } = options
    const otherwise = degrade(searchPatterns)
    const own = reached.flatMap(({ listed, ...server }) =>
      listed.map((remote) => toolOf(remote, server.chosen, { ...server, redact, otherwise })),
    )
    const missing = reached.flatMap(({ note }) => (note === null ? [] : [`${note}. ${STANDS_IN}`]))
    return {
      tools: [...workflowTools(reached, options), ...own, ...avoided.map(avoidedTool)],
      notes: [...missing, ...avoided.map(noteOnAvoided)],
      close,
    }
  } catch (thrown) {
    await close()
    throw thrown
  }
}
