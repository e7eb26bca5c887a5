import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { openSupervisor } from '../process/open-supervisor.ts'
import { writeFixture } from '../source/write-fixture.ts'
import { planBox } from './box-mounts.ts'
import { findEnforcement } from './find-enforcement.ts'
import { openBox } from './open-box.ts'

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const works = (await findEnforcement()).filter((by) => by !== 'none')
if (works.length === 0) console.log('skipped: neither bubblewrap nor user namespaces work on this machine')

const fixture = (files: Record<string, string>) => {
  const { dir, remove } = writeFixture(files)
  closers.push(remove)
  return realpathSync(dir)
}

/** Tries what it is told as a program of the repository would, and says how each attempt ended. */
const ATTEMPTS = `
const fs = require('node:fs')
const { execFileSync } = require('node:child_process')
const [secret, workspace, us, port] = process.argv.slice(2)
const of = (work) => { try { return work() ?? 'done' } catch (error) { return error.code ?? error.status ?? error.message } }
const ports = fetch('http://127.0.0.1:' + port).then((answer) => answer.text(), (error) => error.cause.code)
ports.then((answered) => console.log(JSON.stringify({
  readsSecret: of(() => fs.readFileSync(secret, 'utf8')),
  findsHomeOfOthers: of(() => fs.readdirSync('/home').length),
  readsPassword: of(() => fs.readFileSync('/etc/shadow', 'utf8')) || 'nothing',
  readsEnvFile: of(() => fs.readFileSync(workspace + '/.env', 'utf8')) || 'nothing',
  readsSource: of(() => fs.readFileSync(workspace + '/app.js', 'utf8')),
  changesSource: of(() => fs.writeFileSync(workspace + '/app.js', 'worse')),
  removesWorkspace: of(() => fs.rmSync(workspace, { recursive: true })),
  writesSystem: of(() => fs.writeFileSync('/usr/planted', '')),
  writesRoot: of(() => fs.writeFileSync('/planted', '')),
  writesKernel: of(() => fs.writeFileSync('/proc/sys/kernel/core_pattern', '|/planted')),
  seesOurTemporaryFiles: fs.existsSync(process.env.OURS),
  readsOurVariables: of(() => fs.readFileSync('/proc/' + us + '/environ', 'utf8')),
  readsOurMemory: of(() => fs.readFileSync('/proc/' + us + '/maps', 'utf8')),
  opensOurFiles: of(() => fs.readdirSync('/proc/' + us + '/fd').map((number) => of(() => String(fs.openSync('/proc/' + us + '/fd/' + number)))).find((code) => code !== 'EACCES' && code !== 'ENOENT') ?? 'none'),
  entersOurRoot: of(() => fs.readFileSync('/proc/' + us + '/root' + secret, 'utf8')),
  uncovers: of(() => execFileSync('unshare', ['-Urm', 'umount', workspace + '/.env'], { stdio: 'ignore' })),
  hasRights: /CapEff:\\t(\\w+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1],
  readsOwnVariables: fs.readFileSync('/proc/self/environ', 'utf8').includes('OWN='),
  writesItsFolder: of(() => fs.writeFileSync('made', 'here')),
  writesTemporaryFile: of(() => fs.writeFileSync('/tmp/made', '')),
  reachesTheMachine: answered,
  maySignalUs: of(() => process.kill(Number(us), 0)),
  isWhoWeAre: process.getuid(),
})))
`

const boxFor = async (by: 'bubblewrap' | 'unshare', root: string) => {
  const supervisor = await openSupervisor()
  closers.push(() => supervisor.close())
  const hidden = [
    { path: join(root, '.env'), isFolder: false },
    { path: join(root, '.git'), isFolder: true },
  ]
  const mounts = planBox({ read: [root], hidden, scratchDir: supervisor.scratchDir })
  const box = await openBox({ supervisor, mounts, only: [by] })
  closers.push(() => box.close())
  return { supervisor, box }
}

