import ts from 'typescript'
import type { Project } from '../../instruments/source/project.ts'
import { callsOf, lineOf, methodOf } from '../../instruments/source/script-nodes.ts'
import type { FoundRoute } from '../find-route.ts'

/** The route whose handler a line stands in; null where it is in none. */
export const findKeyedRoute = (
  project: Project,
  method: string,
  { file, line }: { file: string; line: number },
): FoundRoute | null => {
  const source = project.script(file)
  if (source === null) return null
  const found = [...callsOf(source)].flatMap((call): FoundRoute[] => {
    if (!ts.isCallExpression(call) || methodOf(call) !== method.toLowerCase()) return []
    const handler = call.arguments.at(-1)
    if (handler === undefined || !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))) return []
    const last = source.getLineAndCharacterOfPosition(handler.end).line + 1
    return lineOf(source, handler) <= line && line <= last
      ? [{ file, source, call, given: handler, handler }]
      : []
  })
  return found.at(-1) ?? null
}
