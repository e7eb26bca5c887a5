import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import command from './index.ts'
import { satisfies } from './satisfies.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'doctor-'))
})
afterEach(() => rm(cwd, { recursive: true }))

const doctor = async (input: Record<string, unknown> = {}) => {
  let out = ''
  const stream = { write: (text: string) => (out += text), columns: 100 }
  const run = await command.load()
  const signal = new AbortController().signal
  const code = await run(command.input.parse(input), { cwd, stdout: stream, stderr: stream, env: {}, signal })
  return { code, out: out.replaceAll(process.version, '<node>') }
}
const put = (file: string, text: string) => writeFile(join(cwd, file), text)

const server = `const express = require('express')
const app = express()
app.get('/health', (req, res) => res.json({ ok: true }))
app.listen(process.env.PORT)`

it('says that a proof can start', async () => {
  await put('package.json', JSON.stringify({ name: 'tiny', scripts: { start: 'node server.js' } }))
  await put('server.js', "require('node:http').createServer(() => {}).listen(process.env.PORT)")
  const { code, out } = await doctor()
  expect(out).toMatchInlineSnapshot(`
    "⦵ plimsoll doctor

      ✔ service        tiny · 0 routes
      ✔ configuration  none, and none is needed
      ✔ runtime        node <node>
      ✔ dependencies   installed (npm)
      ✔ start          npm start
      · store          none: the app is proved without one
      ✔ environment    1 variables read
      ✔ port           PORT
      ✔ runs           kept in .plimsoll/runs

      ready  plimsoll prove
    "
  `)
  expect(code).toBe(0)
})

it('names what is missing, and what mends it', async () => {
  const dependencies = { express: '^5.0.0', ioredis: '^5.0.0' }
  await put('package.json', JSON.stringify({ name: 'shop', engines: { node: '>=99' }, dependencies }))
  await put('package-lock.json', JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: {} }))
  await put('server.js', `const Redis = require('ioredis')\nnew Redis(process.env.REDIS_URL)\n${server}`)
  const { code, out } = await doctor()
  expect(out).toMatchInlineSnapshot(`
    "⦵ plimsoll doctor

      ✔ service        shop · 1 route · Express · unsupported:Redis through ioredis
      ✔ configuration  none, and none is needed
      · runtime        node <node>, the repo wants >=99
                       → It may still start; if not, run plimsoll with Node >=99.
      ✖ dependencies   not installed
                       → Run "npm ci", or let the lab do it in its own copy: plimsoll prove --install
      ✔ start          node server.js
      ✖ store          Redis, which the lab cannot start yet
                       → Set "stores": { "redis": { "use": false } } in plimsoll.config.json if the app
                         runs without it, or { "url": "…" } to lend a disposable one on this machine.
      ✔ environment    2 variables read
      ✔ port           PORT
      ✔ runs           kept in .plimsoll/runs

      2 to mend before a proof can start
    "
  `)
  expect(code).toBe(3)
  const { ready } = JSON.parse((await doctor({ json: true })).out)
  expect(ready).toBe(false)
})

it('refuses a wrong configuration', async () => {
  await put('package.json', JSON.stringify({ name: 'tiny', scripts: { start: 'node server.js' } }))
  await put('plimsoll.config.json', '{"strt": "x"}')
  await expect(doctor()).rejects.toMatchObject({ code: 'E_CONFIG_INVALID', exitCode: 2 })
})

describe('satisfies', () => {
  it.each([
    ['v20.20.2', '>=18', true],
    ['v20.20.2', '>=18 <20', false],
    ['v20.20.2', '>= 18 < 21', true],
    ['v20.20.2', '18.x || 20.x', true],
    ['v20.20.2', '^18.12 || ^22', false],
    ['v20.20.2', '20', true],
    ['v20.20.2', 'v20.11.0', false],
    ['v20.20.2', '~20.20', true],
    ['v20.20.2', '18 - 20', true],
    ['v20.20.2', '>20', false],
    ['v20.20.2', '<=20', true],
    ['v20.20.2', '*', true],
    ['v20.20.2', 'lts/iron', null],
  ])('%s %s', (version, range, verdict) => expect(satisfies(version, range)).toBe(verdict))
})
