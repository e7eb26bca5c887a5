import {
  type Class,
  constant,
  type External,
  host,
  native,
  optionsOf,
  unknown,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'
import { judgeMiddleware, readSigns } from '../../languages/javascript/routing/judge-middleware.ts'
import type { Signs } from '../../languages/javascript/routing/signs.ts'
import type { Tristate } from '../../model/system.ts'
import { lineage } from './decorations.ts'
import { makeInstance } from './instance.ts'
import type { Metadata } from './metadata.ts'
import { settle } from './module-graph.ts'

const AUTHENTICATING = /auth|jwt|token|login|session|api-?key|role|permission|admin|owner|access|user/i

/** What a guard asks its context for: the route at hand, and an HTTP request of which nothing is known. */
const executionContext = (metadata: Metadata): Value => {
  const give = (key: string, value: Value) => native(key, () => value)
  const http = host('http', { get: (key) => give(key, unknown('the request')) })
  const members: Record<string, Value> = {
    getHandler: metadata.handler,
    getClass: metadata.controller,
    getType: constant('http'),
    switchToHttp: http,
  }
  return host('context', {
    get: (key) => give(key, members[key] ?? unknown(`the context's "${key}"`)),
  })
}

/** `AuthGuard(['jwt', 'anonymous'])` lets everybody in. */
const isAnonymous = (world: World, { args }: External) =>
  args
    .flatMap((arg) => (arg.kind === 'list' ? (world.items(arg) ?? []) : [arg]))
    .some((arg) => arg.kind === 'constant' && arg.value === 'anonymous')

const decide = (signs: Signs, name: string): Tristate => {
  const refuses = signs.refuses || signs.answersOther
  if (signs.guards || (signs.credentials && refuses)) return signs.looksAtPath ? 'unknown' : 'yes'
  return signs.opaque && refuses && AUTHENTICATING.test(name) ? 'unknown' : 'no'
}

/** An override of handleRequest that turns nobody away makes the login optional. */
const isOptional = (world: World, instance: Value): boolean => {
  const handle = world.get(instance, 'handleRequest')
  if (handle.kind !== 'closure') return false
  const signs = readSigns(world, handle, [])
  const passesOn = /super\s*\.\s*handleRequest|\bthrow\b/.test(handle.node.body?.getText() ?? '')
  return !signs.refuses && !passesOn
}

const judgeClass = (world: World, guard: Class, given: Value | null, metadata: Metadata): Tristate => {
  const name = guard.node.name?.text ?? ''
  const instance = given ?? makeInstance(world, guard, guard.node)
  const canActivate = world.get(instance, 'canActivate')
  const base = lineage(guard).at(-1)?.parent ?? null
  if (canActivate.kind === 'closure') {
    const context = executionContext(metadata)
    const said = decide(readSigns(world, canActivate, [context]), name)
    return said === 'yes' && base?.kind === 'external' && isOptional(world, instance) ? 'no' : said
  }
  if (base?.kind !== 'external') return 'unknown'
  const said = judgeExternal(world, base)
  return said === 'yes' && isOptional(world, instance) ? 'no' : said
}

const judgeExternal = (world: World, guard: External): Tristate =>
  isAnonymous(world, guard) ? 'no' : judgeMiddleware(world, guard).guard

/** Whether a guard refuses callers who do not say who they are, on the route that `metadata` looks at. */
export const judgeGuard = (world: World, value: Value, metadata: Metadata): Tristate => {
  const said = new Set(
    settle(world, value)
      .flatMap((option) => optionsOf(option))
      .map((option): Tristate => {
        if (option.kind === 'class') return judgeClass(world, option, null, metadata)
        if (option.kind === 'dictionary' && option.of !== null)
          return judgeClass(world, option.of, option, metadata)
        return option.kind === 'external' ? judgeExternal(world, option) : 'unknown'
      }),
  )
  return said.size === 1 ? ([...said][0] ?? 'unknown') : 'unknown'
}
