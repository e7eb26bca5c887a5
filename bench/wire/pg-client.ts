import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Endpoint } from '../../packages/plimsoll/src/stores/define.ts'
import { type Figures, percentile } from './figures.ts'

/** `values` empty stands for one that changes with every statement. */
export type Query = { text: string; name?: string; values?: readonly [] }

export type PgClient = {
  run(at: Endpoint, connections: number, statements: number, query: Query): Promise<Figures>
  close(): void
}

/** The load of Node's most used client, in a process of its own, so that it does not share a thread with a proxy. */
export const openPgClient = (): PgClient => {
  const child = fork(fileURLToPath(new URL('pg-client.js', import.meta.url)))
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the client ended with ${code}`)
  })
  ended.catch(() => {})
  return {
    run: async (at, connections, statements, query) => {
      child.send({ at, connections, statements, query })
      const [answer] = await Promise.race([once(child, 'message'), ended])
      const { perSecond, tookUs } = answer as { perSecond: number; tookUs: number[] }
      tookUs.sort((one, other) => one - other)
      return { perSecond, p50Us: percentile(tookUs, 0.5), p99Us: percentile(tookUs, 0.99) }
    },
    close: () => child.disconnect(),
  }
}
