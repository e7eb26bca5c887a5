import type { Closure, Value, World } from '../../languages/javascript/code/code.ts'
import { ofFunction, type Reader } from '../../languages/javascript/routing/checks.ts'
import { jsonOf } from '../../languages/javascript/routing/json-of.ts'
import { addChecked, type Checked, joined } from '../../languages/javascript/routing/parts.ts'
import { createReader, schemasFrom } from '../../languages/javascript/routing/read-schemas.ts'
import type { Schema } from '../../languages/javascript/schemas/schema.ts'
import { zodOfClass } from '../../languages/javascript/schemas/zod.ts'
import type { RouteSchemas } from '../../model/system.ts'
import { schemaOf } from './body-schema.ts'
import { type Decoration, decorationsOf } from './decorations.ts'
import { type Input, isRequest } from './inputs.ts'
import type { Step } from './module-graph.ts'

const nameOf = (pipe: Value): string =>
  pipe.kind === 'external' ? (pipe.path.filter((part) => part !== '()').at(-1) ?? '') : ''

const PARSED: Readonly<Record<string, Schema>> = {
  ParseIntPipe: { type: 'integer' },
  ParseFloatPipe: { type: 'number' },
  ParseBoolPipe: { type: 'boolean' },
  ParseUUIDPipe: { type: 'string', format: 'uuid' },
}

const WRITTEN: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
}

/** One field that a parameter takes by its name, with what its pipes make of it. */
const fieldOf = (world: World, { key, pipes, node, part }: Input): Schema | null => {
  if (key === null) return null
  const fallback = pipes.find((pipe) => nameOf(pipe) === 'DefaultValuePipe')
  const value =
    fallback?.kind === 'external' && fallback.args[0] ? jsonOf(world, fallback.args[0]) : undefined
  const parsed = pipes.flatMap((pipe): Schema[] => {
    const name = nameOf(pipe)
    if (name === 'ParseEnumPipe' && pipe.kind === 'external') {
      const known = [...((pipe.args[0] && world.fields(pipe.args[0])) ?? [])].map(([, each]) =>
        jsonOf(world, each),
      )
      const values = known.filter((each) => each !== undefined)
      return values.length > 0 && values.length === known.length ? [{ enum: values }] : []
    }
    return PARSED[name] === undefined ? [] : [PARSED[name]]
  })
  const optional = pipes.some((pipe) => {
    const options = pipe.kind === 'external' ? pipe.args[0] : undefined
    return options?.kind === 'dictionary' && jsonOf(world, world.get(options, 'optional')) === true
  })
  const required = parsed.length > 0 && fallback === undefined && !optional && part !== 'body'
  const schema = {
    ...(parsed[0] ?? WRITTEN[node.type?.getText() ?? '']),
    ...(value === undefined ? {} : { default: value }),
  }
  return { type: 'object', properties: { [key]: schema }, ...(required ? { required: [key] } : {}) }
}

/** What a pipe with a schema of its own checks: `new ZodValidationPipe(schema)`, of a package or of the app. */
const checkedByPipe = (world: World, pipe: Value, part: Input['part'], reader: Reader): Checked => {
  if (pipe.kind === 'external') {
    const [given] = pipe.args
    const schema = given !== undefined && reader.isSchema(given) ? reader.schema(given) : null
    return schema === null ? {} : { [part]: [schema] }
  }
  const transform = pipe.kind === 'dictionary' ? world.get(pipe, 'transform') : null
  return transform?.kind === 'closure' ? ofFunction(world, transform, [part], reader) : {}
}

const ofInput = (world: World, input: Input, around: readonly Value[], reader: Reader): Checked => {
  const { part, key, type } = input
  if (key !== null) {
    const field = part === 'body' ? null : fieldOf(world, input)
    return field === null ? {} : { [part]: [field] }
  }
  const zod = type === null ? null : zodOfClass(type)
  const typed = type === null ? null : zod === null ? schemaOf(world, type) : reader.schema(zod)
  const pipes = [...input.pipes, ...around].map((pipe) => checkedByPipe(world, pipe, part, reader))
  return addChecked(typed === null ? {} : { [part]: [typed] }, ...pipes)
}

const STATUSES: Readonly<Record<string, string>> = {
  ApiOkResponse: '200',
  ApiCreatedResponse: '201',
  ApiAcceptedResponse: '202',
  ApiNoContentResponse: '204',
  ApiBadRequestResponse: '400',
  ApiUnauthorizedResponse: '401',
  ApiForbiddenResponse: '403',
  ApiNotFoundResponse: '404',
  ApiConflictResponse: '409',
  ApiUnprocessableEntityResponse: '422',
}

/** Answers as `@ApiResponse` and its kin describe them. */
const responsesOf = (world: World, decorations: readonly Decoration[]): Record<string, Schema> =>
  Object.fromEntries(
    decorations.flatMap(({ name, args: [options] }) => {
      if (options?.kind !== 'dictionary') return []
      const given = name === 'ApiResponse' ? jsonOf(world, world.get(options, 'status')) : STATUSES[name]
      if (typeof given !== 'string' && typeof given !== 'number') return []
      const type = world.get(options, 'type')
      const [item] = type.kind === 'list' ? (world.items(type) ?? []) : []
      const single = schemaOf(world, item ?? type)
      const isList = item !== undefined || jsonOf(world, world.get(options, 'isArray')) === true
      const schema = single === null ? null : isList ? { type: 'array', items: single } : single
      return schema === null ? [] : [[String(given).toUpperCase(), schema] as const]
    }),
  )

const documentedBody = (world: World, decorations: readonly Decoration[]): Schema | null => {
  const [options] = decorations.find(({ name }) => name === 'ApiBody')?.args ?? []
  return options === undefined ? null : schemaOf(world, world.get(options, 'type'))
}

export type SchemaFacts = {
  handler: Closure
  inputs: readonly Input[]
  decorations: readonly Decoration[]
  /** before all parameters */
  pipes: readonly Step[]
}

/** Schemas of a handler: of the classes and pipes of its parameters, of what it checks itself, of its answers. */
export const schemasOf = (
  world: World,
  { handler, inputs, decorations, pipes }: SchemaFacts,
): RouteSchemas | undefined => {
  const reader = createReader(world, { classSchema: (value) => schemaOf(world, value) })
  const around = pipes.filter(({ certain }) => certain).map(({ value }) => value)
  const whole =
    inputs.find(({ part, key }) => part === 'body' && key === null) ?? inputs.find(({ key }) => key === null)
  const starts = handler.node.parameters.map((node) => {
    const input = inputs.find((each) => each.node === node)
    if (input !== undefined) return input.key === null ? input.part : null
    const [home] = inputs
    return home !== undefined && decorationsOf(world, node, home.home).some(isRequest) ? 'request' : null
  })
  const checked = addChecked(
    ...inputs.map((input) => ofInput(world, input, input === whole ? around : [], reader)),
    ofFunction(world, handler, starts, reader),
  )
  const body =
    joined(checked.body ?? []) === undefined && whole?.part === 'body'
      ? documentedBody(world, decorations)
      : null
  return schemasFrom(
    addChecked(checked, body === null ? {} : { body: [body] }),
    responsesOf(world, decorations),
  )
}
