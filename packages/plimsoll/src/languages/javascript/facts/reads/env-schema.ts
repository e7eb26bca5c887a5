import ts from 'typescript'
import type { EnvRead } from '../../../../model/system.ts'
import type { EnvReader } from './env.ts'
import { bare, literalText, nameOfProperty, placeOf, property, type Script } from './syntax.ts'

type Declared = { default: string | null; required: boolean }

/** Names and literal arguments of a call chain, outermost last: `z.string().default('a')`. */
const calls = (expression: ts.Expression): { name: string; call: ts.CallExpression }[] => {
  const node = bare(expression)
  if (ts.isCallExpression(node)) {
    const called = node.expression
    const name = ts.isPropertyAccessExpression(called)
      ? called.name.text
      : ts.isIdentifier(called)
        ? called.text
        : ''
    const before = ts.isPropertyAccessExpression(called) ? calls(called.expression) : []
    return [...before, { name, call: node }]
  }
  return ts.isPropertyAccessExpression(node) ? calls(node.expression) : []
}

const OPTIONAL = /^(optional|nullish|nullable|default|catch|prefault|allow)$/

/** A value of zod, Joi, valibot, envalid or TypeBox, or a JSON Schema, for one variable. */
const declaredBy = (expression: ts.Expression, requiredByDefault: boolean): Declared => {
  const steps = calls(expression)
  let fallback: string | null = null
  let optional = false
  let required = false
  for (const { name, call } of steps) {
    const first = call.arguments[0]
    if (name === 'default' || name === 'catch' || name === 'prefault') fallback = literalText(first)
    if (OPTIONAL.test(name)) optional = true
    if (name === 'required') required = true
    for (const argument of call.arguments) {
      const options = bare(argument)
      if (!ts.isObjectLiteralExpression(options)) continue
      const given = property(options, 'default') ?? property(options, 'devDefault')
      if (given === null) continue
      fallback = literalText(given) ?? fallback
      optional = true
    }
  }
  return { default: fallback, required: !optional && (required || (requiredByDefault && steps.length > 0)) }
}

const members = (object: ts.ObjectLiteralExpression) =>
  object.properties.flatMap((member) => {
    const name = nameOfProperty(member.name)
    return name !== null && ts.isPropertyAssignment(member)
      ? [{ name, value: member.initializer, member }]
      : []
  })

/** `{ A: z.string(), B: str() }` */
const fromShape = (
  script: Script,
  shape: ts.ObjectLiteralExpression,
  requiredByDefault: boolean,
): EnvRead[] =>
  members(shape).map(({ name, value, member }) => {
    const declared = declaredBy(value, requiredByDefault)
    return { name, ...declared, example: null, place: placeOf(script, member) }
  })

/** `{ type: 'object', required: ['A'], properties: { A: { type: 'string', default: 'a' } } }` */
const fromJsonSchema = (script: Script, schema: ts.ObjectLiteralExpression): EnvRead[] => {
  const properties = property(schema, 'properties')
  const list = property(schema, 'required')
  const required = new Set(
    list !== null && ts.isArrayLiteralExpression(list) ? list.elements.map((one) => literalText(one)) : [],
  )
  if (properties === null || !ts.isObjectLiteralExpression(properties)) return []
  return members(properties).map(({ name, value, member }) => {
    const fallback = ts.isObjectLiteralExpression(value) ? property(value, 'default') : null
    return {
      name,
      default: literalText(fallback ?? undefined),
      required: required.has(name) && fallback === null,
      example: null,
      place: placeOf(script, member),
    }
  })
}

/** `S.object().prop('A', S.string().required())` */
const fromFluent = (script: Script, steps: ReturnType<typeof calls>): EnvRead[] =>
  steps.flatMap(({ name, call }) => {
    const [key, value] = call.arguments
    const variable = literalText(key)
    if (name !== 'prop' || variable === null || key === undefined) return []
    const declared = value === undefined ? { default: null, required: false } : declaredBy(value, false)
    return [{ name: variable, ...declared, example: null, place: placeOf(script, key) }]
  })

