import ts from 'typescript'
import type { Project } from '../instruments/source/project.ts'
import { bare, callsOf, literalOf, methodOf, propertyOf } from '../instruments/source/script-nodes.ts'
import { codeFiles } from './code-files.ts'
import { findMounts, plainPath } from './find-mounts.ts'

/** A route whose path is written out where it is registered, below what its file is mounted at. */
export type RegisteredRoute = {
  file: string
  source: ts.SourceFile
  call: ts.CallExpression
  /** the last argument: the handler, what wraps it, or its name */
  given: ts.Expression
}

/** A route with its handler there, too. */
export type FoundRoute = RegisteredRoute & { handler: ts.ArrowFunction | ts.FunctionExpression }

/** The one place that registers it; null where there is none or more than one. */
export const findRegistration = (project: Project, method: string, path: string): RegisteredRoute | null => {
  const prefixes = findMounts(project)
  const found = codeFiles(project).flatMap(({ file, source }) =>
    [...callsOf(source)].flatMap((call): RegisteredRoute[] => {
      if (!ts.isCallExpression(call) || methodOf(call) !== method.toLowerCase()) return []
      const given = call.arguments.at(-1)
      const own = literalOf(call.arguments[0])
      if (own === null || given === undefined || call.arguments.length < 2) return []
      const isIt =
        own === path || prefixes(file).some((prefix) => plainPath(`${prefix}/${own}`) === plainPath(path))
      return isIt ? [{ file, source, call, given }] : []
    }),
  )
  const [only, another] = found
  return another === undefined ? (only ?? null) : null
}

/** The handler that is written out: itself, in one function around it, or as a property of options. */
const handlerIn = (given: ts.Expression): ts.ArrowFunction | ts.FunctionExpression | null => {
  const plain = bare(given)
  if (ts.isArrowFunction(plain) || ts.isFunctionExpression(plain)) return plain
  const inner = ts.isCallExpression(plain)
    ? plain.arguments.length === 1
      ? plain.arguments[0]
      : undefined
    : propertyOf(plain, 'handler')
  if (inner === undefined || inner === null) return null
  return ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) ? inner : null
}

/** The one place that registers it with its handler; null where that is elsewhere, or there is more than one. */
export const findRoute = (project: Project, method: string, path: string): FoundRoute | null => {
  const route = findRegistration(project, method, path)
  const handler = route === null ? null : handlerIn(route.given)
  return route === null || handler === null ? null : { ...route, handler }
}
