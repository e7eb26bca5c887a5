import type { Node } from 'web-tree-sitter'
import type { Pattern } from '../../instruments/pattern/pattern.ts'

/** `re.search(pattern, …)`, and what takes the pattern first by another name. */
const TAKES_PATTERN =
  /^(?:re|regex)\.(compile|match|search|fullmatch|sub|subn|split|findall|finditer)$|(?:^|\.)(RegexValidator|Regexp)$/
/** `Field(pattern=…)` */
const NAMED = /^(?:pattern|regex)$/
const FLAGS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:I|IGNORECASE)\b/, 'i'],
  [/\b(?:S|DOTALL)\b/, 's'],
  [/\b(?:M|MULTILINE)\b/, 'm'],
]
/** A pattern over several lines, with comments in it. */
const VERBOSE = /\b(?:X|VERBOSE)\b/

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The text of one string; null where something is put into it. */
const textOf = (node: Node): string | null => {
  const parts = node.namedChildren.filter((child) => child !== null)
  if (parts.some(({ type }) => type === 'interpolation')) return null
  const isRaw = /^[bu]?r/i.test(node.text)
  const text = parts
    .filter(({ type }) => type === 'string_content')
    .map((part) => part.text)
    .join('')
  return isRaw ? text : text.replace(/\\([\\'"ntr])/g, (_, letter: string) => ESCAPES[letter] ?? letter)
}

const stringOf = (node: Node | null | undefined): string | null => {
  if (node?.type === 'string') return textOf(node)
  if (node?.type !== 'concatenated_string') return null
  const texts = node.namedChildren.map((child) => (child?.type === 'string' ? textOf(child) : null))
  return texts.includes(null) ? null : texts.join('')
}

/** As JavaScript writes it: what only Python can say is left as it is, and cannot be analysed. */
const translate = (pattern: string): string =>
  pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$')

/** Where the match has to begin or end is told by the function. */
const anchored = (pattern: string, how: string): string => {
  if (how === 'fullmatch') return `^(?:${pattern})$`
  return how === 'match' && !pattern.startsWith('^') ? `^(?:${pattern})` : pattern
}

const written = (text: string, how: string, flags: string): Pattern | null => {
  if (VERBOSE.test(flags)) return null
  const inline = /^\(\?([ims]+)\)/.exec(text)?.[1] ?? ''
  const pattern = translate(inline === '' ? text : text.slice(inline.length + 3))
  const given = FLAGS.filter(([named]) => named.test(flags)).map(([, letter]) => letter)
  return { pattern: anchored(pattern, how), flags: [...new Set([...given, ...inline])].join('') }
}

const partsOf = (call: Node) =>
  (call.childForFieldName('arguments')?.namedChildren ?? []).filter((node) => node !== null)

const patternIn = (call: Node): Pattern | null => {
  const named = TAKES_PATTERN.exec(call.childForFieldName('function')?.text ?? '')
  const parts = partsOf(call)
  if (named === null) {
    const keyword = parts.find(
      (part) => part.type === 'keyword_argument' && NAMED.test(part.childForFieldName('name')?.text ?? ''),
    )
    const text = stringOf(keyword?.childForFieldName('value'))
    return text === null ? null : written(text, 'search', '')
  }
  const [first, ...rest] = parts
  const at = stringOf(first)
  const how = named[1] ?? 'search'
  return at === null ? null : written(at, how, rest.map(({ text }) => text).join(' '))
}

/** Regular expressions that a Python module writes out, and the lines that they stand on, from 1. */
export const pythonPatterns = (root: Node): { pattern: Pattern; line: number }[] =>
  root.descendantsOfType('call').flatMap((call) => {
    const pattern = call === null ? null : patternIn(call)
    return call === null || pattern === null ? [] : [{ pattern, line: call.startPosition.row + 1 }]
  })
