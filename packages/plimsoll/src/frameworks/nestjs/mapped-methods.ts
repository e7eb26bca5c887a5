import ts from 'typescript'
import { type Class, constant, textOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { pathSpecs } from '../../languages/javascript/routing/path-specs.ts'
import { type Decoration, decorationsOf, isNest, lineage } from './decorations.ts'
import { MAPPINGS, methodName } from './methods.ts'

/** A method of a controller, with the class that it is written in. */
export type Method = { node: ts.MethodDeclaration; home: Class; name: string; decorations: Decoration[] }

/** Methods of a class with those it inherits; an override hides what it overrides, decorated or not. */
export const methodsOf = (world: World, target: Class): Method[] => {
  const found = new Map<string, Method>()
  for (const home of lineage(target)) {
    for (const node of home.node.members) {
      if (!ts.isMethodDeclaration(node) || node.body === undefined) continue
      const { name } = node
      if ((!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) || found.has(name.text)) continue
      found.set(name.text, { node, home, name: name.text, decorations: decorationsOf(world, node, home) })
    }
  }
  return [...found.values()]
}

export type Mapping = { method: string; path: Value; decoration: Decoration }

/** The route that a method's decorators register. */
export const mappingOf = (world: World, decorations: readonly Decoration[]): Mapping | null => {
  for (const decoration of decorations.filter(isNest)) {
    const [first = constant('')] = decoration.args
    const method = MAPPINGS.get(decoration.name)
    if (method !== undefined) return { method, path: first, decoration }
    if (decoration.name === 'RequestMapping' && first.kind === 'dictionary') {
      const said = methodName(world.get(first, 'method')) ?? 'GET'
      return { method: said, path: world.get(first, 'path'), decoration }
    }
  }
  return null
}

export type Controller = { paths: Value; version: Value | null }

/** What @Controller says; null for a class without it. */
export const controllerOf = (world: World, decorations: readonly Decoration[]): Controller | null => {
  const written = decorations.find((each) => isNest(each) && each.name === 'Controller')
  if (written === undefined) return null
  const [given = constant('')] = written.args
  if (given.kind !== 'dictionary') return { paths: given, version: null }
  const version = world.get(given, 'version')
  const isSaid = version.kind !== 'constant' || version.value !== undefined
  return { paths: world.get(given, 'path'), version: isSaid ? version : null }
}

/** Every path that a value gives, and why one of them is not known. */
export const texts = (world: World, value: Value): { paths: string[]; why: string | null } => {
  if (value.kind === 'constant' && textOf(value) === null) return { paths: [''], why: null }
  const specs = pathSpecs(world, value)
  const lost = specs.find((spec) => spec.kind === 'unresolved')
  const paths = specs.flatMap((spec) =>
    spec.kind === 'path' ? [spec.path] : spec.kind === 'pattern' ? [spec.source] : [],
  )
  return { paths, why: lost?.kind === 'unresolved' ? lost.why : null }
}
