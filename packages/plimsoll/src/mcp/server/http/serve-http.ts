import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fault } from '../../../base/errors/fault.ts'
import { createMcpHandler, isLegacyRequest, type McpServer } from '../../../vendor/mcp-server.ts'
import { openServer } from '../open-server.ts'
import type { Served } from '../surface.ts'
import { sendResponse, toRequest } from './exchange.ts'
import { turnAway } from './guard.ts'
import { openSessions } from './sessions.ts'

export type HttpServing = {
  /** `http://127.0.0.1:41873/mcp` */
  url: string
  close(): Promise<void>
}

export type HttpOptions = {
  /** 0: any that is free */
  port: number
  token: string
  /** one server for one connection; default: what the surface has */
  open?: () => McpServer
}

const PATH = '/mcp'

const notHere = () => new Response(`Only ${PATH} is served here.\n`, { status: 404 })

/**
 * Serves clients of both protocol ages on a loopback address, each request behind the token.
 * @throws E_USAGE where the port is taken
 */
export const serveHttp = async (
  served: Served,
  { port, token, open = () => openServer(served) }: HttpOptions,
): Promise<HttpServing> => {
  const sessions = openSessions(open)
  const modern = createMcpHandler(open, { legacy: 'reject', onerror: ({ message }) => served.log(message) })
  const unwatch = served.proofs.watch(({ ticket, run }) => {
    for (const id of [ticket, run]) if (id !== null) modern.notify.resourceUpdated(`plimsoll://runs/${id}`)
  })

  const answer = async (request: Request): Promise<Response> => {
    const refusal = turnAway(request, token)
    if (refusal !== null) return refusal
    if (new URL(request.url).pathname !== PATH) return notHere()
    return (await isLegacyRequest(request)) ? sessions.fetch(request) : modern.fetch(request)
  }

  const listener = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    try {
      await sendResponse(await answer(toRequest(incoming, gone.signal)), outgoing)
    } catch (thrown) {
      if (!gone.signal.aborted) served.log(thrown instanceof Error ? thrown.message : String(thrown))
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
    }
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', ({ message }) =>
      reject(fault('E_USAGE', { message: `--http: ${message}`, command: 'plimsoll mcp' })),
    )
    listener.listen(port, '127.0.0.1', resolve)
  })
  const address = listener.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}${PATH}`,
    close: async () => {
      unwatch()
      const ended = new Promise<void>((resolve) => listener.close(() => resolve()))
      await Promise.all([sessions.close(), modern.close()])
      listener.closeAllConnections()
      await ended
    },
  }
}
