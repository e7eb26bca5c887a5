/** First bytes of the messages that matter here, by the protocol's own names. */
export const FROM_APP = {
  bind: 0x42,
  close: 0x43,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
  describe: 0x44,
  execute: 0x45,
  functionCall: 0x46,
  parse: 0x50,
  query: 0x51,
  sync: 0x53,
} as const

export const FROM_STORE = {
  backendKeyData: 0x4b,
  commandComplete: 0x43,
  copyBoth: 0x57,
  copyIn: 0x47,
  dataRow: 0x44,
  emptyQuery: 0x49,
  error: 0x45,
  functionResult: 0x56,
  parameterDescription: 0x74,
  parseComplete: 0x31,
  portalSuspended: 0x73,
  ready: 0x5a,
} as const

/** The first message of a connection has no type, only one of these codes. */
export const STARTUP = { cancel: 80877102, tls: 80877103, gss: 80877104, protocol3: 3 } as const

export const HEADER_BYTES = 5

const TYPES = 256

/** What is known by a message's first byte, to be found by index. */
export const byType = <Value>(
  entries: readonly (readonly [number, Value])[],
): readonly (Value | undefined)[] => {
  const known = new Map(entries)
  return Array.from({ length: TYPES }, (_, type) => known.get(type))
}

/** A whole message: its type, its length, its body. */
export const message = (type: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(HEADER_BYTES)
  head[0] = type
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Reads the fields of one message's body, in order. Reads past the end give zero and empty text. */
export type Reader = { at: number; readonly bytes: Buffer; end: number }

export const readText = (reader: Reader): string => {
  if (reader.bytes[reader.at] === 0) {
    reader.at += 1
    return ''
  }
  const close = reader.bytes.indexOf(0, reader.at)
  const end = close === -1 || close > reader.end ? reader.end : close
  const text = end <= reader.at ? '' : reader.bytes.toString('utf8', reader.at, end)
  reader.at = end + 1
  return text
}

export const readInt16 = (reader: Reader): number => {
  const value = reader.at + 2 <= reader.end ? reader.bytes.readUInt16BE(reader.at) : 0
  reader.at += 2
  return value
}

export const readInt32 = (reader: Reader): number => {
  const value = reader.at + 4 <= reader.end ? reader.bytes.readInt32BE(reader.at) : 0
  reader.at += 4
  return value
}

export const readByte = (reader: Reader): number => {
  const value = reader.at < reader.end ? (reader.bytes[reader.at] ?? 0) : 0
  reader.at += 1
  return value
}
