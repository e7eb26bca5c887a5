import ts from 'typescript'
import { literalText, property } from '../reads/syntax.ts'
import { DIALECTS } from './clients.ts'

export type DialectUse = { client: string; speaks: string; node: ts.Node }

/** Property of a configuration literal that names the dialect, by client. */
const KEYS: readonly { client: string; key: string }[] = [
  { client: 'knex', key: 'client' },
  { client: 'typeorm', key: 'type' },
  { client: 'sequelize', key: 'dialect' },
  { client: 'drizzle-orm', key: 'dialect' },
  { client: '@mikro-orm/core', key: 'type' },
]

/** The properties that matter for these clients; empty when none has a dialect to read. */
export const dialectKeys = (clients: ReadonlySet<string>): string[] => [
  ...new Set(KEYS.flatMap(({ client, key }) => (clients.has(client) ? [key] : []))),
]

/** Properties that stand beside it in a real configuration, so that any old `type: 'mysql'` does not count. */
const BESIDE =
  /^(connection|pool|migrations|host|url|uri|database|dbName|username|entities|storage|filename|synchronize|schema|out|dbCredentials|useNullAsDefault|autoLoadEntities|dataSource|models|logging|replication|port|user|password|ssl)$/

const dialectWord = (expression: ts.Expression): string | null => {
  const text = literalText(expression)
  if (text !== null) return DIALECTS[text.toLowerCase()] ?? null
  if (ts.isBinaryExpression(expression)) return dialectWord(expression.right) ?? dialectWord(expression.left)
  if (ts.isIdentifier(expression)) {
    // `client: Client_PG`, `dialect: PostgresDialect`: classes named after what they speak
    const name = expression.text.toLowerCase()
    return Object.entries(DIALECTS).find(([word]) => word.length > 3 && name.includes(word))?.[1] ?? null
  }
  return null
}

const hasCompany = (object: ts.ObjectLiteralExpression) =>
  object.properties.some(
    (member) =>
      ts.isSpreadAssignment(member) ||
      (member.name !== undefined && ts.isIdentifier(member.name) && BESIDE.test(member.name.text)),
  )

/** Dialects named by the subpath of an import: `drizzle-orm/node-postgres`, `drizzle-orm/better-sqlite3`. */
const DRIZZLE: Readonly<Record<string, string>> = {
  'node-postgres': 'postgres',
  'postgres-js': 'postgres',
  'neon-http': 'postgres',
  'neon-serverless': 'postgres',
  'vercel-postgres': 'postgres',
  pglite: 'postgres',
  'pg-core': 'postgres',
  mysql2: 'mysql',
  'mysql-core': 'mysql',
  'better-sqlite3': 'sqlite',
  libsql: 'sqlite',
  'bun-sqlite': 'sqlite',
  'sqlite-core': 'sqlite',
}

export const dialectOfImport = (specifier: string): { client: string; speaks: string } | null => {
  const sub = /^drizzle-orm\/([\w-]+)/.exec(specifier)?.[1]
  const speaks = sub === undefined ? undefined : DRIZZLE[sub]
  return speaks === undefined ? null : { client: 'drizzle-orm', speaks }
}

const KYSELY: Readonly<Record<string, string>> = {
  PostgresDialect: 'postgres',
  PostgresJSDialect: 'postgres',
  MysqlDialect: 'mysql',
  SqliteDialect: 'sqlite',
  MssqlDialect: 'sql-server',
}

/** Dialects that one node configures, for the clients that this module has. */
export const readDialect = (node: ts.Node, clients: ReadonlySet<string>): DialectUse[] => {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    const kysely = KYSELY[node.expression.text]
    return kysely !== undefined && clients.has('kysely') ? [{ client: 'kysely', speaks: kysely, node }] : []
  }
  if (!ts.isObjectLiteralExpression(node) || !hasCompany(node)) return []
  return KEYS.flatMap(({ client, key }) => {
    const value = clients.has(client) ? property(node, key) : null
    const speaks = value === null ? null : dialectWord(value)
    return speaks === null || value === null ? [] : [{ client, speaks, node: value }]
  })
}
