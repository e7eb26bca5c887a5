import type { EnvRead } from '../../../model/system.ts'
import { type Code, scopeAt } from '../code/code.ts'
import type { Scope, Source } from '../code/scope.ts'
import { argument, descendants, lineOf, type Node } from '../code/syntax.ts'
import type { Value } from '../code/values.ts'

/** An address of a store: written out, or the default of a variable (`from`). */
export type Spoken = { text: string; speaks: string; from: string | null; file: string; line: number }

const SCHEMES: Readonly<Record<string, string>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  mssql: 'sql-server',
  oracle: 'oracle',
  mongodb: 'mongodb',
  redis: 'redis',
  rediss: 'redis',
  amqp: 'rabbitmq',
  amqps: 'rabbitmq',
  bolt: 'neo4j',
  neo4j: 'neo4j',
}

const storeOf = (text: string): string | null => {
  const scheme = /^([a-z][a-z\d]*)(?:\+\w+)?:\/\//.exec(text)?.[1]
  return scheme !== undefined && Object.hasOwn(SCHEMES, scheme) ? (SCHEMES[scheme] ?? null) : null
}

const WIDER = new Set([
  ...['binary_operator', 'concatenated_string', 'parenthesized_expression', 'boolean_operator'],
  ...['conditional_expression', 'call', 'argument_list', 'attribute', 'keyword_argument'],
])

/** The widest expression around a literal that is still a text: the whole address. */
const whole = (code: Code, literal: Node, scope: Scope): Value => {
  let best = code.evaluate.one(literal, scope)
  let at = literal.parent
  for (let steps = 0; at !== null && WIDER.has(at.type) && steps < 8; steps += 1) {
    if (at.type !== 'argument_list' && at.type !== 'attribute' && at.type !== 'keyword_argument') {
      const values = code.evaluate.all(at, scope)
      const texts = values.find((value) => value.kind === 'text' && storeOf(value.text) !== null)
      if (texts !== undefined) best = texts
      else if (at.type === 'binary_operator') return values[0] ?? { kind: 'unknown', why: '' }
    }
    at = at.parent
  }
  return best
}

const fromLiterals = (code: Code, source: Source): Spoken[] =>
  descendants(source.root.node, 'string').flatMap((node): Spoken[] => {
    const start = node.text.replace(/^[a-zA-Z]*["']+/, '').slice(0, 24)
    const speaks = storeOf(start)
    if (speaks === null) return []
    const scope = scopeAt(source, node.startIndex)
    if (scope.kind === 'class' && /test/i.test(scope.name)) return []
    const value = whole(code, node, scope)
    const place = { file: source.file, line: lineOf(node) }
    if (value.kind !== 'text') return [{ text: '', speaks, from: partOf(code, node, scope), ...place }]
    const speaksNow = storeOf(value.text) ?? speaks
    const held = /^sqlite\w*:\/\/\/?$/.test(value.text) ? 'sqlite:///:memory:' : value.text
    return [{ text: held, speaks: speaksNow, from: value.from ?? null, ...place }]
  })

/** An address put together from things that are not known is not written out: something outside decides it. */
const partOf = (code: Code, node: Node, scope: Scope): string => {
  const value = code.evaluate.one(node, scope)
  return value.kind === 'unknown' ? (value.from ?? '?') : '?'
}

/** `sqlite3.connect('x.db')`, `psycopg2.connect(host='db.local')` */
const fromCalls = (code: Code, source: Source): Spoken[] =>
  source.calls.flatMap(({ node, scope }): Spoken[] => {
    const callee = node.childForFieldName('function')
    if (callee === null || !/connect$|Connection(?:Pool)?$/i.test(callee.text)) return []
    const target = code.evaluate.all(callee, scope).find((value) => value.kind === 'external')
    const name = target?.kind === 'external' ? target.name : ''
    const place = { file: source.file, line: lineOf(node) }
    if (name === 'sqlite3.connect' || name === 'aiosqlite.connect') {
      const file = code.evaluate.one(argument(node, 'database', 0), scope)
      return file.kind === 'text' && !file.text.includes('://')
        ? [{ text: file.text, speaks: 'sqlite', from: file.from ?? null, ...place }]
        : []
    }
    const speaks = /^(?:psycopg2?|asyncpg|aiopg|pg8000)\./.test(name)
      ? 'postgres'
      : /mysql/i.test(name)
        ? 'mysql'
        : null
    const host = speaks === null ? null : code.evaluate.one(argument(node, 'host'), scope)
    if (speaks === null || host?.kind !== 'text') return []
    const port = code.evaluate.one(argument(node, 'port'), scope)
    const text = port.kind === 'number' ? `${host.text}:${port.number}` : host.text
    return [{ text, speaks, from: host.from ?? null, ...place }]
  })

const APART = /(^|\/)(tests?|docs?|examples?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/

/** Addresses that no variable replaces: of a store for which the source also reads one, none is. */
export const hardCoded = (spoken: readonly Spoken[], env: readonly EnvRead[]): Spoken[] => {
  const decided = new Set(spoken.filter((one) => one.from !== null).map((one) => one.speaks))
  const asked = env.some(({ name }) =>
    /(?:DATABASE|DB|SQLALCHEMY|POSTGRES|PG|MYSQL|SQL)\w*(?:UR[LI]|DSN|HOST)$/i.test(name),
  )
  return spoken.filter((one) => one.text !== '' && one.from === null && !decided.has(one.speaks) && !asked)
}

/** Addresses of stores in the source, also those that a variable may replace. */
export const readAddresses = (code: Code): Spoken[] =>
  code.sources
    .filter((source) => !APART.test(source.file))
    .flatMap((source) => [...fromLiterals(code, source), ...fromCalls(code, source)])
