import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import { callsOf, methodOf, nodesOf } from '../instruments/source/script-nodes.ts'
import type { Evidence } from '../model/evidence.ts'
import { codeFiles } from './code-files.ts'

/** A statement that is written out whole and sent with `query(text, values)`. */
export type FoundStatement = {
  file: string
  source: ts.SourceFile
  call: ts.CallExpression
  /** the literal that the text is, which may be a constant above the call */
  text: ts.StringLiteralLike
  /** the text on one line */
  sql: string
  values: readonly ts.Expression[]
}

/** One line, one space, no semicolon at the end: as findings quote statements. */
export const plainSql = (sql: string): string => sql.replace(/\s+/g, ' ').replace(/;? ?$/, '').trim()

const namesIn = (source: ts.SourceFile, name: string): ts.Identifier[] =>
  [...nodesOf(source)].filter(ts.isIdentifier).filter(({ text }) => text === name)

/** A constant that one call alone uses can be changed where it is written. */
const constantOf = (source: ts.SourceFile, name: string): ts.StringLiteralLike | null => {
  const [declared, , another] = namesIn(source, name)
  if (declared === undefined || another !== undefined || !ts.isVariableDeclaration(declared.parent))
    return null
  const { initializer } = declared.parent
  return initializer !== undefined && ts.isStringLiteralLike(initializer) ? initializer : null
}

const textOf = (given: ts.Expression | undefined, source: ts.SourceFile): ts.StringLiteralLike | null => {
  if (given === undefined) return null
  if (ts.isStringLiteralLike(given)) return given
  return ts.isIdentifier(given) ? constantOf(source, given.text) : null
}

const VERB = /^\s*(?:select|insert|update|delete|with)\b/i

export const findStatements = (project: Project): FoundStatement[] =>
  codeFiles(project).flatMap(({ file, source }) =>
    [...callsOf(source)].flatMap((call): FoundStatement[] => {
      if (!ts.isCallExpression(call) || methodOf(call) !== 'query') return []
      const [given, list] = call.arguments
      const text = textOf(given, source)
      if (text === null || !VERB.test(text.text)) return []
      const values = list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : []
      return [{ file, source, call, text, sql: plainSql(text.text), values }]
    }),
  )

/** The text of an evidence by its title; empty where there is none. */
export const textOfEvidence = (evidence: readonly Evidence[], title: string): string => {
  for (const one of evidence) if (one.kind === 'text' && one.title === title) return one.text
  return ''
}
