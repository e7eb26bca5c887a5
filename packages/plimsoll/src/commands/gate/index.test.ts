import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import { run as runCli } from '../../cli/run.ts'
import { sealRun } from '../../engine/seal/seal.ts'
import { git } from '../../instruments/source/git.ts'
import { treeHash } from '../../instruments/source/hash-tree.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import type { Run } from '../../model/run.ts'

const SERVER = `import Fastify from 'fastify'
const app = Fastify()
app.get('/seats', () => [])
app.listen({ port: 3000 })
`
const CHANGED = SERVER.replace('app.listen', "app.post('/seats', (request) => request.body)\napp.listen")
const SPEC = "test('lists', () => {\n  expect(list()).toEqual([])\n})\n"

const { dir, remove } = writeFixture({
  'package.json': { type: 'module', main: 'server.js', dependencies: { fastify: '5' } },
  'server.js': SERVER,
  'test/seats.test.js': SPEC,
})
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}

beforeAll(async () => {
  await git(dir, ['init', '--quiet', '--initial-branch=main'])
  await git(dir, ['add', '.'])
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  const env = { GIT_COMMITTER_DATE: '2026-01-01T12:00:00Z' }
  await git(dir, [...who, 'commit', '--quiet', '-m', 'one'], { env })
})
beforeEach(() => {
  put('server.js', SERVER)
  put('test/seats.test.js', SPEC)
})
afterAll(remove)

const say = async (words: readonly string[], stdin?: unknown) => {
  const said = { out: '', err: '' }
  const exitCode = await runCli(['gate', ...words], {
    cwd: dir,
    stdout: { write: (text: string) => (said.out += text), columns: 80 },
    stderr: { write: (text: string) => (said.err += text) },
    env: {},
    signal: new AbortController().signal,
    ...(stdin !== undefined && { stdin: Readable.from([JSON.stringify(stdin)]) }),
  })
  return { exitCode, ...said }
}

const DUE = [
  ...['error-hygiene', 'torn-write', 'idempotency', 'lost-ack', 'race', 'mass-assignment', 'exhaustion'],
  ...['access', 'injection', 'query-count', 'statement-latency', 'contract'],
]

/** Saves a Run of the files as they are, in which everything ran and was proven but for what is given. */
const saveRun = async (refuted: readonly string[] = []) => {
  const { inspections, experiments } = (await import('../families.ts')).families
  const probes = [...experiments, ...inspections].map(({ id, standard }): Run['probes'][number] => ({
    ...{ probe: id, kind: experiments.some((one) => one.id === id) ? 'experiment' : 'inspection' },
    ...{ standard, title: id, outcome: 'ran', startedAtMs: 0, durationMs: 1, executions: [] },
  }))
  const verdicts = probes.map(({ probe, standard }, at) =>
    verdict({
      ...{ id: `v${at}`, probe, standard, subject: 'POST /seats', title: `${probe} holds`, detail: 'seen' },
      ...(refuted.includes(probe)
        ? { status: 'refuted' as const, severity: 'high' as const, title: 'Taken twice' }
        : { status: 'proven' as const }),
    }),
  )
  const { lab } = sampleRun()
  const reach = [{ route: 'POST /seats', status: 200, statements: 1, how: 'inferred' }]
  const sample = sampleRun({
    lab: { ...lab, reach },
    id: 'today',
    probes,
    verdicts,
    failOn: 'low',
    tree: await treeHash(dir),
  })
  put('.plimsoll/.gitignore', '*\n')
  put('.plimsoll/runs/today/run.json', JSON.stringify(sample))
  await sealRun(JSON.stringify(sample), join(dir, '.plimsoll/runs/today'), dir)
}

