import type { Line } from './line.ts'

/** What an answer's head says of how the rest is framed. */
export type Head = {
  reset(): void
  /** takes a line of it; false when it may not stand there */
  take(line: Line): boolean
  /** its last, empty line was taken */
  readonly isOver: boolean
  readonly status: number
  /** null: none was given */
  readonly length: number | null
  readonly isChunked: boolean
  readonly staysOpen: boolean
}

const SPACE = 32
const TAB = 9
const COLON = 58
const STATUS = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/
const CHUNKED = /(?:^|,)[ \t]*chunked[ \t]*$/i
const CLOSE = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i
const KEEP_ALIVE = /(?:^|,)[ \t]*keep-alive[ \t]*(?:,|$)/i

const lower = (byte: number) => (byte >= 65 && byte <= 90 ? byte | 32 : byte)
const CONTENT_LENGTH = Buffer.from('content-length')
const TRANSFER_ENCODING = Buffer.from('transfer-encoding')
const CONNECTION = Buffer.from('connection')

const isNamed = ({ bytes, from, to }: Line, name: Buffer) => {
  if (to - from <= name.length || bytes[from + name.length] !== COLON) return false
  for (let index = 0; index < name.length; index += 1)
    if (lower(bytes[from + index] ?? 0) !== name[index]) return false
  return true
}

const textOf = ({ bytes, from, to }: Line, name: Buffer) => {
  let start = from + name.length + 1
  while (start < to && (bytes[start] === SPACE || bytes[start] === TAB)) start += 1
  return bytes.toString('latin1', start, to)
}

const lengthIn = (text: string) => (/^\d{1,15}[ \t]*$/.test(text) ? Number(text) : null)

type Fields = { -readonly [Key in keyof Head]: Head[Key] }

export const createHead = (): Head => {
  const head: Fields = {
    isOver: false,
    status: 0,
    length: null,
    isChunked: false,
    staysOpen: true,
    reset: () => {
      head.isOver = false
      head.status = 0
      head.length = null
      head.isChunked = false
      head.staysOpen = true
    },
    take: (line: Line) => {
      if (head.status === 0) return takeStatus(line)
      if (line.from === line.to) head.isOver = true
      else if (isNamed(line, CONTENT_LENGTH)) return takeLength(textOf(line, CONTENT_LENGTH))
      else if (isNamed(line, TRANSFER_ENCODING))
        head.isChunked = CHUNKED.test(textOf(line, TRANSFER_ENCODING))
      else if (isNamed(line, CONNECTION)) takeConnection(textOf(line, CONNECTION))
      return true
    },
  }
  const takeStatus = ({ bytes, from, to }: Line) => {
    const [, minor, code] = STATUS.exec(bytes.toString('latin1', from, to)) ?? []
    if (code === undefined) return false
    head.status = Number(code)
    head.staysOpen = minor === '1'
    return true
  }
  const takeLength = (text: string) => {
    const length = lengthIn(text)
    if (length === null || (head.length !== null && head.length !== length)) return false
    head.length = length
    return true
  }
  const takeConnection = (text: string) => {
    if (CLOSE.test(text)) head.staysOpen = false
    else if (KEEP_ALIVE.test(text)) head.staysOpen = true
  }
  return head
}
