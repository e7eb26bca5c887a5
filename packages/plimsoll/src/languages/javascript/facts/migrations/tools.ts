/** Read off the syntax tree of files that the entry reaches. */
export type AtStart = {
  /** a call whose callee, arguments left out, ends so: `knex.migrate.latest` */
  calls?: readonly string[]
  /** and whose file imports this package or a path of it */
  imports?: string
  /** a property set to true in an object literal */
  flag?: string
}

/** A migration tool: how its presence is seen, where its files are, and what applies them. */
export type MigrationTool = {
  id: string
  /** any of these among the dependencies */
  packages: readonly string[]
  /** default folders, relative to the module */
  dirs: readonly string[]
  /** configuration files, by the end of their name */
  configs: readonly string[]
  /** what one migration is: a file, or a folder with this file */
  unit: { files: RegExp } | { foldersWith: string }
  /** arguments that apply everything pending */
  apply: string
  /** the same as found in a package script */
  applied: RegExp
  /** the bare program in a package script, to which arguments can be added */
  program: RegExp
  /** what in the app's own source applies them while it starts */
  atStart?: AtStart
}

const SCRIPT = /\.([cm]?[jt]s)$/
const SCRIPT_OR_SQL = /\.([cm]?[jt]s|sql)$/

export const MIGRATION_TOOLS: readonly MigrationTool[] = [
  {
    id: 'prisma',
    packages: ['prisma', '@prisma/client'],
    dirs: ['prisma/migrations', 'src/prisma/migrations', 'prisma/schema/migrations'],
    configs: ['schema.prisma', 'prisma.config.ts'],
    unit: { foldersWith: 'migration.sql' },
    apply: 'prisma migrate deploy',
    applied: /prisma migrate deploy/,
    program: /^prisma migrate$/,
  },
  {
    id: 'knex',
    packages: ['knex'],
    dirs: [
      'migrations',
      'src/migrations',
      'db/migrations',
      'database/migrations',
      'src/db/migrations',
      'knex/migrations',
    ],
    configs: ['knexfile.js', 'knexfile.ts', 'knexfile.cjs', 'knexfile.mjs'],
    unit: { files: SCRIPT },
    apply: 'knex migrate:latest',
    applied: /knex\b.*migrate:latest/,
    program: /^knex( --\S+)*$/,
    atStart: { calls: ['migrate.latest'] },
  },
  {
    id: 'typeorm',
    packages: ['typeorm', '@nestjs/typeorm'],
    dirs: [
      'src/migrations',
      'migrations',
      'src/migration',
      'src/database/migrations',
      'src/db/migrations',
      'migration',
    ],
    configs: [
      'data-source.ts',
      'data-source.js',
      'ormconfig.json',
      'ormconfig.js',
      'ormconfig.ts',
      'datasource.ts',
      'typeorm.config.ts',
      'ormconfig.yml',
    ],
    unit: { files: SCRIPT },
    apply: 'typeorm migration:run',
    applied: /migrations?:run/,
    program: /^(\S+ )*\S*typeorm\S*( -d \S+)?$/,
    atStart: { calls: ['.runMigrations'], flag: 'migrationsRun' },
  },
  {
    id: 'sequelize',
    packages: ['sequelize-cli', 'sequelize', '@sequelize/core'],
    dirs: [
      'migrations',
      'src/migrations',
      'db/migrations',
      'database/migrations',
      'src/database/migrations',
      'src/db/migrations',
    ],
    configs: ['.sequelizerc', 'config/config.json', 'config/config.js'],
    unit: { files: SCRIPT },
    apply: 'sequelize-cli db:migrate',
    applied: /sequelize(-cli)?\b.*db:migrate(?!:)/,
    program: /^sequelize(-cli)?$/,
  },
  {
    id: 'umzug',
    packages: ['umzug'],
    dirs: ['migrations', 'src/migrations', 'db/migrations', 'src/db/migrations'],
    configs: ['umzug.js', 'umzug.ts'],
    unit: { files: SCRIPT_OR_SQL },
    apply: '',
    applied: /umzug\S* up|migrate(\.[cm]?[jt]s)? up/,
    program: /^$/,
    atStart: { calls: ['.up'], imports: 'umzug' },
  },
  {
    id: 'drizzle',
    packages: ['drizzle-kit', 'drizzle-orm'],
    dirs: [
      'drizzle',
      'src/drizzle',
      'migrations',
      'drizzle/migrations',
      'src/db/migrations',
      'src/migrations',
      'db/migrations',
    ],
    configs: ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs'],
    unit: { files: /\.sql$/ },
    apply: 'drizzle-kit migrate',
    applied: /drizzle-kit (migrate|push)/,
    program: /^drizzle-kit$/,
    atStart: { calls: ['migrate'], imports: 'drizzle-orm' },
  },
  {
    id: 'mikro-orm',
    packages: ['@mikro-orm/migrations', '@mikro-orm/cli'],
    dirs: ['migrations', 'src/migrations', 'src/db/migrations', 'database/migrations'],
    configs: ['mikro-orm.config.ts', 'mikro-orm.config.js'],
    unit: { files: SCRIPT },
    apply: 'mikro-orm migration:up',
    applied: /mikro-orm\b.*migration:up/,
    program: /^mikro-orm$/,
    atStart: { calls: ['getMigrator.up', 'migrator.up'] },
  },
  {
    id: 'node-pg-migrate',
    packages: ['node-pg-migrate'],
    dirs: ['migrations', 'db/migrations', 'src/migrations'],
    configs: [],
    unit: { files: SCRIPT_OR_SQL },
    apply: 'node-pg-migrate up',
    applied: /node-pg-migrate\b.*\bup\b/,
    program: /^node-pg-migrate( -{1,2}\S+( \S+)?)*$/,
    atStart: { calls: ['runner', 'migrate', 'pgMigrate', 'default'], imports: 'node-pg-migrate' },
  },
  {
    id: 'db-migrate',
    packages: ['db-migrate'],
    dirs: ['migrations', 'db/migrations', 'src/migrations'],
    configs: ['database.json', 'config/database.json'],
    unit: { files: SCRIPT },
    apply: 'db-migrate up',
    applied: /db-migrate\b.*\bup\b/,
    program: /^db-migrate( -{1,2}\S+( \S+)?)*$/,
    atStart: { calls: ['.up'], imports: 'db-migrate' },
  },
  {
    id: 'postgres-migrations',
    packages: ['postgres-migrations'],
    dirs: ['migrations', 'db/migrations', 'src/migrations', 'src/db/migrations', 'sql'],
    configs: [],
    unit: { files: SCRIPT_OR_SQL },
    apply: '',
    applied: /pg-validate-migrations/,
    program: /^$/,
    atStart: { calls: ['migrate'], imports: 'postgres-migrations' },
  },
  {
    id: 'migrate-mongo',
    packages: ['migrate-mongo'],
    dirs: ['migrations'],
    configs: ['migrate-mongo-config.js'],
    unit: { files: SCRIPT },
    apply: 'migrate-mongo up',
    applied: /migrate-mongo\b.*\bup\b/,
    program: /^migrate-mongo$/,
  },
]
