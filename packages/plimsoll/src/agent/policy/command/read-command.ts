import { type Command, forEachChild, parse, type SyntaxNode, type Word } from '../../../vendor/shell.ts'

/** A program with its arguments, as far as they are known before the command runs; null: only the shell will know. */
export type Part = {
  words: readonly (string | null)[]
  redirects: readonly { writes: boolean; target: string | null }[]
}

export type Reading = {
  /** every program of the line, substitutions included, in the order in which they are written */
  parts: readonly Part[]
  /** why the line could not be read to its end; null when it could */
  problem: string | null
}

const WRITES = new Set(['>', '>>', '<>', '>|', '&>', '&>>'])

type WordPart = NonNullable<Word['parts']>[number]

/** The two variables that every shell has, and that lead to folders. */
const FOLDERS: Readonly<Record<string, string>> = { HOME: '~', PWD: '.' }

const textOfPart = (part: WordPart): string | null => {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return part.value
    case 'DoubleQuoted':
    case 'LocaleString':
      return joined(part.parts)
    case 'SimpleExpansion':
      return FOLDERS[part.text.slice(1)] ?? null
    case 'ParameterExpansion':
      return part.operation === undefined && part.prefix === undefined
        ? (FOLDERS[part.parameter] ?? null)
        : null
    default:
      return null
  }
}

const joined = (parts: readonly WordPart[]): string | null => {
  const texts = parts.map(textOfPart)
  return texts.includes(null) ? null : texts.join('')
}

const textOf = (word: Word): string | null => (word.parts === undefined ? word.value : joined(word.parts))

const readProgram = (command: Command): Part => ({
  words: [
    ...(command.name === undefined ? [] : [textOf(command.name)]),
    ...command.args.map((each) => (each.type === 'Word' ? textOf(each) : each.text)),
  ],
  redirects: command.redirects.flatMap((each) => readRedirect(each)),
})

const readRedirect = (each: SyntaxNode): Part['redirects'] => {
  if (each.type !== 'Redirect' || each.target === undefined) return []
  const target = textOf(each.target)
  if (each.operator === '>&' || each.operator === '<&')
    return target === null || /^(?:\d+|-)-?$/.test(target) ? [] : [{ writes: each.operator === '>&', target }]
  return [{ writes: WRITES.has(each.operator), target }]
}

/** Reads a line the way bash does, without running anything. Never throws. */
export const readCommand = (line: string): Reading => {
  const parts: Part[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Command') parts.push(readProgram(node))
    else if (node.type === 'Redirected')
      parts.push({ words: [], redirects: node.redirects.flatMap((each) => readRedirect(each)) })
    forEachChild(node, visit)
  }
  const script = parse(line)
  visit(script)
  const [error] = script.errors ?? []
  return { parts, problem: error === undefined ? null : error.message }
}
