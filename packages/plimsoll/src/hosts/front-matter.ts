import { LineCounter, parseDocument } from 'yaml'

export type FrontMatter = {
  /** keys in their order; empty where there is no head */
  values: Record<string, unknown>
  /** number of a key's line in the file; null where it has none */
  lineOf(key: string): number | null
  hasHead: boolean
  /** without the head, with plain line ends */
  body: string
  bodyLine: number
  /** why the head cannot be read; the values are then empty */
  error: { line: number; problem: string; fix: string } | null
}

const isKey = (line: string) => /^[\w$-]+\s*:/.test(line.trim())

/** Where the head begins: behind blank lines and comments, at a line of three dashes. */
const headStart = (lines: readonly string[]): number | null => {
  let index = 0
  let isComment = false
  for (; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trim()
    if (isComment) isComment = !line.endsWith('-->')
    else if (line.startsWith('<!--')) isComment = !line.endsWith('-->')
    else if (line !== '') break
  }
  return /^---\s*$/.test(lines[index] ?? '') ? index : null
}

const NEEDS_QUOTES = /^[^'"[{|>\s#].*(:(\s|$)|\s#)|^[*@`%!&]/

/** Values that YAML would take for something else (`Use this: when …`, `*.ts`) are quoted, whatever their line ends in. */
const quoteLoose = (head: string): string =>
  head
    .split('\n')
    .map((line) => {
      const [, key, value] = /^(\s*(?:- )?[\w$."*'/-]+\s*:\s+)(\S.*?)\s*$/.exec(line) ?? []
      return key !== undefined && value !== undefined && NEEDS_QUOTES.test(value)
        ? `${key}${JSON.stringify(value)}`
        : line
    })
    .join('\n')

const untab = (head: string) =>
  head.replace(/^[ \t]+/gm, (indent) => indent.replace(/\t/g, '  ')).replace(/:\t+/g, ': ')

const sentenceOf = (thrown: unknown) => {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const said = message.split('\n')[0]?.replace(/[.:]$/, '') ?? ''
  return `Its head is no YAML: ${said.charAt(0).toLowerCase()}${said.slice(1)}`
}

type Parsed = { values: unknown } | { offsetLine: number; problem: string }

const parse = (head: string): Parsed => {
  const counter = new LineCounter()
  const document = parseDocument(head, { lineCounter: counter, uniqueKeys: false, prettyErrors: false })
  const [first] = document.errors
  if (first !== undefined)
    return { offsetLine: counter.linePos(first.pos[0]).line, problem: sentenceOf(first) }
  try {
    return { values: document.toJS() }
  } catch (thrown) {
    // Only its aliases can do that: one that leads nowhere, or that grows without end.
    return { offsetLine: 1, problem: sentenceOf(thrown) }
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const lineOfKey = (head: string, key: string) => {
  const index = head.split('\n').findIndex((line) => /^(['"]?)([^'"]+?)\1\s*:/.exec(line)?.[2] === key)
  return index === -1 ? null : index
}

const nothing = (body: string, bodyLine: number): FrontMatter => ({
  ...{ values: {}, lineOf: () => null, hasHead: false, error: null },
  body,
  bodyLine,
})

/** Takes a Markdown file apart: the YAML between its first two lines of dashes, and the body below. */
export const readFrontMatter = (text: string): FrontMatter => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const start = headStart(lines)
  if (start === null) return nothing(lines.join('\n'), 1)
  const end = lines.findIndex((line, index) => index > start && /^(---|\.\.\.)\s*$/.test(line))
  if (end === -1) {
    const isHead = isKey(lines[start + 1] ?? '')
    const problem = `The head that begins in line ${start + 1} has no end`
    const error = { line: start + 1, problem, fix: 'Add a line "---" below its last key.' }
    return { ...nothing(lines.join('\n'), 1), error: isHead ? error : null }
  }
  const head = untab(lines.slice(start + 1, end).join('\n'))
  const body = { body: lines.slice(end + 1).join('\n'), bodyLine: end + 2, hasHead: true }
  const strict = parse(head)
  const parsed = 'values' in strict ? strict : parse(quoteLoose(head))
  const lineOf = (key: string) => {
    const index = lineOfKey(head, key)
    return index === null ? null : start + 2 + index
  }
  if (!('values' in parsed)) {
    const fix = 'Put the value of that line into double quotes, or mend its indentation.'
    const line = start + 1 + parsed.offsetLine
    return { values: {}, lineOf, ...body, error: { line, problem: parsed.problem, fix } }
  }
  const { values } = parsed
  if (values === null) return { values: {}, lineOf, ...body, error: null }
  if (isMap(values)) return { values, lineOf, ...body, error: null }
  const fix = 'Write one "key: value" a line between the lines of dashes.'
  return { values: {}, lineOf, ...body, error: { line: start + 2, problem: 'The head has no keys', fix } }
}
