import { execFileSync, spawn as spawnChild } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listProcesses } from './list-processes.ts'
import { openSupervisor } from './open-supervisor.ts'
import type { Supervised, Supervisor } from './process.ts'

const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' }
const cwd = '/'
const node = (program: string) => ({ file: process.execPath, args: ['-e', program] })
const alive = (pid: number) => listProcesses().some((one) => one.pid === pid)

const until = async <T>(look: () => T | Promise<T>): Promise<T> => {
  for (let round = 0; round < 1_000; round += 1) {
    const seen = await look()
    if (seen) return seen
    await wait(20)
  }
  throw new Error('it never came')
}
const said = (one: Supervised, pattern: RegExp) =>
  until(() => one.logs().find((line) => pattern.test(line.text))?.text ?? '')

let supervisor: Supervisor
beforeEach(async () => {
  supervisor = await openSupervisor()
})
afterEach(() => supervisor.close())

test('tells the exit code, the signal, and a program that is not there', async () => {
  const three = supervisor.spawn({ command: 'exit 3', cwd, env })
  expect(await three.exited(60_000)).toMatchObject({ code: 3, signal: null })

  const sleeper = supervisor.spawn({ command: { file: 'sleep', args: ['600'] }, cwd, env })
  expect(await sleeper.exited(30)).toBeNull()
  expect(sleeper.exit()).toBeNull()
  sleeper.signal('SIGTERM')
  expect(await sleeper.exited(60_000)).toMatchObject({ code: null, signal: 'SIGTERM' })

  const missing = supervisor.spawn({ command: { file: '/no/such/program', args: [] }, cwd, env })
  expect(await missing.exited(60_000)).toMatchObject({ code: 127 })
  expect(missing.logs()[0]?.text).toContain('/no/such/program')
  missing.signal('SIGKILL')
  await missing.kill()
})

test('inherits nothing but what is given, and reads an empty standard input', async () => {
  process.env.SECRET_OF_THE_PARENT = 'yes'
  const run = await supervisor.run({
    command: 'cat; env',
    cwd,
    env: { ...env, GIVEN: '1' },
    timeoutMs: 60_000,
  })
  const lines = run.logs.map((line) => line.text)
  expect(lines).toContain('GIVEN=1')
  expect(lines.filter((line) => line.startsWith('PLIMSOLL_LAB='))).toHaveLength(1)
  expect(lines.join()).not.toContain('SECRET_OF_THE_PARENT')
})

test('keeps lines with their stream and time, a partial last line, and the last 5,000 only', async () => {
  let now = 0
  const nowMs = () => {
    now += 1
    return now
  }
  const run = await supervisor.run({
    command: `printf 'one\\ntwo\\r\\n'; echo no >&2; sleep 0.2; printf 'é then no end'`,
    cwd,
    env,
    nowMs,
    timeoutMs: 60_000,
  })
  expect(run.logs.filter((line) => line.stream === 'stdout').map((line) => line.text)).toEqual([
    'one',
    'two',
    'é then no end',
  ])
  expect(run.logs.find((line) => line.stream === 'stderr')?.text).toBe('no')
  const many = await supervisor.run({ command: 'seq 1 20000', cwd, env, timeoutMs: 60_000 })
  expect(many.logs).toHaveLength(5_000)
  expect(many.logs.at(-1)?.text).toBe('20000')
})

test('a run that takes too long, or is aborted, is killed with all it started', async () => {
  const late = await supervisor.run({ command: 'sleep 600 & echo $!; sleep 600', cwd, env, timeoutMs: 300 })
  expect(late).toMatchObject({ timedOut: true, exit: null })
  expect(alive(Number(late.logs[0]?.text))).toBe(false)

  const stop = new AbortController()
  const running = supervisor.run({ command: 'sleep 600', cwd, env, timeoutMs: 600_000, signal: stop.signal })
  stop.abort()
  expect(await running).toMatchObject({ timedOut: false, exit: { signal: 'SIGKILL' } })
})

test('finds members and listening ports behind wrappers, also of those that left the group', async () => {
  const serve = `require('net').createServer().listen(0, '127.0.0.1', function () { console.log('port ' + this.address().port) })`
  writeFileSync(join(supervisor.scratchDir, 'serve.js'), serve)
  const wrapped = supervisor.spawn({
    command: `sh -c "setsid ${process.execPath} serve.js & wait" ; true`,
    cwd: supervisor.scratchDir,
    env,
  })
  const port = Number((await said(wrapped, /^port/)).split(' ')[1])
  const members = await wrapped.members()
  const server = members.find((one) => one.command.includes('serve.js') && !one.command.includes('sh -c'))
  expect(await wrapped.listening()).toEqual([{ port, pid: server?.pid }])
  expect(members.find((one) => one.pid === wrapped.pid)?.ppid).toBe(process.pid)

  wrapped.signalOne(server?.pid ?? 0, 'SIGTERM')
  expect(await wrapped.exited(60_000)).toMatchObject({ code: 0 })
  expect(await wrapped.listening()).toEqual([])
})

