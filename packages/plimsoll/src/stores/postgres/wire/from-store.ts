import { readError } from './error-response.ts'
import type { Blindness } from './from-client.ts'
import type { Ledger } from './ledger.ts'
import { byType, FROM_STORE, HEADER_BYTES } from './message.ts'

const MESSAGE_LIMIT = 0x40000000
const KEEP_BYTES = 64 * 1024
const EMPTY = Buffer.alloc(0)

const STATES: Readonly<Record<number, 'I' | 'T' | 'E'>> = { 73: 'I', 84: 'T', 69: 'E' }

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39

/** The number at the end of a command tag: `INSERT 0 3`, `SELECT 12`; null for commands that count nothing. */
const rowsOf = (bytes: Buffer, start: number, end: number): number | null => {
  let rows = 0
  let unit = 1
  let at = end - 2
  for (; at >= start; at -= 1) {
    const digit = bytes[at] ?? 0
    if (digit < ZERO || digit > NINE) break
    rows += (digit - ZERO) * unit
    unit *= 10
  }
  return unit > 1 && (at < start || bytes[at] === SPACE) ? rows : null
}

const typesOf = (body: Buffer): number[] =>
  Array.from({ length: Math.max(0, Math.floor((body.length - 2) / 4)) }, (_, index) =>
    body.readUInt32BE(2 + 4 * index),
  )

/** The body is from `start` up to, not including, `end`. */
type Heard = (ledger: Ledger, bytes: Buffer, start: number, end: number) => void

/** Messages whose body is read; every other one is stepped over. */
const HEARD = byType<Heard>([
  [
    FROM_STORE.commandComplete,
    (ledger, bytes, start, end) => ledger.answered({ rows: rowsOf(bytes, start, end) }),
  ],
  [FROM_STORE.emptyQuery, (ledger) => ledger.answered({})],
  [FROM_STORE.functionResult, (ledger) => ledger.answered({})],
  [FROM_STORE.portalSuspended, (ledger) => ledger.suspended()],
  [FROM_STORE.parseComplete, (ledger) => ledger.parsed()],
  [
    FROM_STORE.parameterDescription,
    (ledger, bytes, start, end) => ledger.described(typesOf(bytes.subarray(start, end))),
  ],
  [FROM_STORE.copyIn, (ledger) => ledger.copyIn()],
  [FROM_STORE.copyBoth, (ledger) => ledger.copyIn()],
  [FROM_STORE.error, (ledger, bytes, start, end) => ledger.failed(readError(bytes.subarray(start, end)))],
  [
    FROM_STORE.backendKeyData,
    (ledger, bytes, start, end) => {
      if (end - start >= 4) ledger.session(bytes.readInt32BE(start))
    },
  ],
  [FROM_STORE.ready, (ledger, bytes, start) => ledger.ready(STATES[bytes[start] ?? 0] ?? 'I')],
])

export type StoreStream = {
  /** looks at a chunk; returns what to relay */
  relay(chunk: Buffer): Buffer
  /** no message is half relayed */
  between(): boolean
}

/** Steps from message to message of the store's stream, and replaces the errors that we ordered. */
export const createStoreStream = (ledger: Ledger, blindness: Blindness): StoreStream => {
  const header = Buffer.alloc(HEADER_BYTES)
  /** of the header now arriving: bytes that are here, and bytes that are relayed */
  let headerBytes = 0
  let headerSent = 0
  let inMessage = false
  let left = 0
  let heard: Heard | undefined
  let body: Buffer[] = []
  let bodyBytes = 0
  let dropping = false
  /** what to relay, piece by piece, while an error may have to be replaced; null: the chunk as it is */
  let out: Buffer[] | null = null

  const begin = (head: Buffer, at: number) => {
    const type = head[at] ?? 0
    const length = head.readUInt32BE(at + 1)
    if (length < 4 || length > MESSAGE_LIMIT) {
      blindness.begin('a message of the store that cannot be framed')
    }
    inMessage = true
    left = Math.max(0, length - 4)
    if (type === FROM_STORE.dataRow) ledger.row()
    else heard = HEARD[type]
    const refusal = type === FROM_STORE.error && out ? ledger.takeRefusal() : null
    if (refusal) {
      out?.push(refusal)
      heard = undefined
      dropping = true
    } else {
      out?.push(Buffer.from(head.subarray(at + headerSent, at + HEADER_BYTES)))
    }
    headerBytes = 0
    headerSent = 0
  }

  const readHeader = (chunk: Buffer, at: number): number => {
    if (headerBytes === 0 && chunk.length - at >= HEADER_BYTES) {
      begin(chunk, at)
      return at + HEADER_BYTES
    }
    const take = Math.min(HEADER_BYTES - headerBytes, chunk.length - at)
    chunk.copy(header, headerBytes, at, at + take)
    headerBytes += take
    if (headerBytes === HEADER_BYTES) begin(header, 0)
    return at + take
  }

  const readBody = (chunk: Buffer, at: number): number => {
    const take = Math.min(left, chunk.length - at)
    if (take > 0) {
      const part = take === chunk.length ? chunk : chunk.subarray(at, at + take)
      if (!dropping) out?.push(part)
      if (heard && bodyBytes < KEEP_BYTES) {
        // The memory of a chunk is read into again, so what must wait for the rest is put aside.
        body.push(left > take ? Buffer.from(part) : part)
        bodyBytes += take
      }
    }
    left -= take
    return at + take
  }

  const finish = () => {
    inMessage = false
    dropping = false
    if (!heard) return
    const hear = heard
    const whole = body.length === 1 ? (body[0] ?? EMPTY) : Buffer.concat(body)
    heard = undefined
    body = []
    bodyBytes = 0
    hear(ledger, whole, 0, whole.length)
  }

  /** Steps over a body that nobody reads without making anything of it. */
  const skip = (chunk: Buffer, at: number): number => {
    const take = Math.min(left, chunk.length - at)
    left -= take
    return at + take
  }

  /** Steps over messages that are here as a whole; returns where the first other one begins. */
  const stride = (chunk: Buffer): number => {
    let at = 0
    while (at + HEADER_BYTES <= chunk.length) {
      const length = chunk.readUInt32BE(at + 1)
      const end = at + 1 + length
      if (length < 4 || end > chunk.length) break
      const type = chunk[at] ?? 0
      if (type === FROM_STORE.dataRow) ledger.row()
      else HEARD[type]?.(ledger, chunk, at + HEADER_BYTES, end)
      at = end
    }
    return at
  }

  const relay = (chunk: Buffer): Buffer => {
    if (blindness.is()) return chunk
    out = ledger.refusing() || dropping || headerSent < headerBytes ? [] : null
    let at = out === null && !inMessage && headerBytes === 0 ? stride(chunk) : 0
    while (at < chunk.length && !blindness.is()) {
      if (!inMessage) at = readHeader(chunk, at)
      if (!inMessage) break
      at = heard || out ? readBody(chunk, at) : skip(chunk, at)
      if (left === 0) finish()
    }
    if (out === null) {
      headerSent = headerBytes
      return chunk
    }
    if (blindness.is()) out.push(chunk.subarray(at))
    return Buffer.concat(out)
  }

  return { relay, between: () => !inMessage && headerBytes === 0 }
}
