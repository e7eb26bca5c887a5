import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Sentinel } from './gauge.ts'

/** Plain JavaScript, because it must start from the sources as well as from the build. */
const PROGRAM = fileURLToPath(new URL('../../../bin/sentinel.js', import.meta.url))

/** Starts an echo server on a port of 127.0.0.1, in a thread that does nothing else. It never keeps us alive. */
export const openSentinel = async (): Promise<Sentinel> => {
  const worker = new Worker(PROGRAM, { execArgv: [], env: {}, stderr: true })
  const [said] = await once(worker, 'message')
  worker.on('error', () => {})
  worker.unref()
  return {
    host: '127.0.0.1',
    port: Number(said),
    close: async () => {
      await worker.terminate()
    },
  }
}
