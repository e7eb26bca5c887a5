type Read = (bytes: Buffer) => string

const DAY_MS = 86_400_000
/** PostgreSQL counts from 2000-01-01. */
const EPOCH_MS = 946_684_800_000

const isoDate = (ms: number) =>
  Number.isFinite(ms) && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : String(ms)
const utf8: Read = (bytes) => bytes.toString('utf8')
const timestamp: Read = (bytes) => isoDate(EPOCH_MS + Number(bytes.readBigInt64BE() / 1_000n))

const uuid: Read = (bytes) => {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const NUMERIC_NAN = 0xc000
const NEGATIVE = 0x4000

/** Groups of four decimal digits, the first with the given weight. */
const numeric: Read = (bytes) => {
  const [count, weight, sign, scale] = [0, 2, 4, 6].map((at) => bytes.readInt16BE(at))
  if (((sign ?? 0) & 0xffff) === NUMERIC_NAN) return 'NaN'
  const groups = Array.from({ length: count ?? 0 }, (_, index) => bytes.readInt16BE(8 + 2 * index))
  const group = (index: number) => String(groups[index] ?? 0).padStart(4, '0')
  const whole = Array.from({ length: Math.max(0, (weight ?? 0) + 1) }, (_, index) => group(index)).join('')
  const places = Math.ceil((scale ?? 0) / 4)
  const part = Array.from({ length: places }, (_, index) => group((weight ?? 0) + 1 + index)).join('')
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  return `${sign === NEGATIVE ? '-' : ''}${digits}${scale ? `.${part.slice(0, scale)}` : ''}`
}

/** By type, as numbered in pg_type. */
const READERS: Readonly<Record<number, Read>> = {
  16: (bytes) => (bytes[0] === 1 ? 't' : 'f'),
  18: utf8,
  19: utf8,
  20: (bytes) => bytes.readBigInt64BE().toString(),
  21: (bytes) => String(bytes.readInt16BE()),
  23: (bytes) => String(bytes.readInt32BE()),
  25: utf8,
  26: (bytes) => String(bytes.readUInt32BE()),
  114: utf8,
  700: (bytes) => String(bytes.readFloatBE()),
  701: (bytes) => String(bytes.readDoubleBE()),
  1042: utf8,
  1043: utf8,
  1082: (bytes) => isoDate(EPOCH_MS + bytes.readInt32BE() * DAY_MS).slice(0, 10),
  1114: timestamp,
  1184: timestamp,
  1700: numeric,
  2950: uuid,
  3802: (bytes) => bytes.toString('utf8', 1),
}

const HEX_BYTES = 64

/** A parameter sent in binary, as text where its type is known, else in hexadecimal. Never throws. */
export const readBinaryValue = (bytes: Buffer, type: number): string => {
  try {
    const read = READERS[type]
    if (read) return read(bytes)
  } catch {
    // Fewer bytes than the type has: the server will refuse it, and we show what was sent.
  }
  return `\\x${bytes.toString('hex', 0, HEX_BYTES)}${bytes.length > HEX_BYTES ? '…' : ''}`
}
