import { Readable, Writable } from 'node:stream'
import { ndJsonStream } from '../vendor/acp.ts'
import { type AcpSurface, openAgent } from './open-agent.ts'

/** Serves one editor over a pair of streams, until its end is closed or the signal aborts. */
export const serveStdio = async (
  surface: AcpSurface,
  { input, output }: { input: Readable; output: Writable },
  signal: AbortSignal,
): Promise<void> => {
  const { app, close } = openAgent(surface)
  const stream = ndJsonStream(Writable.toWeb(output), Readable.toWeb(input))
  const connection = app.connect(stream)
  const end = () => connection.close()
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  await connection.closed
  signal.removeEventListener('abort', end)
  await close()
}
