import { createServer, type IncomingMessage } from 'node:http'

export type Hit = { method: string; path: string; headers: Record<string, string>; atMs: number }

/** An HTTP server of ours on loopback that nobody has business with. */
export type Listener = {
  /** `http://127.0.0.1:41873` */
  origin: string
  /** everything it was asked, oldest first, the first 10,000 */
  hits(): Hit[]
  close(): Promise<void>
}

const MOST_HITS = 10_000

const flatten = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

/** Answers every request with 200 and this text, and writes down what it was asked. */
export const openListener = (text: string, nowMs: () => number): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const hits: Hit[] = []
    const server = createServer((request, response) => {
      const { method = 'GET', url: path = '/' } = request
      if (hits.length < MOST_HITS) hits.push({ method, path, headers: flatten(request), atMs: nowMs() })
      request.resume()
      response.writeHead(200, { 'content-type': 'text/html', connection: 'close' })
      response.end(`<!doctype html><title>${text}</title><p>${text}</p>\n`)
    })
    const close = () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      // The proof may end while it still listens.
      server.unref()
      resolve({ origin: `http://127.0.0.1:${port}`, hits: () => [...hits], close })
    })
  })