test('kill ends children that ignore signals, detach themselves, and outlive their parent', async () => {
  const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('pid ' + process.pid)`
  const leader = supervisor.spawn({
    command: node(
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { detached: true, stdio: ['ignore', 'inherit', 'inherit'] }).unref(); setTimeout(() => process.exit(0), 200)`,
    ),
    cwd,
    env,
  })
  const orphan = Number((await said(leader, /^pid/)).split(' ')[1])
  expect(await leader.exited(60_000)).toMatchObject({ code: 0 })
  expect(alive(orphan)).toBe(true)
  leader.signal('SIGTERM')
  await leader.kill()
  expect(alive(orphan)).toBe(false)
  await leader.kill()
})

test.runIf(process.getuid?.() === 0)(
  'an unprivileged user can work in a folder below the scratch folder',
  async () => {
    const uid = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }))
    const own = join(supervisor.scratchDir, 'own')
    mkdirSync(own)
    execFileSync('chown', [String(uid), own])
    const run = await supervisor.run({
      command: 'id -u; echo x > here',
      cwd: own,
      env,
      uid,
      timeoutMs: 60_000,
    })
    expect(run.logs[0]?.text).toBe(String(uid))
    expect(existsSync(join(own, 'here'))).toBe(true)
  },
)

test('close kills, removes the scratch folder and can be called again', async () => {
  const one = supervisor.spawn({ command: 'sleep 600', cwd, env })
  await Promise.all([supervisor.close(), supervisor.close()])
  await supervisor.close()
  expect(alive(one.pid)).toBe(false)
  expect(existsSync(supervisor.scratchDir)).toBe(false)
  expect(() => supervisor.spawn({ command: 'true', cwd, env })).toThrow('closed')
})

test('kill -9 of the process that holds the supervisor leaves no process, port or folder', async () => {
  const jiti = fileURLToPath(new URL('../../../../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url))
  const program = join(supervisor.scratchDir, 'parent.ts')
  const deep = `require('child_process').spawn('setsid', ['sh', '-c', 'sleep 601 & sleep 602'], { detached: true, stdio: 'inherit' })
    require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
  writeFileSync(
    program,
    `import { openSupervisor } from ${JSON.stringify(fileURLToPath(new URL('./open-supervisor.ts', import.meta.url)))}
    const supervisor = await openSupervisor()
    const app = supervisor.spawn({ command: { file: process.execPath, args: ['-e', ${JSON.stringify(deep)}] }, cwd: '/', env: { PATH: process.env.PATH } })
    const bare = supervisor.spawn({ command: 'env -i setsid sleep 603', cwd: '/', env: { PATH: process.env.PATH } })
    while ((await app.members()).length < 4 || (await app.listening()).length < 1 || (await bare.members()).length < 1) await new Promise((r) => setTimeout(r, 50))
    console.log(JSON.stringify({ dir: supervisor.scratchDir, port: (await app.listening())[0].port, pids: [...(await app.members()), ...(await bare.members())].map((m) => m.pid) }))
    setInterval(() => {}, 1000)`,
  )
  const parent = spawnChild(process.execPath, [jiti, program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [first] = await once(parent.stdout, 'data')
  const { dir, port, pids }: { dir: string; port: number; pids: number[] } = JSON.parse(String(first))
  expect(pids.length).toBeGreaterThanOrEqual(5)
  expect(pids.every(alive)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !existsSync(dir))
  expect(pids.filter(alive)).toEqual([])
  const again = createServer().listen(port, '127.0.0.1')
  await once(again, 'listening')
  again.close()
})

test.runIf(process.platform === 'linux')(
  'close ends a daemon that shed its parent, its group and its environment',
  async () => {
    const own = await openSupervisor()
    const command = 'env -i setsid sh -c "sleep 601 & echo born \\$!"'
    const parent = own.spawn({ command, cwd: own.scratchDir, env })
    const pid = Number(/\d+/.exec(await said(parent, /born/))?.[0])
    await parent.exited(60_000)
    expect(alive(pid)).toBe(true)
    await own.close()
    expect(alive(pid)).toBe(false)
  },
)
