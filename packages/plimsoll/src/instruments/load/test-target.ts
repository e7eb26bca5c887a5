import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createRawServer, type Server, type Socket } from 'node:net'
import type { LoadPlan } from './load.ts'

export type Target = {
  host: string
  port: number
  /** connections accepted so far */
  accepted(): number
  /** ends every connection at once, and takes no more */
  kill(): Promise<void>
}

export const watchTarget = async (server: Server): Promise<Target> => {
  const sockets = new Set<Socket>()
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    host: '127.0.0.1',
    port: address !== null && typeof address === 'object' ? address.port : 0,
    accepted: () => accepted,
    kill: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.resetAndDestroy()
      await closed
    },
  }
}

/** A real HTTP server. */
export const serve = (listener: RequestListener): Promise<Target> => watchTarget(createServer(listener))

/** A port where the test itself writes the answers: it is told of every request's head and body, whole. */
export const serveRaw = (answer: (socket: Socket, request: string) => void): Promise<Target> =>
  watchTarget(
    createRawServer({ noDelay: true }, (socket) => {
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes.toString('latin1')
        const end = text.indexOf('\r\n\r\n')
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
        if (end === -1 || text.length < end + 4 + length) return
        const request = text
        text = ''
        answer(socket, request)
      })
    }),
  )

/** A plan of one operation, `GET /`, changed as the test asks. */
export const planFor = (
  target: Pick<Target, 'host' | 'port'>,
  changes: Partial<LoadPlan> = {},
): LoadPlan => ({
  target: { host: target.host, port: target.port },
  protocol: 'http/1.1',
  operations: [{ name: 'GET /', weight: 1, requests: [{ method: 'GET', path: '/', headers: {} }] }],
  arrivals: { kind: 'constant', ratePerSecond: 100 },
  durationMs: 500,
  connections: 16,
  timeoutMs: 20_000,
  slowMs: 10_000,
  seed: 1,
  ...changes,
})
