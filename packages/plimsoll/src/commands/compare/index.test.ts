import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { say } from '../../../../../test/support/say.ts'
import command, { CompareInput } from './index.ts'

const cwd = mkdtempSync(join(tmpdir(), 'compare-command-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

beforeAll(() => {
  const machines = { one: {}, two: {}, other: { cores: 64 } }
  for (const [id, machine] of Object.entries(machines)) {
    const dir = join(cwd, '.plimsoll/runs', id)
    mkdirSync(dir, { recursive: true })
    const sample = sampleRun({ id, machine: { ...sampleRun().machine, ...machine } })
    writeFileSync(join(dir, 'run.json'), JSON.stringify(sample))
  }
})

test('the words it takes', () => {
  const given = { a: 'main', b: '.', seconds: '90', margin: '3', seed: '7', strict: true }
  expect(command.input.parse(given)).toMatchObject({
    seconds: 90,
    margin: 3,
    seed: 7,
    strict: true,
    dir: '.',
  })
  expect(CompareInput.parse({ a: 'x', b: 'y' })).toMatchObject({ seconds: 120, margin: 5, json: false })
})

describe('mistakes end with 2', () => {
  test.each([
    ['one main', '"one" is a saved Run and "main" is not: give two Runs, or two states of the code'],
    ['main dev', '"main" is no saved Run, and . is not in a git repository'],
    ['main dev --dir nowhere', 'nowhere is not a folder that can be read.'],
    ['one two --seconds 20', '--seconds: wants 60 or more: two rounds take that long'],
    ['one two --margin 0', '--margin: wants more than 0'],
  ])('compare %s', async (words, message) => {
    const { exitCode, out, err } = await say(cwd, 'compare', ...words.split(' '))
    expect([exitCode, out]).toEqual([2, ''])
    expect(err.startsWith(`✖ ${message}\n`), err).toBe(true)
  })
})

test('unlike machines cannot be told, which fails only when asked to', async () => {
  const { exitCode, out } = await say(cwd, 'compare', 'one', 'other')
  expect(exitCode).toBe(0)
  expect(out).toMatchInlineSnapshot(`
    "⦵ can't tell   A one (3f2c91e) · B other (3f2c91e)
      they were measured on different machines: 2 and 64 cores

      two saved Runs · a change within 5 % is none
      the two were measured at different times: what else the machine did then is
        part of the difference
    "
  `)
  expect((await say(cwd, 'compare', 'one', 'other', '--strict')).exitCode).toBe(4)
})

test('prints JSON', async () => {
  const { exitCode, out } = await say(cwd, 'compare', 'one', 'two', '--json')
  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    how: 'saved',
    a: { name: 'one' },
    b: { name: 'two' },
    margin: 0.05,
  })
})
