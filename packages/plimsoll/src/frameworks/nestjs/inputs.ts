import ts from 'typescript'
import { type Class, textOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { readsIn, type Source } from '../../languages/javascript/routing/reads.ts'
import type { Route, Tristate } from '../../model/system.ts'
import { fieldNames, rulesOf } from './data-class.ts'
import { type Decoration, decorationsOf, isNest } from './decorations.ts'
import { importOf } from './import-of.ts'
import { typeValue } from './instance.ts'
import type { Step } from './module-graph.ts'
import { checksOf } from './pipes.ts'

const PARTS: Readonly<Record<string, 'body' | 'query' | 'params'>> = {
  Body: 'body',
  Query: 'query',
  Param: 'params',
}

/** One parameter of a handler that takes something from the request. */
export type Input = {
  part: 'body' | 'query' | 'params'
  /** the one field it takes; null when it takes them all */
  key: string | null
  pipes: readonly Value[]
  /** the class its type names, if any */
  type: Value | null
  node: ts.ParameterDeclaration
  home: Class
}

export const inputsOf = (world: World, method: ts.MethodDeclaration, home: Class): Input[] =>
  method.parameters.flatMap((node) =>
    decorationsOf(world, node, home).flatMap((decoration): Input[] => {
      const part = isNest(decoration) ? PARTS[decoration.name] : undefined
      if (part === undefined) return []
      const [first] = decoration.args
      const key = first === undefined ? null : textOf(first)
      const pipes = decoration.args.filter((arg) => arg.kind !== 'constant')
      return [{ part, key, pipes, type: typeValue(world, node.type, home), node, home }]
    }),
  )

export const isRequest = ({ name }: Decoration) => name === 'Req' || name === 'Request'

/** Field names that an interface or type literal of the target spells out. */
const spelledNames = (world: World, type: ts.TypeNode | undefined): string[] => {
  if (type === undefined) return []
  if (ts.isTypeLiteralNode(type)) return memberNames(type.members)
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return []
  const name = type.typeName.text
  const source = type.getSourceFile()
  const specifier = importOf(source, name)
  const found = specifier === null ? null : world.resolve(source.fileName, specifier)
  const home = found === null ? source : found.kind === 'file' ? world.project.script(found.file) : null
  for (const statement of home?.statements ?? []) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name)
      return memberNames(statement.members)
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return ts.isTypeLiteralNode(statement.type) ? memberNames(statement.type.members) : []
  }
  return []
}

const memberNames = (members: ts.NodeArray<ts.TypeElement>) =>
  members.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []))

/** Names that a handler takes from the body, the query and the path. */
export const readsOfInputs = (
  world: World,
  method: ts.MethodDeclaration,
  home: Class,
  inputs: readonly Input[],
): NonNullable<Route['reads']> => {
  const requests = method.parameters.filter((node) => decorationsOf(world, node, home).some(isRequest))
  const starts: [ts.BindingName, Source][] = [
    ...requests.map((node): [ts.BindingName, Source] => [node.name, 'request']),
    ...inputs
      .filter(({ key }) => key === null)
      .map(({ node, part }): [ts.BindingName, Source] => [node.name, part]),
  ]
  const used = method.body === undefined ? { body: [], query: [], params: [] } : readsIn(method.body, starts)
  const named = (part: Input['part']) =>
    inputs
      .filter((input) => input.part === part)
      .flatMap(({ key, type, node }) => {
        if (key !== null) return [key]
        const fields = type === null ? [] : fieldNames(world, type)
        return fields.length > 0 ? fields : [...spelledNames(world, node.type), ...used[part]]
      })
  const all = (part: Input['part']) => [
    ...new Set([...named(part), ...(inputs.some((input) => input.part === part) ? [] : used[part])]),
  ]
  return { body: all('body'), query: all('query'), params: all('params') }
}

const join = (said: readonly Tristate[]): Tristate =>
  said.includes('yes') ? 'yes' : said.includes('unknown') ? 'unknown' : 'no'

const check = (world: World, { type }: Input, { value, certain }: Step): Tristate => {
  const checks = checksOf(world, value)
  if (checks === 'nothing') return 'no'
  const rules = type === null ? 'none' : rulesOf(world, type)
  if (checks === 'maybe') return 'unknown'
  if (checks === 'class' && rules === 'none') return 'no'
  return !certain || (checks === 'class' && rules === 'unknown') ? 'unknown' : 'yes'
}

/**
 * Whether what a handler takes is checked before it runs: the body where it takes one, otherwise query and path.
 * `pipes` stand before all of its parameters; null: nothing is known of them.
 */
export const validates = (
  world: World,
  inputs: readonly Input[],
  pipes: readonly Step[],
  known: boolean,
): Tristate => {
  const bodies = inputs.filter(({ part }) => part === 'body')
  const judged = bodies.length > 0 ? bodies : inputs
  return join(
    judged.map((input) => {
      const own = input.pipes.map((value) => ({ value, certain: true }))
      const said = join([...pipes, ...own].map((step) => check(world, input, step)))
      const ruled = input.type !== null && ['decorators', 'zod'].includes(rulesOf(world, input.type))
      return said === 'no' && !known && ruled ? 'unknown' : said
    }),
  )
}
