import { defineStore } from '../define.ts'
import { identifyPostgres } from './identify.ts'
import { probePostgres, startPostgres } from './start.ts'
import { postgresProtocol } from './wire/protocol.ts'
import { shapeOf } from './wire/shape.ts'
import { wirePostgres } from './wiring/wire.ts'

const reader = async () => (await import('./reading/load-reader.ts')).loadReader()

/**
 * **Contract:** `start` throws a fault or returns a server that holds only what the lab puts there. Aborting the
 * signal ends what was begun. `stop` ends the server and every session, and closes every pool; a server that was
 * given is left as it was found.
 */
export default defineStore({
  id: 'postgres',
  name: 'PostgreSQL',
  clients: {
    javascript: {
      pg: 'pg',
      'pg-native': 'pg',
      'pg-pool': 'pg',
      'pg-promise': 'pg-promise',
      postgres: 'postgres.js',
      slonik: 'Slonik',
      massive: 'Massive',
      'pg-boss': 'pg-boss',
      'graphile-worker': 'Graphile Worker',
      postgraphile: 'PostGraphile',
      '@fastify/postgres': 'pg',
      '@prisma/adapter-pg': 'Prisma',
      '@mikro-orm/postgresql': 'MikroORM',
      '@pgtyped/runtime': 'PgTyped',
    },
    python: {
      psycopg2: 'psycopg2',
      'psycopg2-binary': 'psycopg2',
      psycopg2cffi: 'psycopg2',
      psycopg: 'psycopg',
      'psycopg-binary': 'psycopg',
      asyncpg: 'asyncpg',
      aiopg: 'aiopg',
      pg8000: 'pg8000',
    },
    go: {
      'github.com/lib/pq': 'pq',
      'github.com/jackc/pgx': 'pgx',
      'github.com/jackc/pgx/v4': 'pgx',
      'github.com/jackc/pgx/v5': 'pgx',
      'github.com/go-pg/pg/v10': 'go-pg',
      'github.com/uptrace/bun/driver/pgdriver': 'Bun',
      'gorm.io/driver/postgres': 'GORM',
    },
    java: { 'org.postgresql:postgresql': 'PgJDBC', 'org.postgresql:r2dbc-postgresql': 'R2DBC' },
    csharp: { Npgsql: 'Npgsql', 'Npgsql.EntityFrameworkCore.PostgreSQL': 'Entity Framework' },
  },
  schemes: ['postgres', 'postgresql', 'pgsql', 'pg'],
  protocol: postgresProtocol,
  reader,
  shape: shapeOf,
  probe: () => probePostgres(),
  start: (need) => startPostgres(need),
  identify: identifyPostgres,
  wire: wirePostgres,
})
