import type { AgentWishes, McpServerWish } from '../model/config.ts'
import type { McpServer } from '../vendor/acp.ts'

const recordOf = (pairs: readonly { name: string; value: string }[]) =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value]))

const wishOf = (server: McpServer): McpServerWish => {
  if ('command' in server) return { command: server.command, args: server.args, env: recordOf(server.env) }
  return { url: server.url, headers: recordOf(server.headers) }
}

/** Servers of tools that the editor hands over, as the configuration would name them. */
export const editorServers = (servers: readonly McpServer[]): AgentWishes['mcp'] =>
  servers.length === 0
    ? undefined
    : Object.fromEntries(servers.map((server) => [server.name, wishOf(server)]))