/** The variable a chain starts from: `schema.prefs({}).validate(…)`; null when it starts from a call or a literal. */
const rootOf = (expression: ts.Expression): string | null => {
  const node = bare(expression)
  if (ts.isIdentifier(node)) return node.text
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootOf(node.expression)
  return null
}

const OBJECT_MAKERS = /^(object|Object|strictObject|looseObject|Struct|cleanEnv|extend|keys)$/

/** Variables that a schema expression declares, whichever of the known libraries wrote it. */
export const readSchema = (
  script: Script,
  expression: ts.Expression,
  resolve: (name: string) => ts.Expression | null,
): EnvRead[] => {
  const node = bare(expression)
  if (ts.isIdentifier(node)) {
    const declared = resolve(node.text)
    return declared === null ? [] : readSchema(script, declared, () => null)
  }
  if (ts.isObjectLiteralExpression(node))
    return property(node, 'properties') !== null
      ? fromJsonSchema(script, node)
      : fromShape(script, node, true)
  const root = rootOf(node)
  const declared = root === null ? null : resolve(root)
  if (declared !== null) return readSchema(script, declared, () => null)
  const steps = calls(node)
  const fluent = fromFluent(script, steps)
  if (fluent.length > 0) return fluent
  const joi = /^\s*joi\b/i.test(node.getText(script.source))
  return steps.flatMap(({ name, call }) =>
    OBJECT_MAKERS.test(name)
      ? call.arguments.flatMap((argument) => {
          const shape = bare(argument)
          return ts.isObjectLiteralExpression(shape) ? fromShape(script, shape, !joi) : []
        })
      : [],
  )
}

const SCHEMA_KEYS = ['schema', 'server', 'shared', 'validationSchema']

const isEnvPlugin = (text: string) => /\b(env-?schema|fastify-?env|@fastify\/env|fastifyEnv)\b/i.test(text)

/**
 * The schema expressions a call gives to validate the environment: `schema.parse(process.env)`,
 * `cleanEnv(process.env, {…})`, `envSchema({ schema })`, `register(fastifyEnv, { schema })`,
 * `createEnv({ server, runtimeEnv: process.env })`, `ConfigModule.forRoot({ validationSchema })`.
 */
export const schemasOf = (
  call: ts.CallExpression,
  env: EnvReader,
  source: ts.SourceFile,
): ts.Expression[] => {
  const called = call.expression
  const [first, second] = call.arguments
  const takesEnv = first !== undefined && (env.isEnv(first) || spreadsEnv(first, env))
  if (ts.isPropertyAccessExpression(called)) {
    if (
      /^(parse|safeParse|parseAsync|validate|validateSync|cast|parseSync|decode)$/.test(called.name.text) &&
      takesEnv
    )
      return [called.expression]
    if (called.name.text === 'parse' && first && second && env.isEnv(second)) return [first]
  }
  if (
    takesEnv &&
    second !== undefined &&
    ts.isIdentifier(called) &&
    /^(cleanEnv|envalid|customCleanEnv)$/.test(called.text)
  )
    return [second]
  if (takesEnv && ts.isPropertyAccessExpression(called) && called.name.text === 'cleanEnv' && second)
    return [second]
  const options = [first, second].find((one) => one !== undefined && ts.isObjectLiteralExpression(bare(one)))
  if (options === undefined) return []
  const head = `${called.getText(source)} ${first?.getText(source).slice(0, 60) ?? ''}`
  const object = bare(options)
  if (!ts.isObjectLiteralExpression(object)) return []
  const given = SCHEMA_KEYS.flatMap((key) => property(object, key) ?? [])
  const runtime = property(object, 'runtimeEnv') ?? property(object, 'runtimeEnvStrict')
  if (runtime !== null || isEnvPlugin(head) || /ConfigModule\.forRoot/.test(head)) return given
  return []
}

const spreadsEnv = (expression: ts.Expression, env: EnvReader): boolean => {
  const node = bare(expression)
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.some((member) => ts.isSpreadAssignment(member) && env.isEnv(member.expression))
  )
}
