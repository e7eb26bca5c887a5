import type { Readable, Writable } from 'node:stream'
import { StdioServerTransport, serveStdio as serveConnection } from '../../vendor/mcp-server.ts'
import { openServer } from './open-server.ts'
import type { Served } from './surface.ts'

export type Streams = { input: Readable; output: Writable }

const endOf = (input: Readable, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => resolve()
    if (signal.aborted || input.destroyed || input.readableEnded) return end()
    input.once('end', end)
    input.once('close', end)
    signal.addEventListener('abort', end, { once: true })
  })

/** Serves one client over a pair of streams, until its end is closed or the signal aborts. */
export const serveStdio = async (
  served: Served,
  { input, output }: Streams,
  signal: AbortSignal,
): Promise<void> => {
  const ended = endOf(input, signal)
  const connection = serveConnection(() => openServer(served), {
    transport: new StdioServerTransport(input, output),
    onerror: (error) => served.log(error.message),
  })
  await ended
  await connection.close()
}
