import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadConfig } from '../../lab/load-config.ts'
import command from './index.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'init-'))
  await writeFile(
    join(cwd, 'package.json'),
    JSON.stringify({
      name: 'shop',
      scripts: { start: 'node server.js' },
      dependencies: { express: '^5.0.0' },
    }),
  )
  await writeFile(
    join(cwd, 'server.js'),
    `const express = require('express')
const app = express()
app.get('/healthz', (req, res) => res.json({ ok: true }))
app.listen(process.env.SHOP_PORT || 3000)`,
  )
})
afterEach(() => rm(cwd, { recursive: true }))

const init = async (input: Record<string, unknown> = {}) => {
  let out = ''
  const stream = { write: (text: string) => (out += text) }
  const run = await command.load()
  const signal = new AbortController().signal
  const code = await run(command.input.parse(input), { cwd, stdout: stream, stderr: stream, env: {}, signal })
  return { code, out }
}

it('writes a configuration that it can read again', async () => {
  const { code, out } = await init()
  expect(code).toBe(0)
  expect(out).toMatchInlineSnapshot(`
    "written  plimsoll.config.json: start, port, health
    next     plimsoll doctor
    "
  `)
  expect(await readFile(join(cwd, 'plimsoll.config.json'), 'utf8')).toMatchInlineSnapshot(`
    "{
      "$schema": "https://plimsoll.dev/schema/config-1.json",
      "start": "npm start",
      "port": {
        "env": "SHOP_PORT"
      },
      "health": {
        "ready": "/healthz"
      }
    }
    "
  `)
  expect((await loadConfig(cwd)).file).toBe('plimsoll.config.json')
})

it('prints and writes nothing', async () => {
  expect(JSON.parse((await init({ print: true })).out)).toMatchObject({ start: 'npm start' })
  expect(existsSync(join(cwd, 'plimsoll.config.json'))).toBe(false)
})

it('replaces a file only when it is told to', async () => {
  await writeFile(join(cwd, 'plimsoll.config.json'), '{"start": "mine"}')
  await expect(init()).rejects.toMatchObject({
    code: 'E_USAGE',
    message: 'plimsoll.config.json is there already. Replace it with --force, or see a draft with --print.',
  })
  expect((await init({ force: true })).code).toBe(0)
  expect(await readFile(join(cwd, 'plimsoll.config.json'), 'utf8')).toContain('npm start')
})

it('does not write beside a file that would win over it', async () => {
  await writeFile(join(cwd, 'plimsoll.config.ts'), 'export default {}')
  await expect(init({ force: true })).rejects.toThrow(/^plimsoll\.config\.ts is there already\. Remove/)
})
