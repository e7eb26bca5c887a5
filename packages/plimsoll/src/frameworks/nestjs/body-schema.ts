import ts from 'typescript'
import type { Json } from '../../base/json/json.ts'
import { textOf, type Value, type World } from '../../languages/javascript/code/code.ts'
import { jsonOf } from '../../languages/javascript/routing/json-of.ts'
import { isValidation, type Property, propertiesOf } from './data-class.ts'
import type { Decoration } from './decorations.ts'
import { typeValue } from './instance.ts'

type Schema = { [key: string]: Json }
type Rule = (args: readonly Value[], world: World) => Schema

const DEEPEST = 5

const numberIn = (value: Value | undefined) =>
  value?.kind === 'constant' && typeof value.value === 'number' ? value.value : null

const limit =
  (...names: string[]): Rule =>
  (args) =>
    Object.fromEntries(
      names.flatMap((name, index) => {
        const number = numberIn(args[index])
        return number === null ? [] : [[name, number]]
      }),
    )

const NONE: Schema = {}

const choices: Rule = ([given], world) => {
  if (given === undefined) return NONE
  const values = world.items(given) ?? [...(world.fields(given)?.values() ?? [])]
  const known = values.map((value) => jsonOf(world, value)).filter((value) => value !== undefined)
  return known.length === values.length && known.length > 0 ? { enum: known } : NONE
}

const text = (schema: Schema = {}): Rule => {
  return () => ({ type: 'string', ...schema })
}

/** What each decorator of class-validator says in the words of JSON Schema. */
const RULES: Readonly<Record<string, Rule>> = {
  IsString: text(),
  IsEmail: text({ format: 'email' }),
  IsUUID: text({ format: 'uuid' }),
  IsDateString: text({ format: 'date-time' }),
  IsISO8601: text({ format: 'date-time' }),
  IsDate: text({ format: 'date-time' }),
  IsUrl: text({ format: 'uri' }),
  IsIP: text({ format: 'ipv4' }),
  IsNumberString: text({ pattern: '^[0-9]+$' }),
  IsBooleanString: text({ enum: ['true', 'false'] }),
  IsMongoId: text({ pattern: '^[0-9a-fA-F]{24}$' }),
  IsAlpha: text({ pattern: '^[A-Za-z]+$' }),
  IsAlphanumeric: text({ pattern: '^[A-Za-z0-9]+$' }),
  IsInt: () => ({ type: 'integer' }),
  IsNumber: () => ({ type: 'number' }),
  IsDecimal: text({ pattern: '^[0-9]*\\.?[0-9]+$' }),
  IsPositive: () => ({ exclusiveMinimum: 0 }),
  IsNegative: () => ({ exclusiveMaximum: 0 }),
  IsBoolean: () => ({ type: 'boolean' }),
  IsObject: () => ({ type: 'object' }),
  IsArray: () => ({ type: 'array' }),
  Min: limit('minimum'),
  Max: limit('maximum'),
  MinLength: limit('minLength'),
  MaxLength: limit('maxLength'),
  Length: limit('minLength', 'maxLength'),
  ArrayMinSize: limit('minItems'),
  ArrayMaxSize: limit('maxItems'),
  ArrayNotEmpty: () => ({ minItems: 1 }),
  ArrayUnique: () => ({ uniqueItems: true }),
  IsNotEmpty: () => ({}),
  IsEnum: choices,
  IsIn: choices,
  Equals: ([given], world) => {
    const value = given === undefined ? undefined : jsonOf(world, given)
    return value === undefined ? NONE : { const: value }
  },
  Matches: ([given]) => (given?.kind === 'pattern' ? { pattern: given.source } : NONE),
}

const OF_LISTS = new Set(['IsArray', 'ArrayMinSize', 'ArrayMaxSize', 'ArrayNotEmpty', 'ArrayUnique'])

const isEach = (world: World, { args }: Decoration) =>
  args.some((arg) => {
    const each = arg.kind === 'dictionary' ? world.get(arg, 'each') : null
    return each?.kind === 'constant' && each.value === true
  })

const ofType = (type: ts.TypeNode | undefined): Schema => {
  if (type === undefined) return {}
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: ofType(type.elementType) }
  if (type.kind === ts.SyntaxKind.StringKeyword) return { type: 'string' }
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { type: 'number' }
  return type.kind === ts.SyntaxKind.BooleanKeyword ? { type: 'boolean' } : {}
}

/** The class of nested data: what `@Type(() => Item)` answers, or the property's type. */
const nestedClass = (world: World, { decorations, node, home }: Property): Value | null => {
  const [given] = decorations.find(({ name }) => name === 'Type')?.args ?? []
  if (given?.kind === 'closure') return world.call(given, [], { node })
  const inner = node.type !== undefined && ts.isArrayTypeNode(node.type) ? node.type.elementType : node.type
  return typeValue(world, inner, home)
}

/** `example`, `enum` and `default` that `@ApiProperty` gives, for whoever wants a valid value. */
const documented = (world: World, { decorations }: Property): Schema => {
  const [options] = decorations.find(({ name }) => /^ApiProperty/.test(name))?.args ?? []
  if (options?.kind !== 'dictionary') return {}
  const example = jsonOf(world, world.get(options, 'example'))
  const format = textOf(world.get(options, 'format'))
  return {
    ...(example === undefined ? {} : { examples: [example] }),
    ...(format === null ? {} : { format }),
  }
}

const propertySchema = (world: World, property: Property, depth: number): Schema => {
  const own: Schema = {}
  const items: Schema = {}
  let isList = property.node.type !== undefined && ts.isArrayTypeNode(property.node.type)
  for (const decoration of property.decorations.filter(isValidation)) {
    const said = RULES[decoration.name]?.(decoration.args, world) ?? {}
    if (OF_LISTS.has(decoration.name)) isList = true
    if (isEach(world, decoration)) isList = true
    Object.assign(isEach(world, decoration) ? items : own, said)
  }
  const nested = property.decorations.some(({ name }) => name === 'ValidateNested')
  const inner = nested ? nestedClass(world, property) : null
  const schema = inner === null ? null : schemaOf(world, inner, depth + 1)
  if (schema !== null) Object.assign(isList ? items : own, schema)
  if (
    Object.keys(items).length === 0 &&
    property.node.type !== undefined &&
    ts.isArrayTypeNode(property.node.type)
  )
    Object.assign(items, ofType(property.node.type.elementType))
  const typed = own.type === undefined && own.enum === undefined && !isList ? ofType(property.node.type) : {}
  const whole = isList ? { ...own, type: 'array', ...(Object.keys(items).length > 0 ? { items } : {}) } : own
  return { ...documented(world, property), ...typed, ...whole }
}

const OPTIONAL = new Set(['IsOptional', 'ValidateIf', 'ApiPropertyOptional'])

const isRequired = ({ decorations, optional, node }: Property) =>
  !optional &&
  !decorations.some(({ name }) => OPTIONAL.has(name)) &&
  (decorations.some((each) => isValidation(each) && each.name !== 'Allow') ||
    node.questionToken === undefined)

const isDescribed = ({ decorations }: Property) =>
  decorations.some((each) => isValidation(each) || /^ApiProperty/.test(each.name))

/** JSON Schema of a class whose properties are decorated; null when none is. */
export const schemaOf = (world: World, value: Value, depth = 0): Schema | null => {
  if (depth > DEEPEST) return null
  const properties = propertiesOf(world, value).filter(isDescribed)
  if (properties.length === 0) return null
  const required = properties.filter(isRequired).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map((property) => [property.name, propertySchema(world, property, depth)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  }
}
