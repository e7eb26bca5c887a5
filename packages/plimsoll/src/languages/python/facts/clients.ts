import type { ClientUse, Module } from '../../define.ts'
import type { Code } from '../code/code.ts'
import type { Scope } from '../code/scope.ts'
import type { Spoken } from './addresses.ts'

/**
 * Client libraries: import name -> the distributions that hold it, and what it speaks to; null: the address says
 * (a library with dialects).
 */
const CLIENTS: Readonly<Record<string, { distributions: readonly string[]; speaks: string | null }>> = {
  psycopg2: { distributions: ['psycopg2', 'psycopg2-binary'], speaks: 'postgres' },
  psycopg: { distributions: ['psycopg'], speaks: 'postgres' },
  asyncpg: { distributions: ['asyncpg'], speaks: 'postgres' },
  aiopg: { distributions: ['aiopg'], speaks: 'postgres' },
  pg8000: { distributions: ['pg8000'], speaks: 'postgres' },
  sqlite3: { distributions: [], speaks: 'sqlite' },
  aiosqlite: { distributions: ['aiosqlite'], speaks: 'sqlite' },
  pymysql: { distributions: ['pymysql'], speaks: 'mysql' },
  MySQLdb: { distributions: ['mysqlclient', 'flask-mysqldb'], speaks: 'mysql' },
  'mysql.connector': { distributions: ['mysql-connector-python'], speaks: 'mysql' },
  aiomysql: { distributions: ['aiomysql'], speaks: 'mysql' },
  pyodbc: { distributions: ['pyodbc'], speaks: 'sql-server' },
  pymssql: { distributions: ['pymssql'], speaks: 'sql-server' },
  oracledb: { distributions: ['oracledb', 'cx-oracle'], speaks: 'oracle' },
  pymongo: { distributions: ['pymongo', 'flask-pymongo'], speaks: 'mongodb' },
  motor: { distributions: ['motor'], speaks: 'mongodb' },
  mongoengine: { distributions: ['mongoengine', 'flask-mongoengine'], speaks: 'mongodb' },
  redis: { distributions: ['redis', 'flask-redis', 'rq', 'flask-rq2'], speaks: 'redis' },
  aioredis: { distributions: ['aioredis'], speaks: 'redis' },
  pymemcache: { distributions: ['pymemcache', 'pylibmc'], speaks: 'memcached' },
  pika: { distributions: ['pika', 'aio-pika'], speaks: 'rabbitmq' },
  kafka: { distributions: ['kafka-python', 'confluent-kafka', 'aiokafka'], speaks: 'kafka' },
  elasticsearch: { distributions: ['elasticsearch'], speaks: 'elasticsearch' },
  opensearchpy: { distributions: ['opensearch-py'], speaks: 'opensearch' },
  neo4j: { distributions: ['neo4j'], speaks: 'neo4j' },
  influxdb_client: { distributions: ['influxdb-client', 'influxdb'], speaks: 'influxdb' },
  cassandra: { distributions: ['cassandra-driver'], speaks: 'cassandra' },
  clickhouse_driver: { distributions: ['clickhouse-driver'], speaks: 'clickhouse' },
  sqlalchemy: { distributions: ['sqlalchemy', 'flask-sqlalchemy', 'sqlmodel'], speaks: null },
  peewee: { distributions: ['peewee'], speaks: null },
  pony: { distributions: ['pony'], speaks: null },
  tortoise: { distributions: ['tortoise-orm'], speaks: null },
}

const ALSO: Readonly<Record<string, string>> = {
  flask_sqlalchemy: 'sqlalchemy',
  sqlmodel: 'sqlalchemy',
  flask_pymongo: 'pymongo',
  flask_mongoengine: 'mongoengine',
  flask_redis: 'redis',
  playhouse: 'peewee',
}

const clientOf = (module: string): string | null => {
  const top = module.split('.')[0] ?? ''
  if (Object.hasOwn(CLIENTS, module)) return module
  return Object.hasOwn(CLIENTS, top) ? top : (ALSO[top] ?? null)
}

/** Where each client is imported first. */
const imports = (code: Code): Map<string, { file: string; line: number }> => {
  const found = new Map<string, { file: string; line: number }>()
  const visit = (scope: Scope) => {
    for (const bindings of scope.bindings.values())
      for (const binding of bindings) {
        if (binding.kind !== 'import') continue
        const client = clientOf(binding.name === null ? binding.module : `${binding.module}.${binding.name}`)
        if (client === null || found.has(client) || code.locate(binding.module, scope.file) !== null) continue
        found.set(client, { file: scope.file, line: binding.line })
      }
  }
  for (const source of code.sources) if (!/(^|\/)tests?\//.test(source.file)) source.scopes.forEach(visit)
  return found
}

/** Client libraries of stores that the source imports, or that a dialect needs. */
export const readClients = (code: Code, module: Module, spoken: readonly Spoken[]): ClientUse[] => {
  const imported = imports(code)
  return Object.entries(CLIENTS).flatMap(([client, { distributions, speaks }]): ClientUse[] => {
    const place = imported.get(client) ?? null
    const listed = distributions.find((name) => module.runtimeDependencies.has(name))
    if (place === null && (listed === undefined || speaks === null)) return []
    const version = distributions.map(module.versionOf).find((one) => one !== null) ?? null
    if (speaks !== null) return [{ client, version, speaks, place }]
    const dialects = [...new Set(spoken.map((one) => one.speaks))]
    const words = dialects.length > 0 ? dialects : [null]
    return words.map((word) => ({ client, version, speaks: word, place }))
  })
}
