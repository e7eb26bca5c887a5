import { randomUUID } from 'node:crypto'
import { type McpServer, WebStandardStreamableHTTPServerTransport } from '../../../vendor/mcp-server.ts'
import { keepEvents } from './event-store.ts'

const MOST_SESSIONS = 64
const RETRY_MS = 1_000

type Session = { server: McpServer; transport: WebStandardStreamableHTTPServerTransport }

export type Sessions = { fetch(request: Request): Promise<Response>; close(): Promise<void> }

const refuse = (status: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', id: null, error: { code: -32_001, message } }, { status })

/** Clients that speak the protocol of 2025: each begins with a handshake and has a server of its own until it leaves. */
export const openSessions = (open: () => McpServer): Sessions => {
  const sessions = new Map<string, Session>()

  const end = async (id: string) => {
    const session = sessions.get(id)
    sessions.delete(id)
    await session?.server.close()
  }

  const begin = async (request: Request): Promise<Response> => {
    const server = open()
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: keepEvents(),
      retryInterval: RETRY_MS,
      onsessioninitialized: async (id) => {
        sessions.set(id, { server, transport })
        const [oldest] = sessions.keys()
        if (sessions.size > MOST_SESSIONS && oldest !== undefined) await end(oldest)
      },
      onsessionclosed: (id) => {
        sessions.delete(id)
      },
    })
    await server.connect(transport)
    const response = await transport.handleRequest(request)
    // What was no handshake leaves no session behind.
    if (transport.sessionId === undefined) await server.close()
    return response
  }

  return {
    fetch: async (request) => {
      const id = request.headers.get('mcp-session-id')
      if (id === null) return begin(request)
      const session = sessions.get(id)
      if (session === undefined) return refuse(404, 'This session is not known here: begin a new one.')
      return session.transport.handleRequest(request)
    },
    close: async () => {
      await Promise.all([...sessions.keys()].map(end))
    },
  }
}
