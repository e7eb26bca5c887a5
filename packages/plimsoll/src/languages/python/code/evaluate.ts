import type { Code } from './code.ts'
import { callExternal, callMember } from './known-calls.ts'
import { readFormatted, readJoined } from './read-text.ts'
import { createResolve } from './resolve.ts'
import type { Scope } from './scope.ts'
import { argumentsOf, field, type Node, named, stringPieces } from './syntax.ts'
import { identity, text, unknown, type Value } from './values.ts'

export type Evaluate = {
  /** every meaning the expression may have, likeliest first; empty when nothing is known */
  all(node: Node, scope: Scope): Value[]
  /** the likeliest known meaning */
  one(node: Node | null, scope: Scope): Value
  /** names and attributes of a class, its own first, then its ancestors' */
  attribute(of: Value, name: string): Value[]
  /** a class and everything it inherits from: classes of ours, and externals */
  ancestors(of: Value): Value[]
}

const DEEPEST = 40
const MOST = 64
/** A result cut short by a cycle is read anew elsewhere, but not for ever. */
const MOST_TRIES = 3

/** Reads expressions without running them: a name leads to its assignments, imports and call sites. */
export const createEvaluate = (code: Omit<Code, 'evaluate'>): Evaluate => {
  const known = new Map<string, Value[]>()
  const busy = new Set<string>()
  const tries = new Map<string, number>()
  let cuts = 0

  const all = (node: Node, scope: Scope): Value[] => {
    const key = `${scope.file}:${node.startIndex}:${node.endIndex}:${node.type}:${scope.node.startIndex}:${scope.kind}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (busy.has(key) || busy.size > DEEPEST) {
      cuts += 1
      return []
    }
    const cutsBefore = cuts
    busy.add(key)
    const values = distinct(evaluate(node, scope))
    busy.delete(key)
    const asked = (tries.get(key) ?? 0) + 1
    tries.set(key, asked)
    if (cuts === cutsBefore || busy.size === 0 || asked >= MOST_TRIES) known.set(key, values)
    return values
  }
  const one = (node: Node | null, scope: Scope): Value => {
    if (node === null) return unknown('nothing is written there')
    const values = all(node, scope)
    return (
      values.find((value) => value.kind !== 'unknown' && value.kind !== 'none') ??
      values[0] ??
      unknown(`${node.text.split('\n')[0]?.slice(0, 80) ?? ''} is only known when it runs`)
    )
  }
  const resolve = createResolve(code, { all, one })
  const api: Evaluate = { all, one, attribute: resolve.attribute, ancestors: resolve.ancestors }

  const evaluate = (node: Node, scope: Scope): Value[] => {
    switch (node.type) {
      case 'string':
        return [readJoined(stringPieces(node), (piece) => one(piece, scope))]
      case 'concatenated_string':
        return [readJoined(named(node).flatMap(stringPieces), (piece) => one(piece, scope))]
      case 'integer':
        return [{ kind: 'number', number: Number(node.text.replaceAll('_', '')) }]
      case 'true':
      case 'false':
        return [{ kind: 'truth', truth: node.type === 'true' }]
      case 'none':
        return [{ kind: 'none' }]
      case 'list':
      case 'tuple':
      case 'set':
      case 'expression_list':
        return [{ kind: 'list', items: named(node).flatMap((item) => readItem(item, scope)) }]
      case 'dictionary':
        return [readTable(node, scope)]
      case 'identifier':
        return resolve.name(node.text, scope, node.startIndex)
      case 'attribute':
        return readAttribute(node, scope)
      case 'subscript':
        return readSubscript(node, scope)
      case 'call':
        return readCall(node, scope)
      case 'binary_operator':
        return readOperator(node, scope)
      case 'boolean_operator':
      case 'conditional_expression':
        return readChoice(node, scope)
      case 'parenthesized_expression':
      case 'await':
        return named(node)
          .slice(0, 1)
          .flatMap((inner) => all(inner, scope))
      case 'named_expression':
      case 'keyword_argument': {
        const value = field(node, 'value')
        return value === null ? [] : all(value, scope)
      }
      case 'type': {
        const inner = named(node)[0]
        return inner === undefined ? [] : all(inner, scope)
      }
      default:
        return []
    }
  }

  const readItem = (item: Node, scope: Scope): Value[] => {
    if (item.type !== 'list_splat') return [one(item, scope)]
    const inner = one(named(item)[0] ?? null, scope)
    return inner.kind === 'list' ? [...inner.items] : [unknown('a spread list')]
  }

  const readTable = (node: Node, scope: Scope): Value => {
    const entries = new Map<string, Value>()
    for (const pair of named(node)) {
      const key = pair.type === 'pair' ? one(field(pair, 'key'), scope) : null
      if (key?.kind === 'text') entries.set(key.text, one(field(pair, 'value'), scope))
    }
    return { kind: 'table', entries }
  }

  const readAttribute = (node: Node, scope: Scope): Value[] => {
    const object = field(node, 'object')
    const name = field(node, 'attribute')?.text ?? ''
    return object === null ? [] : all(object, scope).flatMap((value) => resolve.attribute(value, name))
  }

  const readSubscript = (node: Node, scope: Scope): Value[] => {
    const of = one(field(node, 'value'), scope)
    const key = one(field(node, 'subscript'), scope)
    if (of.kind === 'table' && key.kind === 'text')
      return [of.entries.get(key.text) ?? unknown('no such key')]
    if (of.kind === 'external' && of.name === 'os.environ' && key.kind === 'text')
      return [unknown(`it comes from the environment variable ${key.text}`, key.text)]
    if (of.kind === 'list' && key.kind === 'number') return [of.items[key.number] ?? unknown('no such item')]
    return key.kind === 'text' ? [{ kind: 'member', of, name: `[${key.text}]` }] : []
  }

  const readOperator = (node: Node, scope: Scope): Value[] => {
    const left = one(field(node, 'left'), scope)
    const right = one(field(node, 'right'), scope)
    const operator = field(node, 'operator')?.text
    if (operator === '%' && left.kind === 'text') return [readFormatted(left.text, right)]
    if (operator === '/' && left.kind === 'text' && right.kind === 'text')
      return [text(`${left.text.replace(/\/$/, '')}/${right.text}`)]
    if (operator !== '+') return []
    if (left.kind === 'list' && right.kind === 'list')
      return [{ kind: 'list', items: [...left.items, ...right.items] }]
    return left.kind === 'text' && right.kind === 'text' ? [readJoined([left, right], (value) => value)] : []
  }

  const readChoice = (node: Node, scope: Scope): Value[] => {
    const [first, second, third] = named(node)
    const branches = node.type === 'boolean_operator' ? [first, second] : [first, third]
    const values = branches.flatMap((branch) => (branch === undefined ? [] : all(branch, scope)))
    const asked = values.find((value) => value.kind === 'unknown' && value.from !== undefined)
    if (asked?.kind !== 'unknown' || asked.from === undefined) return values
    const from = asked.from
    return values.map((value) =>
      (value.kind === 'text' || value.kind === 'number') && value.from === undefined
        ? { ...value, from }
        : value,
    )
  }

  const readCall = (node: Node, scope: Scope): Value[] => {
    const callee = field(node, 'function')
    if (callee === null) return []
    return all(callee, scope).flatMap((target): Value[] => {
      if (target.kind === 'function') {
        const returned = target.scope.returns.flatMap((value) => all(value, target.scope))
        return returned.length > 0 ? returned : [{ kind: 'object', type: target, node, scope }]
      }
      const given = argumentsOf(node)
      const read = (position: number | string): Value | null => {
        const positional = given.filter((each) => each.name === null)
        const found =
          typeof position === 'number' ? positional[position] : given.find((each) => each.name === position)
        return found === undefined ? null : one(found.value, scope)
      }
      const count = given.filter((each) => each.name === null).length
      const made =
        target.kind === 'external'
          ? callExternal(target.name, read, count)
          : target.kind === 'member'
            ? callMember(target.of, target.name, read, count)
            : null
      return [made ?? { kind: 'object', type: target, node, scope }]
    })
  }

  return api
}

const distinct = (values: readonly Value[]): Value[] => {
  const seen = new Map<string, Value>()
  for (const value of values) {
    const key = `${value.kind} ${identity(value)}`
    if (!seen.has(key)) seen.set(key, value)
    if (seen.size >= MOST) break
  }
  return [...seen.values()]
}
