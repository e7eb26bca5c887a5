import { defineStore } from '../define.ts'
import { findStateFiles } from './find-files.ts'
import { canRead } from './read.ts'
import { startSqlite } from './start.ts'
import { wireSqlite } from './wire.ts'

/**
 * **Contract:** starts nothing and cannot be unavailable. Touches only files below the staged app's folder and the
 * scratch folder. `copy` needs the app to be stopped.
 */
export default defineStore({
  id: 'sqlite',
  name: 'SQLite',
  clients: {
    javascript: {
      sqlite3: 'sqlite3',
      sqlite: 'sqlite',
      'better-sqlite3': 'better-sqlite3',
      '@libsql/client': 'libSQL',
      libsql: 'libSQL',
      'sql.js': 'sql.js',
      'node:sqlite': 'node:sqlite',
      'bun:sqlite': 'bun:sqlite',
      '@mikro-orm/sqlite': 'MikroORM',
      '@mikro-orm/better-sqlite': 'MikroORM',
      '@prisma/adapter-better-sqlite3': 'Prisma',
    },
    python: { sqlite3: 'sqlite3', aiosqlite: 'aiosqlite', 'pysqlite3-binary': 'pysqlite3' },
    go: {
      'github.com/mattn/go-sqlite3': 'go-sqlite3',
      'modernc.org/sqlite': 'modernc',
      'gorm.io/driver/sqlite': 'GORM',
      'github.com/glebarez/sqlite': 'GORM',
    },
    java: { 'org.xerial:sqlite-jdbc': 'sqlite-jdbc' },
    csharp: {
      'Microsoft.Data.Sqlite': 'Microsoft.Data.Sqlite',
      'Microsoft.EntityFrameworkCore.Sqlite': 'Entity Framework',
    },
  },
  schemes: ['sqlite', 'sqlite3', 'file', 'libsql'],
  protocol: null,
  probe: async () => ({
    available: true,
    how: canRead() ? 'files of the app' : 'files of the app, which Node before 22.13 cannot look into',
    install: '',
  }),
  start: startSqlite,
  files: findStateFiles,
  wire: wireSqlite,
})
