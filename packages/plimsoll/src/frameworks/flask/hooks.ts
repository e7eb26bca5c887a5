import type { Code } from '../../languages/python/code/code.ts'
import type { Scope } from '../../languages/python/code/scope.ts'
import { argument, field, type Node } from '../../languages/python/code/syntax.ts'
import type { Holder, Holders, Reached } from './holders.ts'

const HERE = new Set(['before_request'])
const EVERYWHERE = new Set(['before_app_request'])

export type Hooks = { of(way: Reached): Scope[] }

/** Functions that run before the handlers of an app or a blueprint, in the order in which they are registered. */
export const readHooks = (code: Code, holders: Holders): Hooks => {
  const own = new Map<Holder, Scope[]>()
  const everywhere: Scope[] = []
  const add = (name: string, object: Node | null, scope: Scope, hook: Scope) => {
    if (EVERYWHERE.has(name)) everywhere.push(hook)
    else if (HERE.has(name))
      for (const holder of holders.of(object, scope)) own.set(holder, [...(own.get(holder) ?? []), hook])
  }
  for (const source of code.sources)
    for (const scope of source.scopes)
      for (const decorator of scope.decorators)
        if (decorator.type === 'attribute' && scope.parent !== null)
          add(field(decorator, 'attribute')?.text ?? '', field(decorator, 'object'), scope.parent, scope)
  for (const name of [...HERE, ...EVERYWHERE])
    for (const call of code.callsOf(name)) {
      const callee = field(call.node, 'function')
      const given = argument(call.node, 'f', 0)
      const value = given === null ? null : code.evaluate.one(given, call.scope)
      if (value?.kind === 'function')
        add(name, callee === null ? null : field(callee, 'object'), call.scope, value.scope)
    }
  return { of: (way) => [...everywhere, ...way.through.flatMap((holder) => own.get(holder) ?? [])] }
}
