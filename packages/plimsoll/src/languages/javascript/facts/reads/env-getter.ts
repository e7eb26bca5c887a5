import ts from 'typescript'
import type { EnvRead } from '../../../../model/system.ts'
import { defaultAround } from './env-default.ts'
import { bare, chain, literalText, placeOf, property, type Script } from './syntax.ts'

/** Packages whose getters read the environment; the file must import one. */
export const GETTER_PACKAGES = ['env-var', 'convict', '@nestjs/config'] as const

const VARIABLE = /^[A-Z][A-Z0-9_]+$/

const lastWord = (call: ts.CallExpression) => {
  const words = chain(call.expression)
  return { method: words?.at(-1) ?? '', receiver: words?.slice(0, -1).join('.') ?? '' }
}

/** Steps called upon the result: `.required().asPortNumber()` */
const upon = (call: ts.CallExpression): { name: string; call: ts.CallExpression }[] => {
  const access = call.parent
  const next = access?.parent
  if (!ts.isPropertyAccessExpression(access) || next === undefined || !ts.isCallExpression(next)) return []
  return [{ name: access.name.text, call: next }, ...upon(next)]
}

/** `env.get('X').required().default('a').asString()` of env-var. */
const fromEnvVar = (script: Script, call: ts.CallExpression, name: string): EnvRead => {
  const steps = upon(call)
  const fallback = steps.find((step) => step.name === 'default')
  return {
    name,
    default: literalText(fallback?.call.arguments[0]),
    required: fallback === undefined && steps.some((step) => step.name === 'required'),
    example: null,
    place: placeOf(script, call),
  }
}

/** `config.get<string>('X', 'a')`, `config.getOrThrow('X')` of @nestjs/config. */
const fromConfigService = (script: Script, call: ts.CallExpression, name: string): EnvRead => ({
  name,
  default: literalText(call.arguments[1]) ?? defaultAround(call),
  required: lastWord(call).method === 'getOrThrow',
  example: null,
  place: placeOf(script, call),
})

/** `{ format: 'port', default: 3000, env: 'PORT' }` of convict. */
const fromConvict = (script: Script, object: ts.ObjectLiteralExpression): EnvRead[] => {
  const name = literalText(property(object, 'env') ?? undefined)
  if (name === null || !VARIABLE.test(name)) return []
  const fallback = property(object, 'default')
  return [
    {
      name,
      default: literalText(fallback ?? undefined),
      example: null,
      place: placeOf(script, object),
    },
  ]
}

/**
 * Variables read through a library's getter. Which getters mean the environment follows from the file's imports.
 * @param imports packages that the file imports
 */
export const readGetter = (script: Script, node: ts.Node, imports: ReadonlySet<string>): EnvRead[] => {
  if (ts.isObjectLiteralExpression(node)) return imports.has('convict') ? fromConvict(script, node) : []
  if (!ts.isCallExpression(node)) return []
  const name = literalText(node.arguments[0] === undefined ? undefined : bare(node.arguments[0]))
  if (name === null || !VARIABLE.test(name)) return []
  const { method, receiver } = lastWord(node)
  if (imports.has('env-var') && method === 'get') return [fromEnvVar(script, node, name)]
  if (imports.has('@nestjs/config') && /^(get|getOrThrow)$/.test(method) && /config|env/i.test(receiver))
    return [fromConfigService(script, node, name)]
  return []
}
