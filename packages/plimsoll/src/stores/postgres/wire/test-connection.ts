import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import { FROM_APP, FROM_STORE, HEADER_BYTES, message, STARTUP } from './message.ts'

/** One message of the app, in the words of the protocol. */
export type Say =
  | { query: string }
  | { parse: string; name?: string }
  | { bind: string; values?: readonly (string | null)[]; binary?: readonly Buffer[] }
  | { describe: string }
  | { execute: string; rows?: number }
  | { copyData: string }
  | { copyFail: string }
  | { copyDone: true }
  | { sync: true }
  | { flush: true }

export const FETCH_ONE: Say = { execute: '', rows: 1 }

const FLUSH = 0x48

/** Parse, Bind, Execute: what clients send for a statement with parameters. */
export const extended = (sql: string, values: readonly string[] = []): readonly Say[] => [
  { parse: sql },
  { bind: '', values },
  { execute: '' },
]

const text = (value: string) => Buffer.from(`${value}\0`)
const int16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const bindBody = (statement: string, values: readonly (Buffer | null)[], format: number) =>
  Buffer.concat([
    ...[text(''), text(statement), int16(1), int16(format), int16(values.length)],
    ...values.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), value])),
    int16(0),
  ])

const encode = (say: Say): Buffer => {
  if ('query' in say) return message(FROM_APP.query, text(say.query))
  if ('parse' in say)
    return message(FROM_APP.parse, Buffer.concat([text(say.name ?? ''), text(say.parse), int16(0)]))
  if ('bind' in say) {
    const values =
      say.binary ?? (say.values ?? []).map((value) => (value === null ? null : Buffer.from(value)))
    return message(FROM_APP.bind, bindBody(say.bind, values, say.binary ? 1 : 0))
  }
  if ('describe' in say) return message(FROM_APP.describe, text(`S${say.describe}`))
  if ('execute' in say)
    return message(FROM_APP.execute, Buffer.concat([text(say.execute), int32(say.rows ?? 0)]))
  if ('copyData' in say) return message(FROM_APP.copyData, Buffer.from(say.copyData))
  if ('copyFail' in say) return message(FROM_APP.copyFail, text(say.copyFail))
  if ('copyDone' in say) return message(FROM_APP.copyDone, Buffer.alloc(0))
  if ('flush' in say) return message(FLUSH, Buffer.alloc(0))
  return message(FROM_APP.sync, Buffer.alloc(0))
}

export type Heard = { type: number; body: Buffer }

export type TestConnection = {
  socket: Duplex
  send(...says: readonly (Say | readonly Say[])[]): void
  /** every message since the connection was ready */
  heard(): readonly Heard[]
  /** resolves when the store has said so many more times that it is ready, with the state it said last */
  ready(times: number): Promise<string>
  cancel(): Promise<void>
  end(): void
}

/** A connection on which a test speaks message by message; `pg` only logs it in. */
export const openTestConnection = async (config: pg.ClientConfig): Promise<TestConnection> => {
  const client = new pg.Client(config)
  await client.connect()
  const socket = client.connection.stream
  const key = [Number(Reflect.get(client, 'processID')), Number(Reflect.get(client, 'secretKey'))]
  socket
    .removeAllListeners('data')
    .removeAllListeners('end')
    .removeAllListeners('close')
    .removeAllListeners('error')
  socket.on('error', () => {})
  const heard: Heard[] = []
  let rest: Buffer = Buffer.alloc(0)
  let awaited = 0
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEADER_BYTES && rest.length > rest.readInt32BE(1)) {
      const end = rest.readInt32BE(1) + 1
      heard.push({ type: rest[0] ?? 0, body: rest.subarray(HEADER_BYTES, end) })
      rest = rest.subarray(end)
    }
  })
  const readies = () => heard.filter((one) => one.type === FROM_STORE.ready)
  return {
    socket,
    heard: () => heard,
    send: (...says) => {
      socket.write(Buffer.concat(says.flat().map(encode)))
    },
    ready: async (times) => {
      awaited += times
      while (readies().length < awaited) await once(socket, 'data')
      return readies().at(-1)?.body.toString('latin1') ?? ''
    },
    cancel: async () => {
      const other = connect({ host: config.host ?? '', port: config.port ?? 0 })
      await once(other, 'connect')
      const [pid = 0, secret = 0] = key
      other.write(Buffer.concat([int32(16), int32(STARTUP.cancel), int32(pid), int32(secret)]))
      other.resume()
      await once(other, 'close')
    },
    end: () => {
      socket.destroy()
    },
  }
}
