import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { describe, expect, it } from 'vitest'
import { serviceOf, stageOf, writeApp } from '../../../../test/support/staged-app.ts'
import { Fault } from '../base/errors/fault.ts'
import type { Config } from '../model/config.ts'
import type { Service } from '../model/system.ts'

/** The whole message a user would see, with what differs between machines masked. */
const failure = async (
  files: Record<string, string>,
  parts: Parameters<typeof serviceOf>[0] = {},
  config: Config = {},
) => {
  const dir = await writeApp({ 'package.json': '{"type": "module"}', ...files })
  const service: Service = serviceOf(parts)
  const thrown: unknown = await stageOf(dir, service, config).then(
    (opened) => opened.close().then(() => 'it booted'),
    (error: unknown) => error,
  )
  await rm(dir, { recursive: true })
  if (!(thrown instanceof Fault)) return thrown
  return `${thrown.code} ${thrown.exitCode}\n${thrown.message}\n→ ${thrown.hint}`
    .replaceAll(process.version, '<node>')
    .replace(/node:internal[^\n]*/g, 'node:internal…')
}

const server = (body: string) => ({ 'server.js': body })

describe('a boot that fails says which step, why, and what mends it', () => {
  it('a missing variable', async () => {
    const body =
      'console.error("Error: Missing required environment variable STRIPE_ACCOUNT"); process.exit(1)'
    expect(await failure(server(body))).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ Error: Missing required environment variable STRIPE_ACCOUNT
      → Set "env": { "STRIPE_ACCOUNT": "…" } in plimsoll.config.json."
    `)
  })
  it('a missing variable, as a schema tells it', async () => {
    const body = `console.error("Error: env must have required property 'API_HOST'"); process.exit(1)`
    expect(await failure(server(body))).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ Error: env must have required property 'API_HOST'
      → Set "env": { "API_HOST": "…" } in plimsoll.config.json."
    `)
  })
  it('a store that the lab does not run', async () => {
    const body =
      'console.error("AggregateError: connect ECONNREFUSED 127.0.0.1:6379"); setTimeout(() => process.exit(1), 50)'
    expect(await failure(server(body))).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ AggregateError: connect ECONNREFUSED 127.0.0.1:6379
      → The app needs redis (127.0.0.1:6379), which the lab cannot start yet. Set "stores": { "redis": { "use": false } } in plimsoll.config.json if it runs without, or { "url": "…" } to lend it a disposable one."
    `)
  })
  it('a module that is not installed', async () => {
    expect(
      await failure({ 'server.cjs': 'require("no-such-package")' }, { command: 'node server.cjs' }),
    ).toMatch(
      /^E_STEP_FAILED 3\nThe start step failed: "node server\.cjs" exited with code 1 before it was ready\.\n {2}│ (?:.|\n)*\n→ "no-such-package" is not installed\. Run "npm ci", or let the lab do it in its own copy: plimsoll prove --install$/,
    )
  })
  it('a build output that nothing makes', async () => {
    const text = await failure({}, { command: 'node dist/main.js' })
    expect(text).toContain(
      '→ dist/main.js is made by the build, and none was found. Set "build": "…" in plimsoll.config.json.',
    )
  })
  it('a build that fails', async () => {
    const build = { command: 'npm run compile', dir: '.', from: 'test' }
    const files = {
      'package.json':
        '{"scripts": {"compile": "echo compiling && node -e \\"console.error(\'TS2322: no\'); process.exit(2)\\""}}',
    }
    expect(
      await failure(files, { build, typescript: true, command: 'node dist/main.js' }),
    ).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The build step failed: "npm run compile" exited with code 2.
        │ compiling
        │ TS2322: no
      → Mend what the last lines say, or give another command: "build" in plimsoll.config.json (false to skip it)."
    `)
  })
  it("the user's own migration fails", async () => {
    const body = "console.error('boom'); process.exit(3)"
    expect(await failure({ ...server(body) }, {}, { migrate: 'node server.js' })).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The migrate step failed: "node server.js" exited with code 3.
        │ boom
      → Mend what the last lines say, or give another command: "migrate" in plimsoll.config.json (false to skip it)."
    `)
  })
  it('a program that is not there', async () => {
    expect(await failure({}, { command: 'no-such-program serve' })).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "no-such-program serve" exited with code 127 before it was ready.
        │ spawn no-such-program ENOENT
      → The program "no-such-program" is not on this machine, unless "npm ci" brings it (plimsoll prove --install). Install it, or set that step's command in plimsoll.config.json."
    `)
  })
  it('a wrong database name', async () => {
    const body = `console.error('error: database "shop" does not exist'); process.exit(1)`
    expect(await failure(server(body))).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ error: database "shop" does not exist
      → The name shop of the database is written into the app. Let it read one: "env": { "NAME": "{{postgres.database}}" } in plimsoll.config.json."
    `)
  })
  it('a table that no migration made', async () => {
    const body = `console.error('error: relation "users" does not exist'); process.exit(1)`
    expect(await failure(server(body))).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ error: relation "users" does not exist
      → The table users does not exist: no migration made it. Set "migrate": "…" in plimsoll.config.json (the command that makes the schema), or "seed" if it makes it."
    `)
  })
  it('an engine that cannot be downloaded', async () => {
    const body = `console.error('Error: request to https://binaries.prisma.sh/all_commits/x failed, reason: getaddrinfo ENOTFOUND binaries.prisma.sh'); process.exit(1)`
    expect(await failure(server(body))).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ Error: request to https://binaries.prisma.sh/all_commits/x failed, reason: getaddrinfo ENOTFOUND binaries.prisma.sh
      → Prisma's engine is not on this machine and could not be downloaded. Run the install step where binaries.prisma.sh can be reached, set PRISMA_QUERY_ENGINE_LIBRARY and PRISMA_SCHEMA_ENGINE_BINARY through "env", let the build reach it ("outbound": ["binaries.prisma.sh"]), or move to Prisma 7, which needs none."
    `)
  })
  it('nothing starts it', async () => {
    expect(await failure({}, { start: [] })).toMatchInlineSnapshot(`
      "E_NO_BACKEND 3
      No backend was recognised in .: nothing was found that starts it.
      → Say how it starts: set "start" in plimsoll.config.json, or give the folder of the service."
    `)
  })
  it('dependencies are missing', async () => {
    const packages = {
      manager: 'npm',
      lockfile: null,
      install: { command: 'npm ci', dir: '.', from: 'test' },
      installed: false,
    }
    expect(await failure({}, { packages })).toMatchInlineSnapshot(`
      "E_DEPENDENCIES_MISSING 3
      The dependencies of the repo are not installed (npm packages).
      → Run "npm ci" there, or let the lab do it in its own copy: plimsoll prove --install"
    `)
  })
  it('a store that no member can start', async () => {
    const stores = [
      { store: 'unsupported:redis', client: 'ioredis', version: null, place: null, hardCoded: null },
    ]
    expect(await failure({}, { stores })).toMatchInlineSnapshot(`
      "E_STORE_UNSUPPORTED 3
      The app needs redis, which the lab cannot start yet.
      → Name a loopback one that may be thrown away ("stores": { "redis": { "url": "…" } }), or say that the app runs without it ({ "use": false }), in plimsoll.config.json."
    `)
  })
  it('secrets and folders of the machine are not printed', async () => {
    const body = 'console.error(process.env.API_TOKEN, process.cwd(), process.env.HOME); process.exit(1)'
    const env = [{ name: 'API_TOKEN', default: null, example: null, place: null }]
    expect(await failure(server(body), { env })).toMatchInlineSnapshot(`
      "E_STEP_FAILED 3
      The start step failed: "node server.js" exited with code 1 before it was ready.
        │ (secret) . <scratch>
      → Mend what the last lines say, or give another command: "start" in plimsoll.config.json."
    `)
  })
  it('a fixed port that somebody holds', async () => {
    const holder = await new Promise<Server>((resolve) => {
      const held = createServer().listen(0, '127.0.0.1', () => resolve(held))
    })
    const address = holder.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const body = `import { createServer } from 'node:http'\ncreateServer().listen(${port}, '127.0.0.1')`
    const text = await failure(server(body))
    holder.close()
    expect(String(text).replaceAll(String(port), '<port>')).toMatchInlineSnapshot(`
      "E_PORT_TAKEN 3
      The app listens on the fixed port <port>, which another process holds.
      → Stop that process, or let the app read its port from the environment: "port.env" in plimsoll.config.json."
    `)
  })
})

/** Long enough for a busy machine to start Node and print; both wait at the same time. */
const timeoutSeconds = 5

describe.concurrent('an app that starts and does not get ready', () => {
  it('it never listens', async ({ expect: says }) => {
    const config = { ready: { timeoutSeconds } }
    const text = await failure(server('console.log("idle"); setInterval(() => {}, 1000)'), {}, config)
    says(text).toMatchInlineSnapshot(`
      "E_TARGET_NOT_READY 3
      The app did not become ready within 5 s: it listens on no port (told: PORT).
        │ idle
      → Say what starts the server in the foreground ("start"), which variable gives its port ("port": { "env": "NAME" }), or give it more time ("ready": { "timeoutSeconds": 120 }) in plimsoll.config.json."
    `)
  })
  it('it never gets ready', async ({ expect: says }) => {
    const body = `import { createServer } from 'node:http'
createServer((req, res) => { res.statusCode = 503; res.end() }).listen(process.env.PORT)`
    const text = await failure(server(body), {}, { ready: { path: '/health', timeoutSeconds } })
    says(text).toMatchInlineSnapshot(`
      "E_TARGET_NOT_READY 3
      The app did not become ready within 5 s: GET /health kept answering 503.
        (it printed nothing)
      → Give a path that answers below 400 when the app is ready ("ready": { "path": "/…" }), or more time ("ready": { "timeoutSeconds": 120 }) in plimsoll.config.json."
    `)
  })
})
