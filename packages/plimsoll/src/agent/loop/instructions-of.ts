import type { AgentDefinition } from '../../model/agent.ts'

/** Sections that decide whether an agent is called, and with whom: they were read as data, and help nobody at work. */
const AS_DATA = /^(?:activation|collaboration)\b/i
const OF_SERVERS = /^mcp\b/i

/**
 * The body of a definition without what a session does not need. Only of our own cast: what others wrote is not ours
 * to shorten.
 * @param tools ids of the tools that the session has
 */
export const instructionsOf = (
  agent: Pick<AgentDefinition, 'dialect' | 'instructions'>,
  tools: readonly string[],
): string => {
  if (agent.dialect !== 'built-in') return agent.instructions
  const hasServers = tools.some((id) => id.startsWith('mcp:'))
  return agent.instructions
    .split(/^(?=## )/m)
    .filter((section) => {
      const title = section.replace(/^## /, '')
      return !AS_DATA.test(title) && (hasServers || !OF_SERVERS.test(title))
    })
    .join('')
}