describe.sequential('by hand', () => {
  test('nothing was changed', async () => {
    const { exitCode, out } = await say([])
    expect(out).toMatch(
      /^⦵ nothing was changed since [0-9a-f]{7}\n {2}held against: the last commit that is older than a day\n$/,
    )
    expect(exitCode).toBe(0)
  })

  test('what no proof is about', async () => {
    put('notes.md', '# Notes\n')
    expect(await say(['--no-prove'])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('that no proof is about'),
    })
  })

  test('what lacks evidence is unproven', async () => {
    put('server.js', CHANGED)
    const { exitCode, out } = await say(['--no-prove'])
    expect(exitCode).toBe(4)
    expect(out.replace(/since [0-9a-f]{7}/, 'since 3f2c91e')).toMatchInlineSnapshot(`
      "⦵ unproven · 1 file changed since 3f2c91e
        held against: the last commit that is older than a day
        27 not run

        changed
          new route  POST /seats  server.js:4

        due
          – durability-settings, error-hygiene, torn-write, idempotency, lost-ack,
            race, body-limit-off, command-concatenation, cors-credentials,
            debug-endpoint, default-secret, dependency-advisories, eval-of-input,
            secret-leak, sql-concatenation, tls-verification-off, unguarded-route,
            unsafe-deserialize, weak-password-hash, mass-assignment, exhaustion,
            access, injection, query-count, statement-latency, api-diff, contract: not
            run for the tree as it is

        next: plimsoll gate --budget 900
      "
    `)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('what git was told not to look at is looked at', async () => {
    put('server.js', CHANGED)
    await git(dir, ['update-index', '--assume-unchanged', 'server.js'])
    const { exitCode } = await say(['--no-prove'])
    await git(dir, ['update-index', '--no-assume-unchanged', 'server.js'])
    expect(exitCode).toBe(4)
  })

  test('a Run of these very files is evidence, and no longer after the next edit', async () => {
    put('server.js', CHANGED)
    await saveRun()
    expect(await say(['--no-prove'])).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^⦵ proven/) })
    put('server.js', `${CHANGED}app.get('/more', () => 1)\n`)
    expect((await say(['--no-prove'])).exitCode).toBe(4)
  })

  test('a Run that somebody else wrote, or changed, is none', async () => {
    put('server.js', CHANGED)
    await saveRun(['race'])
    const file = '.plimsoll/runs/today/run.json'
    put(file, readFileSync(join(dir, file), 'utf8').replaceAll('"refuted"', '"proven"'))
    expect(await say(['--no-prove'])).toMatchObject({ exitCode: 4, out: expect.stringContaining('not run') })
    await saveRun()
    rmSync(join(dir, '.plimsoll/runs/today/run.seal'))
    expect((await say(['--no-prove'])).exitCode).toBe(4)
  })

  test('a refutation', async () => {
    put('server.js', CHANGED)
    await saveRun(['race'])
    const { exitCode, out } = await say(['--no-prove'])
    expect(exitCode).toBe(1)
    expect(out).toMatch(/ {4}✖ race +v\d+ \(on what was changed\) POST \/seats: Taken twice\n/)
    expect(out).toMatch(/\n {2}next: plimsoll replay v\d+\n$/)
    const { out: json } = await say(['--no-prove', '--json'])
    const { obligations, state } = JSON.parse(json)
    expect(state).toBe('refuted')
    const dynamic = obligations.filter(({ subjects }: { subjects: string[] }) => subjects.length > 0)
    expect(dynamic.map(({ probe }: { probe: string }) => probe).sort()).toEqual(
      DUE.filter((id) => !['query-count', 'statement-latency'].includes(id)).sort(),
    )
  })

  test('a weakened gate refutes the work', async () => {
    put('server.js', CHANGED)
    put('test/seats.test.js', SPEC.replace('test(', 'test.skip('))
    const { exitCode, out } = await say(['--no-prove'])
    expect(exitCode).toBe(1)
    expect(out).toContain('    ✖ test/seats.test.js:1: a test was skipped: "lists"\n')
  })

  test('a configuration that git ignores is held against none', async () => {
    put('server.js', CHANGED)
    put('.git/info/exclude', 'plimsoll.config.json\n')
    put('plimsoll.config.json', '{"failOn":"critical"}')
    const { exitCode, out } = await say(['--no-prove'])
    rmSync(join(dir, 'plimsoll.config.json'))
    expect(exitCode).toBe(1)
    expect(out.replace(/\s+/g, ' ')).toContain(
      'plimsoll.config.json: failOn low -> critical (git ignores the file, so that nobody knows what it said before: commit it)',
    )
  })

  test.each([
    [['--since', 'nowhere'], '--since: "nowhere" is no commit, branch or tag'],
    [['--hook', 'emacs'], '--hook: takes claude-code, cursor, gemini, codex, copilot, opencode'],
    [['gone'], 'gone is not a folder that can be read.'],
  ])('mistakes end with 2: %j', async (words, message) => {
    const { exitCode, err } = await say(words)
    expect(exitCode).toBe(2)
    expect(err.startsWith(`✖ ${message}\n`), err).toBe(true)
  })
})

describe.sequential('as a stop hook', () => {
  const hook = async (host: string, payload: unknown) => {
    const { exitCode, out } = await say(['--hook', host, '--no-prove'], payload)
    expect(exitCode).toBe(0)
    return JSON.parse(out)
  }

  test('nothing was changed: the agent may end', async () => {
    expect(await hook('claude-code', { session_id: 'a', cwd: dir })).toEqual({})
    expect(
      await hook('cursor', { conversation_id: 'a', workspace_roots: [dir], status: 'completed' }),
    ).toEqual({})
  })

  test('refuted work goes on, and is let go when nothing came of it', async () => {
    put('server.js', CHANGED)
    await saveRun(['race'])
    const payload = { session_id: 's', cwd: dir, stop_hook_active: false }
    const { decision, reason } = await hook('claude-code', payload)
    expect(decision).toBe('block')
    expect(reason).toMatch(
      /^The work since [0-9a-f]{7} \(the last .+ day\) is refuted, so it is not done\. 1 refuted/,
    )
    expect(reason).toContain('due   new route POST /seats (server.js:4)')
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(4_096)
    const { systemMessage } = await hook('claude-code', { ...payload, stop_hook_active: true })
    expect(systemMessage).toContain('The agent was let go: it was told so, and changed nothing')
  })

  test('a person who ends it is not held back', async () => {
    put('server.js', CHANGED)
    expect(await hook('cursor', { conversation_id: 'z', workspace_roots: [dir], status: 'aborted' })).toEqual(
      {},
    )
  })

  test('a gate that cannot be asked holds nobody', async () => {
    const { exitCode, out, err } = await say(['--hook', 'claude-code', '--since', 'nowhere'], { cwd: dir })
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toContain('✖ plimsoll gate: --since: "nowhere" is no commit, branch or tag')
  })
})
