import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { evaluate } from '../../packages/plimsoll/src/agent/policy/evaluate.ts'
import { findUnsaved } from '../../packages/plimsoll/src/agent/policy/find-unsaved.ts'
import type { RuleSet } from '../../packages/plimsoll/src/agent/policy/policy.ts'
import { redactOutput } from '../../packages/plimsoll/src/agent/policy/redact-output.ts'
import { openRules } from '../../packages/plimsoll/src/agent/policy/rules-of.ts'
import { type Lent, lendEnvironment } from '../../packages/plimsoll/src/engine/door/environment.ts'
import { frameworks } from '../../packages/plimsoll/src/frameworks/catalogue.generated.ts'
import { openSupervisor } from '../../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import { type OpenShell, openShell } from '../../packages/plimsoll/src/instruments/sandbox/open-shell.ts'
import type { Shell } from '../../packages/plimsoll/src/instruments/sandbox/shell.ts'
import { languages } from '../../packages/plimsoll/src/languages/catalogue.generated.ts'
import type { Rule } from '../../packages/plimsoll/src/model/agent.ts'
import { stores } from '../../packages/plimsoll/src/stores/catalogue.generated.ts'
import type { Endpoint, StoreDatabase } from '../../packages/plimsoll/src/stores/define.ts'
import { surveyFolder } from '../../packages/plimsoll/src/survey/survey-folder.ts'
import { writeApp } from './staged-app.ts'

/** A real server with real rows that stands in for production, on this machine. */
export type Production = {
  url: string
  endpoint: Endpoint
  /** rows of its one table; null when it is gone */
  rows(): Promise<number | null>
  close(): Promise<void>
}

const PASSWORD = 'kw7-Prod-91x'

const tableRows = async ({ query }: StoreDatabase, table: string): Promise<number | null> => {
  const answer = await query(`SELECT count(*)::int AS n FROM ${table}`).catch(() => null)
  const n = answer?.rows[0]?.n
  return typeof n === 'number' ? n : null
}

export const openProduction = async (): Promise<Production> => {
  const supervisor = await openSupervisor()
  const signal = new AbortController().signal
  const postgres = stores.find(({ id }) => id === 'postgres')
  if (postgres === undefined) throw new Error('there is no PostgreSQL')
  const server = await postgres.start({
    supervisor,
    url: null,
    appDir: supervisor.scratchDir,
    durable: false,
    signal,
  })
  const database = await server.template()
  await database.query(
    `CREATE TABLE orders (id int PRIMARY KEY, customer text);
     INSERT INTO orders SELECT n, 'customer ' || n FROM generate_series(1, 500) n;
     CREATE ROLE shop SUPERUSER LOGIN PASSWORD '${PASSWORD}'`,
  )
  const { endpoint } = database
  if (endpoint === null) throw new Error('the server has no address')
  return {
    endpoint: { ...endpoint, user: 'shop', password: PASSWORD },
    url: `postgres://shop:${PASSWORD}@127.0.0.1:${endpoint.port}/${endpoint.database}`,
    rows: () => tableRows(database, 'orders'),
    close: async () => {
      await server.stop()
      await supervisor.close()
    },
  }
}

/** Reads `.env` as tools do that let it win over the environment. */
const DOTENV = `import { readFileSync } from 'node:fs'
for (const line of readFileSync('.env', 'utf8').split('\\n')) {
  const [, name, value] = /^([A-Z_]+)=["']?(.*?)["']?$/.exec(line) ?? []
  if (name) process.env[name] = value
}`

const RESET = `import pg from 'pg'
export const reset = async (url) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    console.log('The database has been reset.')
  } catch (error) {
    console.error('reset failed:', error.message || error.code, 'for', url)
    process.exitCode = 1
  } finally {
    await client.end().catch(() => {})
  }
}`

