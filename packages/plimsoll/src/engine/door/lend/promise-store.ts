import { randomInt } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '../../../instruments/port/free-port.ts'
import type { Endpoint, StoreDatabase } from '../../../stores/define.ts'

/** An address that is given out at once, and becomes true when somebody first connects to it. */
export type Promised = {
  endpoint: Endpoint
  /** the database itself, started if nobody has connected yet */
  database(): Promise<StoreDatabase>
  isStarted(): boolean
  close(): Promise<void>
}

const LAB_LOGIN = 'lab'
const LETTERS = 'abcdefghijkmnpqrstuvwxyz'

/** It guards nothing that is not thrown away, so that it may be read: letters alone are not taken for a secret. */
const madePassword = () =>
  Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)] ?? 'a').join('')

/**
 * Listens on a loopback port of its own; the first connection has the store started, and all wait for it.
 * @param start is called once, with the login that was promised
 */
export const promiseStore = async (
  start: (login: Pick<Endpoint, 'user' | 'password' | 'database'>) => Promise<StoreDatabase>,
): Promise<Promised> => {
  const login = { user: LAB_LOGIN, password: madePassword(), database: LAB_LOGIN }
  const open = new Set<Socket>()
  let started: Promise<StoreDatabase> | null = null
  const database = () => {
    started ??= start(login).catch((thrown: unknown) => {
      started = null
      throw thrown
    })
    return started
  }
  const serve = async (client: Socket) => {
    const { endpoint } = await database()
    if (endpoint === null || client.destroyed) return void client.destroy()
    const upstream = connect(endpoint)
    upstream.on('error', () => client.destroy())
    upstream.on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
    client.pipe(upstream).pipe(client)
  }
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => {})
    client.once('close', () => open.delete(client))
    serve(client).catch(() => client.destroy())
  })
  const port = await freePort()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  server.unref()
  return {
    endpoint: { host: '127.0.0.1', port, ...login },
    database,
    isStarted: () => started !== null,
    close: async () => {
      server.close()
      for (const socket of open) socket.destroy()
      await started?.catch(() => undefined)
    },
  }
}
