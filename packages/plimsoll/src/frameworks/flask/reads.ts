import type { Code } from '../../languages/python/code/code.ts'
import type { Scope } from '../../languages/python/code/scope.ts'
import { argument, calledName, descendants, field, type Node } from '../../languages/python/code/syntax.ts'
import { identity, type Value } from '../../languages/python/code/values.ts'

type Where = 'body' | 'query'

const PARTS: Readonly<Record<string, Where>> = {
  json: 'body',
  form: 'body',
  get_json: 'body',
  values: 'body',
  files: 'body',
  args: 'query',
}

const REQUEST = /^(?:flask|connexion|quart)\.(?:globals\.)?request\.(\w+)$/

/** Which part of the request a value is; null when it is none. */
const partOf = (code: Code, value: Value): Where | null => {
  if (value.kind === 'external') return PARTS[REQUEST.exec(value.name)?.[1] ?? ''] ?? null
  if (value.kind !== 'object' || value.type.kind !== 'external') return null
  if (value.type.name === 'json.loads' && /request\.(?:data|get_data)/.test(value.node.text)) return 'body'
  return partOf(code, value.type)
}

const GETTERS = new Set(['get', 'pop', 'getlist', 'setdefault'])

/** Names of fields a handler takes out of the body and the query. */
export const readsOf = (code: Code, handler: Scope | null): Record<Where, string[]> => {
  const found = { body: new Set<string>(), query: new Set<string>() }
  if (handler === null) return { body: [], query: [] }
  const add = (of: Node | null, key: Node | null) => {
    if (of === null || key === null) return
    const name = code.evaluate.one(key, handler)
    if (name.kind !== 'text') return
    for (const value of code.evaluate.all(of, handler)) {
      const where = partOf(code, value)
      if (where !== null) found[where].add(name.text)
    }
  }
  for (const node of descendants(handler.node, 'subscript', 'call', 'comparison_operator')) {
    if (node.type === 'subscript') add(field(node, 'value'), field(node, 'subscript'))
    else if (node.type === 'comparison_operator') contains(node, add)
    else if (GETTERS.has(calledName(node))) {
      const callee = field(node, 'function')
      add(callee === null ? null : field(callee, 'object'), argument(node, 'key', 0))
    } else if (calledName(node) === 'parse_args') parsed(code, node, handler, found)
  }
  return { body: [...found.body], query: [...found.query] }
}

/** `'name' in request.json` */
const contains = (node: Node, add: (of: Node | null, key: Node | null) => void) => {
  const [left, right] = [node.namedChild(0), node.namedChild(1)]
  if (left?.type === 'string' && /\bin\b/.test(node.text)) add(right, left)
}

/** Arguments that were added to the parser whose `parse_args` is called. */
const parsed = (code: Code, call: Node, scope: Scope, found: Record<Where, Set<string>>) => {
  const callee = field(call, 'function')
  const object = callee === null ? null : field(callee, 'object')
  if (object === null) return
  const parsers = new Set(code.evaluate.all(object, scope).map(identity))
  for (const added of code.callsOf('add_argument')) {
    const on = field(added.node, 'function')?.childForFieldName('object') ?? null
    if (on === null || !code.evaluate.all(on, added.scope).some((value) => parsers.has(identity(value))))
      continue
    const name = code.evaluate.one(argument(added.node, 'name', 0), added.scope)
    const where = code.evaluate.one(argument(added.node, 'location'), added.scope)
    if (name.kind === 'text')
      found[where.kind === 'text' && where.text === 'args' ? 'query' : 'body'].add(name.text)
  }
}
