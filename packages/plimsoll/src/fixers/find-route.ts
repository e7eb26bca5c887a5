import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import { callsOf, literalOf, methodOf } from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'

/** A route whose path is written out whole where it is registered, and its handler there, too. */
export type FoundRoute = {
  file: string
  source: ts.SourceFile
  call: ts.CallExpression
  handler: ts.ArrowFunction | ts.FunctionExpression
}

/** The one place that registers it; null where there is none or more than one. */
export const findRoute = (project: Project, method: string, path: string): FoundRoute | null => {
  const found = codeFiles(project).flatMap(({ file, source }) =>
    [...callsOf(source)].flatMap((call): FoundRoute[] => {
      if (!ts.isCallExpression(call) || methodOf(call) !== method.toLowerCase()) return []
      const handler = call.arguments.at(-1)
      if (literalOf(call.arguments[0]) !== path || handler === undefined) return []
      if (!ts.isArrowFunction(handler) && !ts.isFunctionExpression(handler)) return []
      return [{ file, source, call, handler }]
    }),
  )
  const [only, another] = found
  return another === undefined ? (only ?? null) : null
}
