import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Opened, serviceOf, stageOf, writeApp } from '../../../../test/support/staged-app.ts'
import type { EnvRead } from '../model/system.ts'
import type { Lab } from './lab.ts'

const dirs: string[] = []
const open: Opened[] = []
const app = async (files: Record<string, string>) => {
  const dir = await writeApp(files)
  dirs.push(dir)
  return dir
}
const staged = async (...given: Parameters<typeof stageOf>) => {
  const opened = await stageOf(...given)
  open.push(opened)
  return opened.stage
}
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  for (const dir of dirs.splice(0)) await rm(dir, { recursive: true })
})

const labOptions = () => ({ seed: 1, known: [], signal: new AbortController().signal })
const get = async (lab: Lab, path: string) => (await lab.http.request({ method: 'GET', path })).body
const reads = (name: string, example: string | null = null, fallback: string | null = null): EnvRead => ({
  name,
  default: fallback,
  example,
  place: null,
})

const plain = `import { createServer } from 'node:http'
createServer((req, res) => res.end(JSON.stringify({ url: req.url, secret: process.env.JWT_SECRET, mode: process.env.NODE_ENV })))
  .listen(process.env.PORT, () => console.log('up'))
process.on('SIGTERM', () => process.exit(7))`
const module = '{"type": "module", "scripts": {"start": "node server.js"}}'

describe('a service without a store', () => {
  it('boots, answers, restarts on the same port, and exits as the program itself does', async () => {
    const dir = await app({ 'server.js': plain, 'package.json': module })
    const env = [reads('JWT_SECRET')]
    const stage = await staged(dir, serviceOf({ env, command: 'npm start' }))
    expect(stage.record).toMatchObject({
      command: 'npm start',
      env: { JWT_SECRET: '(disposable)', NODE_ENV: 'production', PORT: '(a free port)' },
      steps: [{ step: 'copy' }, { step: 'start', outcome: expect.stringMatching(/^ready in/) }],
    })
    const lab = await stage.open(labOptions())
    const first = JSON.parse(await get(lab, '/a'))
    expect(first).toMatchObject({ url: '/a', mode: 'production' })
    expect(first.secret).toHaveLength(64)
    const { pid } = lab.target
    lab.target.signal('SIGKILL')
    expect(await lab.target.exited(60_000)).toMatchObject({ signal: 'SIGKILL' })
    await lab.target.restart()
    expect((await lab.target.ready(60_000)).ready).toBe(true)
    expect(lab.target.pid).not.toBe(pid)
    expect(JSON.parse(await get(lab, '/b')).secret).toBe(first.secret)
    lab.target.signal('SIGTERM')
    expect(await lab.target.exited(60_000)).toMatchObject({ code: 7 })
    expect(lab.target.logs().filter(({ text }) => text === 'up')).toHaveLength(2)
    await lab.close()
  })

  it('finds a port that is written into the app, and opens one lab at a time', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
      })
    })
    const fixed = plain.replace('process.env.PORT', String(port))
    const dir = await app({ 'server.js': fixed, 'package.json': module })
    const stage = await staged(dir, serviceOf())
    expect(stage.concurrent).toBe(false)
    expect(stage.record.limits).toContain(
      `the app always listens on port ${port}, so labs run one after another`,
    )
    const lab = await stage.open(labOptions())
    expect(lab.http.baseUrl).toBe(`http://127.0.0.1:${port}`)
    await lab.close()
    const again = await stage.open(labOptions())
    expect(JSON.parse(await get(again, '/')).url).toBe('/')
  })

  it('signals the serving process when a shell has to stay', async () => {
    const scripts = '{"type": "module", "scripts": {"start": "node server.js | cat"}}'
    const dir = await app({ 'server.js': plain, 'package.json': scripts })
    const stage = await staged(dir, serviceOf({ command: 'npm start' }))
    const lab = await stage.open(labOptions())
    lab.target.signal('SIGTERM')
    expect(await lab.target.exited(60_000)).not.toBeNull()
    expect(stage.record.limits.join()).toContain('a shell stays between')
  })

  it('finds an app that listens on the IPv6 loopback only', async () => {
    const six = plain.replace('process.env.PORT', "process.env.PORT, '::1'")
    const dir = await app({ 'server.js': six, 'package.json': module })
    const lab = await (await staged(dir, serviceOf())).open(labOptions())
    expect(lab.http.baseUrl).toMatch(/^http:\/\/\[::1\]:/)
    expect(JSON.parse(await get(lab, '/six')).url).toBe('/six')
  })

  it('tries development when it does not start in production, and says so', async () => {
    const picky = `if (process.env.NODE_ENV !== 'development') process.exit(1)\n${plain}`.replace(
      /^(if .*)\n(import .*)/,
      '$2\n$1',
    )
    const dir = await app({ 'server.js': picky, 'package.json': module })
    const stage = await staged(dir, serviceOf())
    expect(stage.record.env.NODE_ENV).toBe('development')
    expect(stage.record.limits[0]).toContain('starts only with NODE_ENV=development')
  })

  it('tries the next way to start when the first one fails', async () => {
    const dir = await app({ 'server.js': plain, 'package.json': module })
    const start = ['node gone.js', 'node server.js'].map((command) => ({ command, dir: '.', from: 'test' }))
    const stage = await staged(dir, serviceOf({ start }))
    expect(stage.record.command).toBe('node server.js')
    expect(stage.record.steps.map(({ outcome }) => outcome)).toContain('failed')
  })

  it('ends at once, and leaves nothing, when it is aborted', async () => {
    const dir = await app({ 'server.js': 'setInterval(() => {}, 1000)', 'package.json': module })
    const abort = new AbortController()
    const onStep = ({ step }: { step: string }) => {
      if (step === 'copy') setTimeout(() => abort.abort(new Error('enough')), 200)
    }
    const opening = stageOf(dir, serviceOf(), {}, [], { signal: abort.signal, onStep })
    await expect(opening).rejects.toThrow('enough')
  })

  it('runs without a store that it is told to leave out', async () => {
    const dir = await app({
      'server.js': plain.replace('process.env.JWT_SECRET', 'process.env.REDIS_URL'),
      'package.json': module,
    })
    const redis = {
      store: 'unsupported:Redis',
      client: 'ioredis',
      version: null,
      place: null,
      hardCoded: null,
    }
    const service = serviceOf({ stores: [redis], env: [reads('REDIS_URL', 'redis://prod.example.com')] })
    const stage = await staged(dir, service, { stores: { redis: { use: false } } })
    expect(stage.record.limits).toContain('redis is left out, as "stores.redis.use" says')
    const lab = await stage.open(labOptions())
    expect(JSON.parse(await get(lab, '/')).secret).toBe('')
  })

  it('never writes the original', async () => {
    const writing = `import { writeFileSync } from 'node:fs'\nwriteFileSync('written.txt', 'x')\n${plain}`
    const dir = await app({ 'server.js': writing, 'package.json': module, '.env': 'A=1' })
    const stage = await staged(dir, serviceOf())
    await (await stage.open(labOptions())).close()
    expect(readdirSync(dir).sort()).toEqual(['.env', 'package.json', 'server.js'])
  })
})

it('leaves no scratch folder behind', async () => {
  const dir = await app({ 'server.js': plain, 'package.json': module })
  const opened = await stageOf(dir, serviceOf())
  const { scratchDir } = opened.supervisor
  await opened.stage.open(labOptions())
  await opened.close()
  expect(existsSync(scratchDir)).toBe(false)
})
