import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { say } from '../../../../../test/support/say.ts'
import { Run } from '../../model/run.ts'
import command, { ProveInput } from './index.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'prove-'))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

test('the words it takes', () => {
  const given = {
    dir: 'api',
    only: 'slow-store, security ,',
    budget: '90',
    seed: '7',
    rows: '1000',
    rate: '50',
    soak: '10m',
    accessLog: 'access.log',
    failOn: 'high',
    strict: true,
  }
  expect(command.input.parse(given)).toMatchObject({
    dir: 'api',
    only: ['slow-store', 'security'],
    skip: [],
    budget: 90,
    seed: 7,
    rows: 1_000,
    rate: 50,
    soak: 600,
    accessLog: 'access.log',
    failOn: 'high',
    strict: true,
    install: false,
  })
  expect(ProveInput.parse({})).toMatchObject({ dir: '.', seed: 1, json: false })
})

describe('mistakes end with 2, before anything is written', () => {
  test.each([
    ['--budget soon', '--budget: wants a number'],
    ['--budget 0', '--budget: wants more than 0'],
    ['--seed 1.5', '--seed: wants a whole number'],
    ['--rows many', '--rows: wants a number'],
    ['--rows 1.5', '--rows: wants a whole number'],
    ['--rows 99999999', '--rows: wants 10000000 or less'],
    ['--rate 0', '--rate: wants more than 0'],
    ['--soak long', '--soak: wants a duration: 90s, 10m, 1h'],
    ['--soak 10', '--soak: wants a duration: 90s, 10m, 1h'],
    ['--access-log none.log', '--access-log: none.log cannot be read: ENOENT'],
    ['--access-log .', '--access-log: . cannot be read: it is no file'],
    ['--fail-on terrible', '--fail-on: Invalid option: expected one of "critical"|"high"|"medium"|"low"'],
    ['--only slow-stor', 'Nothing here is called "slow-stor".\n  Did you mean "slow-store"?'],
    ['no/such/folder', 'no/such/folder is not a folder that can be read.'],
  ])('prove %s', async (words, message) => {
    const { exitCode, out, err } = await say(cwd, 'prove', ...words.split(' '))
    expect([exitCode, out]).toEqual([2, ''])
    expect(err.startsWith(`✖ ${message}\n`), err).toBe(true)
    const runs = existsSync(join(cwd, '.plimsoll/runs')) ? await readdir(join(cwd, '.plimsoll/runs')) : []
    expect(runs).toEqual([])
  })

  test('a configuration with a key that is none', async () => {
    await writeFile(join(cwd, 'plimsoll.config.json'), '{ "strat": "node server.js" }')
    const { exitCode, err } = await say(cwd, 'prove')
    expect(exitCode).toBe(2)
    expect(err).toMatchInlineSnapshot(`
      "✖ plimsoll.config.json: "strat" is not a key (did you mean "start"?)
        Mend that key; "plimsoll init --print" shows a valid file.
        E_CONFIG_INVALID · exit 2
      "
    `)
  })
})

test('a weight of a route that does not exist is told before anything is booted', async () => {
  await writeFile(
    join(cwd, 'package.json'),
    '{"scripts":{"start":"node server.js"},"dependencies":{"express":"5"}}',
  )
  await writeFile(
    join(cwd, 'server.js'),
    "const app = require('express')()\napp.get('/orders', (req, res) => res.json([]))\napp.listen(3000)",
  )
  await writeFile(join(cwd, 'plimsoll.config.json'), '{ "load": { "weights": { "GET /order": 1 } } }')
  const { exitCode, err } = await say(cwd, 'prove')
  expect(exitCode).toBe(2)
  expect(err).toContain(
    '✖ plimsoll.config.json: "load.weights": "GET /order" is no route of the service (did you mean "GET /orders"?)',
  )
})

test('a folder that cannot be written is told before the proof', async () => {
  await writeFile(join(cwd, 'file'), '')
  const { exitCode, err } = await say(cwd, 'prove', '--out', 'file/runs')
  expect(exitCode).toBe(3)
  expect(err.replaceAll(cwd, '')).toMatchInlineSnapshot(`
    "✖ /file/runs cannot be written: ENOTDIR.
      Give a folder that can: plimsoll prove --out path/to/folder
      E_CANNOT_WRITE · exit 3
    "
  `)
})

test('a folder without a backend ends with 3 and a Run that says why', async () => {
  await mkdir(join(cwd, 'docs'))
  await writeFile(join(cwd, 'docs/readme.md'), '# Nothing to start')
  const { exitCode, out, err } = await say(cwd, 'prove', 'docs', '--only', 'slow-store')
  expect([exitCode, err]).toEqual([3, ''])
  expect(out).toContain('No backend was recognised in docs')
  const [id = ''] = await readdir(join(cwd, '.plimsoll/runs'))
  const run = Run.parse(JSON.parse(await readFile(join(cwd, '.plimsoll/runs', id, 'run.json'), 'utf8')))
  expect(run).toMatchObject({
    end: 'not-ready',
    exitCode: 3,
    target: 'docs',
    problem: { code: 'E_NO_BACKEND' },
  })
  expect(run.probes).toEqual([expect.objectContaining({ probe: 'slow-store', outcome: 'skipped' })])
  expect(JSON.stringify(run)).not.toContain(cwd)
})

test('inspections alone need no lab', async () => {
  await writeFile(join(cwd, 'package.json'), '{"name":"shop"}')
  const { exitCode, out } = await say(cwd, 'prove', '--only', 'secret-leak', '--json')
  expect(exitCode).toBe(0)
  const run = Run.parse(JSON.parse(out))
  expect(run).toMatchObject({ end: 'complete', lab: { command: null } })
  expect(run.verdicts.map(({ status }) => status)).toEqual(['proven'])
})
