import { expect, test } from 'vitest'
import { run } from '../../packages/plimsoll/src/cli/run.ts'
import { commands } from '../../packages/plimsoll/src/commands/catalogue.generated.ts'

const say = async (...words: string[]) => {
  const said = { out: '', err: '' }
  const exitCode = await run(words, {
    cwd: import.meta.dirname,
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
    env: {},
    signal: new AbortController().signal,
  })
  return { exitCode, ...said }
}

test('plimsoll --help names every command', async () => {
  const { exitCode, out } = await say('--help')
  expect(exitCode).toBe(0)
  const missing = commands.filter(({ id }) => !new RegExp(`^ +${id}\\b`, 'm').test(out))
  expect(missing.map(({ id }) => id)).toEqual([])
})

test.each(commands.map(({ id }) => id))('plimsoll %s --help says what it takes', async (id) => {
  const { exitCode, out } = await say(id, '--help')
  expect(exitCode).toBe(0)
  expect(out).toContain(`Usage: plimsoll ${id}`)
})

test('an unknown word ends with 2 and a way on', async () => {
  const { exitCode, err } = await say('provee')
  expect(exitCode).toBe(2)
  expect(err).toContain('prove')
})
