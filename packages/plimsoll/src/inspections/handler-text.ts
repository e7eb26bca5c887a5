import type { Project } from '../instruments/source/project.ts'
import { lineOf, nodesOf } from '../instruments/source/script-nodes.ts'
import type { Route } from '../model/system.ts'

const MOST_LINES = 60

/** From a decorator or `def` to the line that is no longer indented. */
const blockOf = (first: string, rest: readonly string[]): string => {
  const indent = first.search(/\S/)
  const header = /:\s*$/.test(first) ? -1 : rest.findIndex((line) => /:\s*$/.test(line))
  const end = rest.findIndex((line, at) => at > header && line.trim() !== '' && line.search(/\S/) <= indent)
  return [first, ...(end < 0 ? rest : rest.slice(0, end))].join('\n')
}

/** The first whole statement or function that begins on a line; of Python, its block. */
const textFrom = (project: Project, file: string, line: number): string => {
  const text = project.text(file)
  if (text === null) return ''
  if (file.endsWith('.py')) {
    const [first = '', ...rest] = text.split('\n').slice(line - 1, line - 1 + MOST_LINES)
    return blockOf(first, rest)
  }
  const source = project.script(file)
  if (source === null) return ''
  for (const node of nodesOf(source)) {
    if (lineOf(source, node) === line && node.parent !== undefined) return node.getText(source)
  }
  return ''
}

/** What a route does, as it is written; empty where it is not known. */
export const handlerText = (project: Project, { handler, place }: Route): string => {
  const at = handler.place ?? place
  return /\.(?:[cm]?[jt]sx?|py)$/.test(at.file) ? textFrom(project, at.file, at.line) : ''
}