describe.each(works)('in a box by %s', (by) => {
  it('shows what programs need, and holds them back from everything else', async () => {
    const home = fixture({ '.ssh/id_rsa': 'a secret' })
    const root = fixture({ 'app.js': 'good', '.env': 'TOKEN=real', '.git/config': '[core]' })
    const before = process.env.HOME
    process.env.HOME = home
    const { supervisor, box } = await boxFor(by, root).finally(() => {
      process.env.HOME = before
    })
    const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlab\n'))
    closers.push(() => server.close())
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const { scratchDir } = supervisor
    writeFileSync(join(scratchDir, 'attempts.js'), ATTEMPTS)
    const args = ['attempts.js', join(home, '.ssh/id_rsa'), root, String(process.pid), String(port)]
    const env = { PATH: process.env.PATH ?? '', OWN: 'yes', OURS: fixture({ 'ours.txt': 'not for the box' }) }
    const command = { file: process.execPath, args }
    const { exit, logs } = await box.supervisor.run({ command, cwd: scratchDir, env, timeoutMs: 20_000 })
    const said = logs.map(({ text }) => text).join('\n')
    expect(exit?.code, said).toBe(0)
    expect(JSON.parse(said)).toEqual({
      readsSecret: 'ENOENT',
      findsHomeOfOthers: 'ENOENT',
      readsPassword: expect.stringMatching(/^(?:nothing|EACCES)$/),
      readsEnvFile: expect.stringMatching(/^(?:nothing|EACCES)$/),
      readsSource: 'good',
      changesSource: 'EROFS',
      removesWorkspace: expect.stringMatching(/^(?:EROFS|EBUSY)$/),
      writesSystem: 'EROFS',
      writesRoot: 'EROFS',
      writesKernel: 'EROFS',
      seesOurTemporaryFiles: false,
      readsOurVariables: 'EACCES',
      readsOurMemory: 'EACCES',
      opensOurFiles: 'none',
      entersOurRoot: 'EACCES',
      uncovers: expect.toSatisfy((code) => code !== 'done'),
      hasRights: '0000000000000000',
      readsOwnVariables: true,
      writesItsFolder: 'done',
      writesTemporaryFile: 'done',
      reachesTheMachine: 'lab\n',
      // What does not hold: processes of one user may end each other.
      maySignalUs: true,
      isWhoWeAre: process.getuid?.(),
    })
  })

  it('leaves process ids, signals, exit codes and ports to the program', async () => {
    const { box } = await boxFor(by, fixture({}))
    const { supervisor } = box
    const cwd = supervisor.scratchDir
    const env = { PATH: process.env.PATH ?? '', LD_LIBRARY_PATH: '/nowhere', NAME: 'it is "mine"' }
    const code = `process.on('SIGTERM', () => process.exit(7))
      require('node:http').createServer((_, answer) => answer.end(String(process.pid))).listen(0, '127.0.0.1')
      console.log(process.pid, process.cwd(), process.env.NAME, process.env.LD_LIBRARY_PATH)`
    const app = supervisor.spawn({ command: { file: 'node', args: ['-e', code] }, cwd, env })
    while ((await app.listening()).length === 0 && app.exit() === null) await app.exited(20)
    const [bound] = await app.listening()
    expect(bound?.pid).toBe(app.pid)
    expect(await (await fetch(`http://127.0.0.1:${bound?.port}`)).text()).toBe(String(app.pid))
    expect(app.logs().map(({ text }) => text)).toEqual([`${app.pid} ${cwd} it is "mine" /nowhere`])
    expect(await app.members()).toEqual([{ pid: app.pid, ppid: process.pid, command: `node -e ${code}` }])
    app.signalOne(app.pid, 'SIGTERM')
    expect(await app.exited(10_000)).toMatchObject({ code: 7, signal: null })
    const killed = supervisor.spawn({ command: 'sleep 60 & exec sleep 60', cwd, env })
    while ((await killed.members()).length < 2) await killed.exited(10)
    await killed.kill()
    expect(killed.exit()).toMatchObject({ code: null, signal: 'SIGKILL' })
    expect(await killed.members()).toEqual([])
    const missing = { command: { file: 'not-there', args: [] }, cwd, env, timeoutMs: 10_000 }
    const { exit, logs } = await supervisor.run(missing)
    expect(exit?.code).toBe(127)
    expect(logs.map(({ text }) => text).join()).toMatch(/env: .not-there.: No such file or directory/)
  })
})

const jiti = fileURLToPath(new URL('../../../../../node_modules/.bin/jiti', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))

it.skipIf(works.length === 0)('keeps nothing alive when Plimsoll is killed', async () => {
  const dir = fixture({
    'driver.ts': `import { planBox } from '${here}box-mounts.ts'
      import { openBox } from '${here}open-box.ts'
      import { openSupervisor } from '${here}../process/open-supervisor.ts'
      const supervisor = await openSupervisor()
      const { scratchDir } = supervisor
      const box = await openBox({ supervisor, mounts: planBox({ read: [], hidden: [], scratchDir }) })
      const app = box.supervisor.spawn({ command: 'setsid sleep 600 & exec sleep 600', cwd: scratchDir, env: { PATH: '/usr/bin:/bin' } })
      while ((await app.members()).length < 2) await app.exited(20)
      console.log(JSON.stringify((await app.members()).map(({ pid }) => pid)))
      setInterval(() => {}, 1_000)`,
  })
  const plimsoll = spawn(process.execPath, [jiti, join(dir, 'driver.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await new Promise<string>((done, fail) => {
    plimsoll.stdout.once('data', (text) => done(String(text)))
    plimsoll.once('exit', (code) => fail(new Error(`it ended with ${code}`)))
  })
  const pids: number[] = JSON.parse(said)
  expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toHaveLength(2)
  plimsoll.kill('SIGKILL')
  while (pids.some((pid) => existsSync(`/proc/${pid}`))) await new Promise((done) => setTimeout(done, 50))
})

it('says why none could be made', async () => {
  const supervisor = await openSupervisor()
  closers.push(() => supervisor.close())
  const gone = join(mkdtempSync(join(tmpdir(), 'plimsoll-test-')), 'gone')
  closers.push(() => rmSync(join(gone, '..'), { recursive: true }))
  const mounts = [{ kind: 'read' as const, from: gone, to: '/gone' }]
  await expect(openBox({ supervisor, mounts })).rejects.toThrow()
})
