import type { ClientUnit } from '../../../instruments/wire/protocol.ts'
import type { StatementRecord } from '../../../model/evidence.ts'
import { byType, FROM_APP, HEADER_BYTES, type Reader, STARTUP } from './message.ts'

const NOTHING = Buffer.alloc(0)
const NO: Buffer = Buffer.from('N')
const STARTUP_BYTES = 8
const STARTUP_LIMIT = 10_000
const MESSAGE_LIMIT = 0x40000000
const TLS_RECORD = 0x16

/** `opening` means nothing until another follows: it travels with that one, so that a gate holds it too. */
const ROLES = byType<'opening' | 'executing'>([
  [FROM_APP.parse, 'opening'],
  [FROM_APP.bind, 'opening'],
  [FROM_APP.describe, 'opening'],
  [FROM_APP.close, 'opening'],
  [FROM_APP.execute, 'executing'],
  [FROM_APP.query, 'executing'],
  [FROM_APP.functionCall, 'executing'],
])

export type ClientStream = {
  /** @param whole nobody asks about single statements: what is understood may be one unit */
  units(chunk: Buffer, whole: boolean): ClientUnit[]
  /** the app asked for TLS, was told no, and has said nothing since */
  wantsTls(): boolean
  /** the first message has come */
  started(): boolean
}

/** Whether both streams of the connection have become bytes and nothing more. */
export type Blindness = { is(): boolean; begin(reason: string): void }

type Heard = (type: number, reader: Reader) => StatementRecord[]

const NONE: StatementRecord[] = []

/**
 * Cuts the app's stream into units in place. A unit is a statement with all that prepares it, or plumbing.
 * Requests for TLS are answered with "no", so that the bytes stay readable.
 */
export const createClientStream = (heard: Heard, blindness: Blindness): ClientStream => {
  let started = false
  let tlsRefused = false
  /** bytes not yet given out, and how many of them are understood */
  let kept: Buffer[] = []
  let keptBytes = 0
  let understood = 0
  let neededBytes = 0
  /** bytes left of copy data that already is on its way */
  let streaming = 0

  /** Length of the message at that place, 0 while too little of it is here; negative when it is no message. */
  const lengthAt = (bytes: Buffer, at: number): number => {
    const left = bytes.length - at
    if (!started) {
      if (bytes[at] === TLS_RECORD) return -1
      if (left < STARTUP_BYTES) return 0
      const length = bytes.readInt32BE(at)
      return length >= STARTUP_BYTES && length <= STARTUP_LIMIT ? length : -1
    }
    if (left < HEADER_BYTES) return 0
    const length = bytes.readInt32BE(at + 1)
    return length >= 4 && length <= MESSAGE_LIMIT ? length + 1 : -1
  }

  /** What we answer in the place of the store, or null when the message goes on to it. */
  const start = (bytes: Buffer, at: number): Buffer | null => {
    const code = bytes.readInt32BE(at + 4)
    if (code === STARTUP.tls || code === STARTUP.gss) {
      tlsRefused = code === STARTUP.tls
      return NO
    }
    started = true
    tlsRefused = false
    if (code >> 16 !== STARTUP.protocol3 && code !== STARTUP.cancel)
      blindness.begin('not the PostgreSQL protocol 3')
    return null
  }

  const keep = (bytes: Buffer, understoodBytes: number, needed: number) => {
    kept = bytes.length > 0 ? [bytes] : []
    keptBytes = bytes.length
    understood = understoodBytes
    neededBytes = needed
  }

  const cut = (bytes: Buffer, from: number, whole: boolean): ClientUnit[] => {
    const units: ClientUnit[] = []
    const reader: Reader = { at: 0, bytes, end: 0 }
    let first = 0
    let safe = from === 0 ? Math.min(streaming, bytes.length) : 0
    let at = Math.max(from, safe)
    streaming -= safe
    const give = (end: number, statements: StatementRecord[]) => {
      if (end > first) {
        const all = first === 0 && end === bytes.length
        units.push({ bytes: all ? bytes : bytes.subarray(first, end), statements })
      }
      first = end
      safe = end
    }
    while (at < bytes.length) {
      const length = lengthAt(bytes, at)
      if (length < 0) {
        blindness.begin(started ? 'a message that cannot be framed' : 'TLS, or not the PostgreSQL protocol')
        give(bytes.length, NONE)
        return units
      }
      const type = bytes[at] ?? 0
      const end = at + length
      if (length === 0 || end > bytes.length) {
        if (length > 0 && started && type === FROM_APP.copyData) {
          streaming = end - bytes.length
          safe = bytes.length
          at = bytes.length
        }
        break
      }
      if (!started) {
        const reply = start(bytes, at)
        if (reply) {
          give(at, NONE)
          units.push({ bytes: NOTHING, statements: NONE, reply })
          first = end
        }
        if (blindness.is()) {
          give(bytes.length, NONE)
          return units
        }
        safe = end
      } else {
        reader.at = at + HEADER_BYTES
        reader.end = end
        const statements = heard(type, reader)
        const role = ROLES[type]
        if (role !== 'executing') safe = role === 'opening' ? safe : end
        else if (whole) safe = end
        else {
          give(safe, NONE)
          give(end, statements)
        }
      }
      at = end
    }
    give(safe, NONE)
    if (first === bytes.length) {
      keep(NOTHING, 0, 0)
      return units
    }
    const length = at < bytes.length ? lengthAt(bytes, at) : 0
    keep(
      bytes.subarray(first),
      at - first,
      at - first + Math.max(length, started ? HEADER_BYTES : STARTUP_BYTES),
    )
    return units
  }

  const units = (chunk: Buffer, whole: boolean): ClientUnit[] => {
    if (keptBytes === 0) return blindness.is() ? [{ bytes: chunk, statements: NONE }] : cut(chunk, 0, whole)
    kept.push(chunk)
    keptBytes += chunk.length
    if (keptBytes < neededBytes && !blindness.is()) return []
    const all = Buffer.concat(kept, keptBytes)
    const from = understood
    keep(NOTHING, 0, 0)
    return blindness.is() ? [{ bytes: all, statements: NONE }] : cut(all, from, whole)
  }

  return { units, wantsTls: () => tlsRefused, started: () => started }
}
