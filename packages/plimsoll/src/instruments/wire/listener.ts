import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SOCKET_OPTIONS } from './intake.ts'

/** Below the range that systems hand out for outgoing connections, so that a closed port stays free for us. */
const FIRST_PORT = 20_000
const PORTS = 12_000
const TRIES = 50
const AGAIN_MS = 20

export type Address = { host: string } | { path: string }

export type Listener = {
  /** 0 for a unix socket */
  readonly port: number
  /** stops listening: new connections are refused by the system */
  refuse(): void
  /** listens again at the same address */
  accept(): void
  close(): Promise<void>
}

type Place = { host: string; port: number } | { path: string; readableAll: true; writableAll: true }

/**
 * Listens on a free port of the host, or at the path, until told otherwise.
 * @param connected gets each connection paused
 */
export const openListener = async (
  address: Address,
  connected: (socket: Socket) => void,
): Promise<Listener> => {
  let wanted = true
  let busy: Promise<void> = Promise.resolve()
  const server = createServer({ ...SOCKET_OPTIONS, noDelay: true, pauseOnConnect: true }, (socket: Socket) =>
    connected(socket),
  )

  const listen = async (place: Place): Promise<boolean> => {
    if ('path' in place) await rm(place.path, { force: true })
    return new Promise((resolve) => {
      const end = (listening: boolean) => {
        server.off('listening', yes).off('error', no)
        resolve(listening)
      }
      const yes = () => end(true)
      const no = () => end(false)
      server.once('listening', yes).once('error', no)
      server.listen(place)
    })
  }

  const open = async (): Promise<Place> => {
    if ('path' in address) {
      const place: Place = { path: address.path, readableAll: true, writableAll: true }
      if (!(await listen(place))) throw new Error(`cannot listen at ${address.path}`)
      return place
    }
    for (let tries = 0; tries < TRIES; tries += 1) {
      const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
      if (await listen({ host: address.host, port })) return { host: address.host, port }
    }
    throw new Error(`no free port on ${address.host}`)
  }

  const place = await open()
  server.on('error', () => {})

  const settle = async () => {
    while (wanted && !server.listening && !(await listen(place))) await wait(AGAIN_MS)
  }

  const want = (listening: boolean) => {
    wanted = listening
    if (!listening && server.listening) server.close()
    busy = busy.then(settle)
    return busy
  }

  return {
    port: 'port' in place ? place.port : 0,
    refuse: () => void want(false),
    accept: () => void want(true),
    close: () => want(false),
  }
}