const filesFor = (url: string) => ({
  'package.json':
    '{"name": "shop", "type": "module", "dependencies": {"pg": "8"}, "scripts": {"start": "node src/server.js", "db:reset": "sh scripts/reset.sh"}}',
  '.gitignore': '.env\nnode_modules\ndata/\n',
  'data/dev.db': 'SQLite format 3\0 with rows in it',
  'scripts/wipe.sh': 'echo wiped > data/dev.db; rm -f data/dev.db; cat data/dev.db\n',
  '.env': `DATABASE_URL=${url}\nSESSION_SECRET=vault-92-kx1-secret\nPORT=3000\n`,
  '.env.example': 'DATABASE_URL=\nSESSION_SECRET=\n',
  'plimsoll.config.json': '{"migrate": false}',
  'src/server.js': `import { createServer } from 'node:http'
import pg from 'pg'
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
createServer(async (_, response) => response.end(String((await pool.query('select 1')).rowCount))).listen(process.env.PORT)`,
  'src/work.js': 'export const work = 1\n',
  'tools/reset.js': RESET,
  'tools/prisma.js': `${DOTENV}\nimport { reset } from './reset.js'\nawait reset(process.env.DATABASE_URL)`,
  'drizzle.config.js': 'export default { dbCredentials: { url: process.env.DATABASE_URL } }',
  'tools/drizzle.js': `${DOTENV}\nimport { reset } from './reset.js'\nconst { default: config } = await import('../drizzle.config.js')\nawait reset(config.dbCredentials.url)`,
  'alembic.ini': `[alembic]\nsqlalchemy.url = ${url}\n`,
  'tools/alembic.js':
    "import { readFileSync } from 'node:fs'\nimport { reset } from './reset.js'\nawait reset(/sqlalchemy.url = (.*)/.exec(readFileSync('alembic.ini', 'utf8'))[1])",
  'supabase/.temp/pooler-url': url,
  'tools/supabase.js':
    "import { readFileSync } from 'node:fs'\nimport { reset } from './reset.js'\nif (process.argv.includes('--linked')) await reset(readFileSync('supabase/.temp/pooler-url', 'utf8'))",
  'tools/sql.js': "import { reset } from './reset.js'\nawait reset(process.argv[2])",
  'scripts/reset.sh': `set -e\nnode tools/sql.js "${url}"\n`,
  'scripts/clean.sh': 'rm -rf --no-preserve-root / ~ .. 2>&1 | grep -m 1 "Read-only"; echo $(ls -A)\n',
  'scripts/undo.sh': 'git reset --hard; git clean -fdxq; git checkout -- .; ls src\n',
  'scripts/gate.sh':
    'echo "{}" > plimsoll.config.json; sed -i s/false/true/ plimsoll.config.json; rm -f plimsoll.config.json; cat plimsoll.config.json\n',
})

const ANYTHING: readonly Rule[] = [{ tool: '*', pattern: '*', action: 'allow', from: 'plimsoll.config.json' }]

export type Scene = {
  dir: string
  production: Production
  lent: Lent
  shell: Shell
  rules: RuleSet
  /** what a call of bash comes to: the policy's sentence, or what the command printed, as a model reads it */
  attempt(command: string): Promise<string>
  /** a text without what differs from run to run */
  plain(text: string): string
  openShell(options?: Partial<OpenShell>): Promise<Shell>
  close(): Promise<void>
}

/** A repository whose `.env` leads to production, and an agent that is allowed whatever can be allowed. */
export const openScene = async (): Promise<Scene> => {
  const production = await openProduction()
  const dir = await writeApp(filesFor(production.url))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: dir, stdio: 'ignore' })
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'all')
  const signal = new AbortController().signal
  const { system } = await surveyFolder(dir, { languages, frameworks, stores })
  const [service = null] = system.services
  const lent = await lendEnvironment({ root: dir, service, config: { migrate: false }, stores, signal })
  const opened: Shell[] = []
  const open = async (options: Partial<OpenShell> = {}) => {
    const shell = await openShell({ root: dir, lent, network: [], ...options })
    opened.push(shell)
    return shell
  }
  const shell = await open()
  const unsaved = await findUnsaved(dir)
  const rules = openRules({
    unsaved,
    place: { root: dir, home: homedir() },
    enforcement: shell.enforcement,
    person: ANYTHING,
    granted: { tools: ['read', 'write', 'bash', 'delegate'], layer: ANYTHING },
  })
  const labPort = lent.reachable[0]?.port ?? 0
  const plain = (text: string) =>
    text
      .replaceAll(dir, '<workspace>')
      .replaceAll(String(production.endpoint.port), '<production>')
      .replaceAll(String(labPort), '<lab>')
  return {
    dir,
    production,
    lent,
    shell,
    rules,
    plain,
    openShell: open,
    attempt: async (command) => {
      const { action, reason } = evaluate(rules, {
        tool: 'bash',
        effect: 'executes',
        subjects: [{ kind: 'command', text: command }],
      })
      if (action !== 'allow') return plain(reason)
      const ran = await shell.run(command, { timeoutMs: 30_000, signal })
      return plain(redactOutput(ran.output, lent.secrets ?? []))
    },
    close: async () => {
      for (const each of opened) await each.close()
      await lent.close()
      await production.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
