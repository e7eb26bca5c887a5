/** A text as it is worked on: lines end with `\n`, whatever the file has. */
export type TextFile = { text: string; lineEnd: '\n' | '\r\n'; mark: '' | '\ufeff' }

const LOOKED_AT_BYTES = 8_000

/** A file with a zero byte near its beginning, or that is no UTF-8, is no text. */
export const isBinary = (bytes: Uint8Array): boolean => {
  if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return true
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return false
  } catch {
    return true
  }
}

/** CRLF where most lines end so. */
const lineEndOf = (text: string): TextFile['lineEnd'] => {
  const all = text.split('\n').length - 1
  const wide = text.split('\r\n').length - 1
  return wide > all / 2 ? '\r\n' : '\n'
}

/** null for a file that is no text. */
export const readTextFile = (bytes: Uint8Array): TextFile | null => {
  if (isBinary(bytes)) return null
  const raw = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const mark = raw.startsWith('\ufeff') ? '\ufeff' : ''
  const lineEnd = lineEndOf(raw)
  const body = raw.slice(mark.length)
  return { text: lineEnd === '\r\n' ? body.replaceAll('\r\n', '\n') : body, lineEnd, mark }
}

/** The text as it is kept in the file: with the byte-order mark and the line ends it had. */
export const writeTextFile = (text: string, { lineEnd, mark }: Omit<TextFile, 'text'>): string => {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text
  return `${mark}${lineEnd === '\r\n' ? body.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') : body}`
}
