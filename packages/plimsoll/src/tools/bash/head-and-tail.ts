/** Of a long output the end tells most, and the beginning what it was about. */
const HEAD_SHARE = 0.3

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a style
const STYLES = /\u001b\[[0-9;?]*[A-Za-z]/g

/** What a terminal would show in the end of lines that were written over. */
const plain = (output: string) =>
  output
    .replace(STYLES, '')
    .replaceAll('\r\n', '\n')
    .replace(/[^\n]*\r(?=[^\n])/g, '')
    .trimEnd()

/** An output without styles; its middle is left out, at the ends of lines, when it is too long. */
export const headAndTail = (output: string, most: number): { text: string; isCut: boolean } => {
  const text = plain(output)
  if (text.length <= most) return { text, isCut: false }
  const head = text.slice(0, Math.floor(most * HEAD_SHARE))
  const end = text.slice(text.length - Math.ceil(most * (1 - HEAD_SHARE)))
  const first = head.includes('\n') ? head.slice(0, head.lastIndexOf('\n')) : head
  const last = end.includes('\n') ? end.slice(end.indexOf('\n') + 1) : end
  const left = text.length - first.length - last.length
  return { text: `${first}\n… ${left} characters left out …\n${last}`, isCut: true }
}

/** The last lines of an output. */
export const tail = (output: string, most: number): string => {
  const text = plain(output)
  if (text.length <= most) return text
  const end = text.slice(-most)
  return end.includes('\n') ? end.slice(end.indexOf('\n') + 1) : end
}
