import { existsSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { serviceOf, stageOf } from '../../../../../test/support/staged-app.ts'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { findEnforcement } from '../../instruments/sandbox/find-enforcement.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { openLabBox } from './open-lab-box.ts'

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const [by = 'none'] = await findEnforcement()
if (by === 'none') console.log('skipped: neither bubblewrap nor user namespaces work on this machine')

const fixture = (files: Record<string, string>) => {
  const { dir, remove } = writeFixture(files)
  closers.push(remove)
  return realpathSync(dir)
}

const home = fixture({ '.aws/credentials': 'a secret' })
const packages = fixture({ 'node_modules/far/index.js': "module.exports = 'far'" })
const root = fixture({
  'package.json': '{ "scripts": { "build": "node build.js", "start": "node server.js" } }',
  '.env': 'DATABASE_URL=postgres://prod.example.com/all\n',
  'node_modules/near/index.js': "module.exports = 'near'",
  'build.js': `const fs = require('node:fs')
    const all = [() => fs.readFileSync('${home}/.aws/credentials', 'utf8'), () => fs.rmSync(process.env.ROOT, { recursive: true }),
      () => fs.readFileSync(process.env.ROOT + '/.env', 'utf8') || 'nothing']
    fs.writeFileSync('built.json', JSON.stringify(all.map((work) => { try { return work() ?? 'done' } catch (error) { return error.code } })))`,
  'server.js': `const fs = require('node:fs')
    const read = (file) => { try { return fs.readFileSync(file, 'utf8') } catch (error) { return error.code } }
    process.on('SIGTERM', () => process.exit(7))
    require('node:http').createServer((_, answer) => {
      fs.appendFileSync('visits.txt', 'x')
      answer.end(JSON.stringify({ built: JSON.parse(read('built.json')), packages: [require('near'), require('far')],
        variables: read('/proc/${process.pid}/environ'), secret: read('${home}/.aws/credentials') }))
    }).listen(process.env.PORT)`,
})

describe.skipIf(by === 'none')('a lab that is held', () => {
  it('builds and runs the app without the files of the user, and leaves signals to the app', async () => {
    symlinkSync(join(packages, 'node_modules/far'), join(root, 'node_modules/far'))
    const before = process.env.HOME
    process.env.HOME = home
    const config = { sandbox: true, build: 'npm run build', env: { ROOT: root } }
    const { stage, supervisor } = await stageOf(
      root,
      serviceOf({ command: 'npm start' }),
      config,
      [],
    ).finally(() => {
      process.env.HOME = before
    })
    closers.push(() => supervisor.close())
    closers.push(() => stage.close())
    expect(stage.record.sandbox).toBe(by)
    const lab = await stage.open({ seed: 1, known: [], signal: new AbortController().signal })
    const { body } = await lab.http.request({ method: 'GET', path: '/' })
    expect(JSON.parse(body ?? '')).toEqual({
      built: [
        'ENOENT',
        expect.stringMatching(/^(?:EROFS|EBUSY)$/),
        expect.stringMatching(/^(?:EACCES|nothing)$/),
      ],
      packages: ['near', 'far'],
      variables: 'EACCES',
      secret: 'ENOENT',
    })
    expect(existsSync(join(root, 'server.js'))).toBe(true)
    expect(readFileSync(join(root, '.env'), 'utf8')).toContain('prod.example.com')
    lab.target.signal('SIGKILL')
    expect(await lab.target.exited(60_000)).toMatchObject({ signal: 'SIGKILL' })
    await lab.target.restart()
    expect((await lab.target.ready(60_000)).ready).toBe(true)
    lab.target.signal('SIGTERM')
    expect(await lab.target.exited(60_000)).toMatchObject({ code: 7, signal: null })
  })
})

it('boots as the user where nothing is said', async () => {
  const { stage, supervisor } = await stageOf(
    root,
    serviceOf({ command: 'npm start' }),
    { build: 'npm run build', env: { ROOT: '/nowhere' } },
    [],
  )
  closers.push(() => supervisor.close())
  closers.push(() => stage.close())
  expect(stage.record.sandbox).toBeUndefined()
})

it('says where nothing holds the app', async () => {
  const supervisor = await openSupervisor()
  await supervisor.close()
  const { by: none, limits } = await openLabBox(root, { sandbox: true }, supervisor)
  expect({ none, limits }).toEqual({
    none: 'none',
    limits: [expect.stringMatching(/^nothing holds the app here: it ran with the files of your user \(/)],
  })
})
