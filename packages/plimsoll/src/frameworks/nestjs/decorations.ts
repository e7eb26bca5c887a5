import ts from 'typescript'
import {
  type Class,
  list,
  optionsOf,
  type Scope,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import type { SourcePlace } from '../../model/evidence.ts'
import { importOf } from './import-of.ts'
import { METADATA_KEY, METADATA_VALUE } from './model.ts'

/** One decorator after composed ones are taken apart: `Get` of `@nestjs/common` with its arguments. */
export type Decoration = {
  name: string
  package: string
  args: readonly Value[]
  place: SourcePlace
  /** the expression after the @, where no composed decorator stands between */
  node: ts.Expression
}

const NEST = '@nestjs/common'
const MOST_LAYERS = 6

type At = { place: SourcePlace; node: ts.Expression }

const takeApart = (world: World, value: Value, at: At, depth = 0): Decoration[] => {
  if (depth > MOST_LAYERS) return []
  if (value.kind === 'choice') return value.options.flatMap((each) => takeApart(world, each, at, depth + 1))
  if (value.kind === 'dictionary') {
    const key = value.fields.get(METADATA_KEY)
    const set = value.fields.get(METADATA_VALUE)
    return key === undefined || set === undefined
      ? []
      : [{ name: 'SetMetadata', package: NEST, args: [key, set], ...at }]
  }
  if (value.kind === 'host') return takeApart(world, world.call(value, [], { node: at.node }), at, depth + 1)
  if (value.kind !== 'external') return []
  const name = value.path.filter((part) => part !== '()').at(-1) ?? ''
  if (name !== 'applyDecorators') return [{ name, package: value.package, args: value.args, ...at }]
  return value.args
    .flatMap((arg) => (arg.kind === 'list' ? [...(world.items(arg) ?? [])] : [arg]))
    .flatMap((arg) => takeApart(world, arg, at, depth + 1))
}

/** `@Get('x')` in a file that imports no `Get` at all can mean nothing but Nest's own. */
const undeclared = (world: World, node: ts.Expression, scope: Scope, at: At): Decoration[] => {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return []
  const name = node.expression.text
  if (importOf(node.getSourceFile(), name) !== null) return []
  const args = node.arguments.map((each) => world.evaluateIn(each, scope))
  return [{ name, package: NEST, args, ...at }]
}

/** The decorators written on a class, member or parameter, outermost first. */
export const decorationsOf = (world: World, node: ts.Node, home: Class): Decoration[] => {
  if (!ts.canHaveDecorators(node)) return []
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) => {
    const at = { place: world.place(expression), node: expression }
    const value = world.evaluateIn(expression, home.scope)
    return value.kind === 'unknown'
      ? undeclared(world, expression, home.scope, at)
      : takeApart(world, value, at)
  })
}

/** The class and the classes of the target that it extends, itself first. */
export const lineage = (target: Class): Class[] => {
  const line: Class[] = []
  for (let at: Value | null = target; at?.kind === 'class' && line.length < 20; at = at.parent) line.push(at)
  return line
}

/** Decorators of a class with those of its parents behind them, as metadata is inherited. */
export const classDecorations = (world: World, target: Class): Decoration[] =>
  lineage(target).flatMap((each) => decorationsOf(world, each.node, each))

export const isNest = ({ package: name }: Decoration) => name === NEST

/** Arguments of every decorator of Nest with this name, the innermost class first: `UseGuards(A, B)` → A, B. */
export const argumentsOf = (world: World, decorations: readonly Decoration[], name: string): Value[] =>
  decorations
    .filter((each) => isNest(each) && each.name === name)
    .flatMap(({ args }) => args)
    .flatMap((arg) => (arg.kind === 'list' ? [...(world.items(arg) ?? list([]).items)] : [...optionsOf(arg)]))
