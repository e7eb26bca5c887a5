/** One statement of a body: a list item, a row of a table, or a line of prose. */
export type Statement = {
  /** without marks of emphasis and code */
  text: string
  /** as written, without the bullet */
  raw: string
  line: number
  /** how far it is indented, in columns; null where it is no list item */
  indent: number | null
  /** it stands in an ordered list */
  isNumbered: boolean
}

/** A heading with what stands directly below it. */
export type Section = {
  title: string
  line: number
  level: number
  /** titles from the outermost heading to this one */
  path: readonly string[]
  statements: Statement[]
}

const HEADING = /^ {0,3}(#{1,6})\s+(.+?)\s*#*$/
const BOLD_HEADING = /^(?:\*\*|__)([^*_]+?)(?:\*\*|__):?$/
const ITEM = /^(\s*)(?:([-*+•])|(\d+)[.)])\s+(.*)$/
const FENCE = /^\s*(```|~~~)/
const UNDERLINE = /^(=+|-{3,})\s*$/
const TABLE_RULE = /^\s*\|?[\s:|-]+\|[\s:|-]*$/

/** Takes the marks of emphasis, code and links away. */
export const plain = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/(^|\W)[*_]([^*_]+)[*_](?=\W|$)/g, '$1$2')
    .trim()

const rowOf = (line: string): string | null => {
  if (!/^\s*\|.*\|\s*$/.test(line)) return null
  const cells = line.trim().slice(1, -1).split('|')
  const [first = '', ...rest] = cells.map((cell) => cell.trim())
  return `${first}: ${rest.join(' · ')}`
}

const statementOf = (line: string, number: number): Statement => {
  const item = ITEM.exec(line)
  const row = rowOf(line)
  const raw = item?.[4] ?? row ?? line.trim()
  const indent = item === null ? (row === null ? null : 0) : (item[1] ?? '').replace(/\t/g, '    ').length
  return { text: plain(raw), raw, line: number, indent, isNumbered: item?.[3] !== undefined }
}

/** A line that only goes on with the item above it. */
const continues = (line: string, before: Statement | undefined) =>
  before?.indent !== null && before !== undefined && /^\s{2,}\S/.test(line) && !ITEM.test(line)

const append = (before: Statement, line: string) => {
  before.raw = `${before.raw} ${line.trim()}`
  before.text = plain(before.raw)
}

/**
 * Headings and what stands below them, in the order of the text. Fenced code says nothing.
 * @param firstLine number of the body's first line in its file
 */
export const outline = (body: string, firstLine = 1): Section[] => {
  const sections: Section[] = [{ title: '', line: firstLine, level: 0, path: [], statements: [] }]
  const open: Section[] = []
  const lines = body.split(/\r?\n/)
  let isCode = false
  const begin = (title: string, level: number, line: number) => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop()
    const path = [...open.map((above) => above.title), title]
    const section: Section = { title, line, level, path, statements: [] }
    open.push(section)
    sections.push(section)
  }
  for (const [index, line] of lines.entries()) {
    const number = firstLine + index
    const current = sections.at(-1)
    if (FENCE.test(line)) isCode = !isCode
    else if (!isCode && current !== undefined) {
      const heading = HEADING.exec(line)
      const bold = BOLD_HEADING.exec(line.trim())
      const last = current.statements.at(-1)
      if (heading !== null) begin(plain(heading[2] ?? ''), (heading[1] ?? '#').length, number)
      else if (bold !== null) begin(plain(bold[1] ?? ''), 7, number)
      else if (UNDERLINE.test(line) && last?.line === number - 1 && last.indent === null) {
        current.statements.pop()
        begin(last.text, line.startsWith('=') ? 1 : 2, last.line)
      } else if (last !== undefined && continues(line, last)) append(last, line)
      else if (line.trim() !== '' && !TABLE_RULE.test(line) && !/^\s*---+\s*$/.test(line))
        current.statements.push(statementOf(line, number))
    }
  }
  return sections
}

export type Named = { name: string; value: string }

/** `API Response Time: <200ms` → its name and the rest; the name is empty where nothing separates one. */
export const named = (text: string): Named => {
  const match = /^([^:<>=\d][^:<>=]{0,60}?)\s*(?::|\s[—–]\s|\s-\s)\s*(.+)$/s.exec(text)
  return match === null
    ? { name: '', value: text }
    : { name: (match[1] ?? '').trim(), value: (match[2] ?? '').trim() }
}
