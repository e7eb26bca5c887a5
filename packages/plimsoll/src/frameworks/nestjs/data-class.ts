import ts from 'typescript'
import {
  type Class,
  optionsOf,
  textOf,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import { type Decoration, decorationsOf } from './decorations.ts'

/** A property of a class that describes data (a DTO). */
export type Property = {
  name: string
  node: ts.PropertyDeclaration
  home: Class
  decorations: Decoration[]
  /** made so by PartialType, whatever its own decorators say */
  optional: boolean
}

const VALIDATION = new Set(['class-validator', '@nestjs/class-validator'])
const MAPPED = new Set(['@nestjs/mapped-types', '@nestjs/swagger', '@nestjs/graphql'])
const DEEPEST = 8

export const isValidation = ({ package: name }: Decoration) => VALIDATION.has(name)

const ownProperties = (world: World, target: Class): Property[] =>
  target.node.members.flatMap((node): Property[] => {
    if (!ts.isPropertyDeclaration(node)) return []
    const { name } = node
    if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) return []
    const isStatic = (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
    if (isStatic) return []
    const decorations = decorationsOf(world, node, target)
    return [{ name: name.text, node, home: target, decorations, optional: false }]
  })

const namesIn = (world: World, value: Value | undefined): string[] =>
  (value === undefined ? null : world.items(value))?.flatMap((item) => textOf(item) ?? []) ?? []

const mapped = (world: World, made: string, args: readonly Value[], depth: number): Property[] => {
  const [source, second] = args
  const of = (value: Value | undefined) => (value === undefined ? [] : propertiesOf(world, value, depth + 1))
  if (made === 'PartialType') return of(source).map((each) => ({ ...each, optional: true }))
  if (made === 'IntersectionType') return args.flatMap(of)
  const names = namesIn(world, second)
  if (made === 'PickType') return of(source).filter(({ name }) => names.includes(name))
  return made === 'OmitType' ? of(source).filter(({ name }) => !names.includes(name)) : []
}

/** Properties of a class with those it inherits, through PartialType, OmitType, PickType and IntersectionType. */
export const propertiesOf = (world: World, value: Value, depth = 0): Property[] => {
  const [first] = optionsOf(value)
  if (first === undefined || depth > DEEPEST) return []
  if (first.kind === 'external')
    return MAPPED.has(first.package) ? mapped(world, first.path[0] ?? '', first.args, depth) : []
  if (first.kind !== 'class') return []
  const all = [
    ...(first.parent === null ? [] : propertiesOf(world, first.parent, depth + 1)),
    ...ownProperties(world, first),
  ]
  return [...new Map(all.map((each) => [each.name, each])).values()]
}

const ZOD = new Set(['nestjs-zod', '@anatine/zod-nestjs', '@wahyubucil/nestjs-zod-openapi'])

const zodSchema = (value: Value, depth = 0): Value | null => {
  if (depth > DEEPEST) return null
  if (value.kind === 'external' && ZOD.has(value.package) && value.path.includes('createZodDto'))
    return value.args[0] ?? null
  return value.kind === 'class' && value.parent !== null ? zodSchema(value.parent, depth + 1) : null
}

/** How a class says what is valid: decorators of class-validator, a zod schema, or not at all. */
export type Rules = 'decorators' | 'zod' | 'none' | 'unknown'

export const rulesOf = (world: World, value: Value): Rules => {
  if (value.kind === 'unknown') return /not in the repository$/.test(value.why) ? 'unknown' : 'none'
  if (zodSchema(value) !== null) return 'zod'
  if (propertiesOf(world, value).some(({ decorations }) => decorations.some(isValidation)))
    return 'decorators'
  if (value.kind === 'external') return MAPPED.has(value.package) ? 'none' : 'unknown'
  return 'none'
}

/** Names of the fields that a class describes. */
export const fieldNames = (world: World, value: Value): string[] => {
  const schema = zodSchema(value)
  if (schema === null) return propertiesOf(world, value).map(({ name }) => name)
  const shape = schema.kind === 'external' ? schema.args[0] : undefined
  return shape === undefined ? [] : [...(world.fields(shape)?.keys() ?? [])]
}
