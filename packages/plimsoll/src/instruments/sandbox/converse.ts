import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { z } from 'zod'
import { listenAt } from './open-door.ts'

/** What the program inside tells; see bin/sandbox.js. */
const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('output'), id: z.string(), text: z.string() }),
  z.object({
    kind: z.literal('exit'),
    id: z.string(),
    code: z.number().nullable(),
    signal: z.string().nullable(),
    timedOut: z.boolean(),
    ports: z.array(z.number()),
    left: z.number(),
  }),
  z.object({ kind: z.literal('started'), id: z.string(), ports: z.array(z.number()), alive: z.boolean() }),
  z.object({ kind: z.literal('background'), id: z.string(), ports: z.array(z.number()), alive: z.boolean() }),
  z.object({ kind: z.literal('killed'), id: z.string() }),
  z.object({ kind: z.literal('refused'), label: z.string() }),
])
export type Told = z.infer<typeof Told>

export type InnerDoor = { port: number; socket?: string; label?: string }

export type Order =
  | { kind: 'listen'; doors: readonly InnerDoor[] }
  | {
      kind: 'run' | 'start'
      id: string
      shell: string
      command: string
      dir: string
      env: Readonly<Record<string, string>>
      timeoutMs?: number
      stays?: boolean
    }
  | { kind: 'kill'; id: string }

export type Conversation = {
  send(order: Order): void
  /** resolves when the other side is gone */
  ended: Promise<void>
  close(): void
}

/**
 * Waits at a socket for the program inside, and takes one caller only: a command cannot take its place.
 * @param start starts that program; it ends with the conversation
 * @param gone resolves with a reason when it ended before it called
 */
export const converse = async (
  path: string,
  start: () => { gone: Promise<string> },
  onTold: (told: Told) => void,
): Promise<Conversation> => {
  const server = createServer()
  const called = once(server, 'connection')
  const door = await listenAt(path, server)
  const { gone } = start()
  const caller = await Promise.race([
    called.then(([socket]): Socket => socket),
    gone.then((reason) => Promise.reject(new Error(reason))),
  ]).catch((thrown: unknown) => {
    door.close()
    throw thrown
  })
  server.close()
  let rest = ''
  caller.setEncoding('utf8')
  caller.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const told = Told.safeParse(JSON.parse(line))
      if (told.success) onTold(told.data)
    }
  })
  const ended = once(caller, 'close').then(() => undefined)
  return {
    send: (order) => {
      caller.write(`${JSON.stringify(order)}\n`)
    },
    ended,
    close: () => door.close(),
  }
}
