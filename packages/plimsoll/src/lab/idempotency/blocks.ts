/**
 * Source of any language read by its indentation: enough to say which function a line stands in, without a parser
 * for each. Lines are counted from 1.
 */
export type Block = { name: string | null; from: number; to: number }

const LONGEST = 400

const indentOf = (line: string) => line.length - line.trimStart().length

const CLOSES = /^[)\]}]/
const OPENS_AGAIN = /[{([:]\s*$|=>\s*$/

/** From a line to the end of what it opens; a decorator goes with what it stands on. */
export const blockAt = (lines: readonly string[], from: number): { from: number; to: number } => {
  const { to } = plainBlockAt(lines, from)
  const decorates = lines[from - 1]?.trimStart().startsWith('@') === true && to < lines.length
  return { from, to: decorates && lines[to]?.trim() !== '' ? blockAt(lines, to + 1).to : to }
}

const plainBlockAt = (lines: readonly string[], from: number): { from: number; to: number } => {
  const own = indentOf(lines[from - 1] ?? '')
  let to = from
  for (let at = from; at < Math.min(lines.length, from + LONGEST); at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    const indent = indentOf(line)
    if (indent < own) break
    if (indent === own) {
      if (!CLOSES.test(line.trim())) break
      to = at + 1
      if (!OPENS_AGAIN.test(line)) break
      continue
    }
    to = at + 1
  }
  return { from, to }
}

const NAMES: readonly RegExp[] = [
  /\b(?:function\*?|class|def|func(?:\s*\([^)]*\))?)\s+(\w+)/,
  /\b(?:const|let|var)\s+(\w+)\s*(?::[^=]*)?=/,
  /^\s*(?:exports|module\.exports)\.(\w+)\s*=/,
  /^\s*(?:(?:public|private|protected|static|async|override)\s+)*(\w+)\s*\([^;]*\)\s*(?::[^{;]*)?\{\s*$/,
  /^\s*(\w+)\s*:\s*(?:async\s*)?(?:function\b|\()/,
]

const KEYWORDS = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'return', 'constructor'])

const nameIn = (line: string): string | null => {
  for (const pattern of NAMES) {
    const name = pattern.exec(line)?.[1]
    if (name !== undefined && !KEYWORDS.has(name)) return name
  }
  return null
}

/** What a line stands in, innermost first, the line's own declaration included. */
export const blocksAround = (lines: readonly string[], line: number): Block[] => {
  const found: Block[] = []
  let indent = Number.POSITIVE_INFINITY
  for (let at = line; at >= 1 && indent > 0; at -= 1) {
    const text = lines[at - 1] ?? ''
    if (text.trim() === '' || indentOf(text) >= indent || CLOSES.test(text.trim())) continue
    indent = indentOf(text)
    found.push({ name: nameIn(text), ...blockAt(lines, at) })
  }
  return found
}
