import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { say } from '../../../../test/support/say.ts'
import { fault } from '../base/errors/fault.ts'
import { version } from '../instruments/assets/version.ts'
import { printFault } from './print-fault.ts'

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))
const at = (...words: string[]) => say(cwd, ...words)

test('no word shows the help and is no mistake', async () => {
  const { exitCode, out, err } = await at()
  expect([exitCode, err]).toEqual([0, ''])
  expect(out).toContain('Usage: plimsoll')
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(out.match(/^\w.*:$/gm)).toEqual(['Options:', 'Prove:', 'Repair and build:', 'Agents and hosts:'])
})

test.each([['--version'], ['-V']])('%s', async (word) => {
  expect(await at(word)).toEqual({ exitCode: 0, out: `${version()}\n`, err: '' })
})

test('an unknown word', async () => {
  const { exitCode, out, err } = await at('provee')
  expect([exitCode, out]).toEqual([2, ''])
  expect(err).toMatchInlineSnapshot(`
    "✖ unknown command 'provee'
    (Did you mean prove?)
      For the words it takes: plimsoll --help
      E_USAGE · exit 2
    "
  `)
})

test('an unknown option names the command whose help has it', async () => {
  const { exitCode, err } = await at('prove', '--budgte', '3')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ unknown option '--budgte'
    (Did you mean --budget?)
      For the words it takes: plimsoll prove --help
      E_USAGE · exit 2
    "
  `)
})

test('an option without its value', async () => {
  const { exitCode, err } = await at('prove', '--budget')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ option '--budget <seconds>' argument missing
      For the words it takes: plimsoll prove --help
      E_USAGE · exit 2
    "
  `)
})

test('too many words', async () => {
  const { exitCode, err } = await at('prove', 'a', 'b')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ too many arguments for 'prove'. Expected 1 argument but got 2.
      For the words it takes: plimsoll prove --help
      E_USAGE · exit 2
    "
  `)
})

test('a missing word', async () => {
  const { exitCode, err } = await at('replay')
  expect(exitCode).toBe(2)
  expect(err).toMatchInlineSnapshot(`
    "✖ missing required argument 'id'
      For the words it takes: plimsoll replay --help
      E_USAGE · exit 2
    "
  `)
})

const printed = (failure: Parameters<typeof printFault>[0]) => {
  let text = ''
  printFault(failure, { stderr: { write: (part: string) => (text += part) } })
  return text
}

test('a fault is printed with what mends it, its code and its exit code', () => {
  expect(printed(fault('E_NO_RUN', { dir: '.plimsoll/runs' }))).toMatchInlineSnapshot(`
    "✖ There is no Run below .plimsoll/runs.
      Make one first: plimsoll prove
      E_NO_RUN · exit 2
    "
  `)
})

test('only a bug of ours shows where it broke', () => {
  const cause = new Error('x is undefined')
  expect(printed(fault('E_BUG', { message: 'x is undefined' }, { cause }))).toContain('run.test.ts')
  expect(printed(fault('E_NO_RUN', { dir: '.' }, { cause }))).not.toContain('run.test.ts')
})
