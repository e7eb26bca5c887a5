import ts from 'typescript'
import { around, keyOf, lineOf } from '../instruments/source/script-nodes.ts'
import type { Route, System } from '../model/system.ts'

/** `file:line` → the routes that are registered or handled there. */
export type RoutePlaces = ReadonlyMap<string, readonly Route[]>

export const routePlaces = (system: System): RoutePlaces => {
  const places = new Map<string, Route[]>()
  for (const route of system.services.flatMap(({ routes }) => routes))
    for (const place of [route.handler.place, route.place]) {
      if (place === null) continue
      const key = `${place.file}:${place.line}`
      const before = places.get(key) ?? []
      if (!before.includes(route)) places.set(key, [...before, route])
    }
  return places
}

/** `GET /orders/:id` where exactly one route is registered or handled on that line. */
export const routeAt = (places: RoutePlaces, file: string, line: number): string | null => {
  const [route, other] = places.get(`${file}:${line}`) ?? []
  return route === undefined || other !== undefined ? null : `${route.method} ${route.path}`
}

const ownNameOf = (node: ts.Node): string | null => {
  if ((ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) && node.name) return node.name.text
  if (ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || ts.isPropertyDeclaration(node)) {
    const owner = ts.isClassLike(node.parent) ? node.parent.name?.text : undefined
    return owner === undefined ? keyOf(node.name) : `${owner}.${keyOf(node.name) ?? ''}`
  }
  if (ts.isConstructorDeclaration(node)) return node.parent.name?.text ?? null
  const { parent } = node
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return null
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text
  if (ts.isPropertyAssignment(parent)) return keyOf(parent.name)
  if (ts.isBinaryExpression(parent)) return parent.left.getText().replace(/^(?:module\.)?exports\./, '')
  return null
}

const REGISTERS = /^(?:get|post|put|patch|delete|del|all|use|options|head)$/

/** `app.get('/orders/:id', …)` as it is written, for routes that the survey did not resolve. */
const registeredBy = (node: ts.Node): string | null => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  const [path] = node.arguments
  const method = node.expression.name.text
  if (path === undefined || !ts.isStringLiteralLike(path) || !path.text.startsWith('/')) return null
  return REGISTERS.test(method) && node.arguments.length > 1 ? `${method.toUpperCase()} ${path.text}` : null
}

/** The route or the named function around a node; the given word where it stands in neither. */
export const scopeOf = (
  node: ts.Node,
  {
    file,
    source,
    places,
    otherwise,
  }: {
    file: string
    source: ts.SourceFile
    places: RoutePlaces
    otherwise: string
  },
): string => {
  let named: string | null = null
  for (const at of [node, ...around(node)]) {
    if (!ts.isFunctionLike(at) && !ts.isCallExpression(at) && !ts.isPropertyDeclaration(at)) continue
    const holder = ts.isVariableDeclaration(at.parent) ? at.parent : at
    const route = routeAt(places, file, lineOf(source, at)) ?? routeAt(places, file, lineOf(source, holder))
    const said = (ts.isFunctionLike(at) || registeredBy(at) !== null ? route : null) ?? registeredBy(at)
    if (said !== null) return said
    named ??= ownNameOf(at)
  }
  return named ?? otherwise
}
