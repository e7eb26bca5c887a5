import { afterAll, beforeAll, expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import { openShell } from '../../instruments/sandbox/open-shell.ts'
import type { Shell } from '../../instruments/sandbox/shell.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import bash from './index.ts'

const fixture = writeFixture({
  'src/a.txt': 'hello\n',
  'server.js': "require('node:http').createServer((_, r) => r.end()).listen(0, () => console.log('ready'))\n",
})
const lent = { env: {}, removed: [], reachable: [], foreign: [] }
let shell: Shell
beforeAll(async () => {
  shell = await openShell({ root: fixture.dir, lent, network: [] })
})
afterAll(async () => {
  await shell.close()
  fixture.remove()
})

const spilled: string[] = []
const spill = async (name: string, text: string) => {
  spilled.push(text)
  return `.plimsoll/${name}`
}
const call = (input: object) => callTool(bash, input, fixture.dir, { shell, spill })
const withoutTime = (text: string) => text.replace(/after [\d.]+ m?s/, 'after some time')

test('what it printed and how it ended', async () => {
  const { text, failed } = await call({ command: 'cat a.txt', dir: 'src' })
  expect([withoutTime(text), failed]).toEqual(['exit 0 after some time\nhello', undefined])
  const wrong = await call({ command: 'echo out; echo err >&2; exit 3' })
  expect(wrong).toMatchObject({ failed: true, data: { code: 3 } })
  expect(withoutTime(wrong.text)).toBe('exit 3 after some time\nout\nerr')
  expect(withoutTime((await call({ command: 'true' })).text)).toBe('exit 0 after some time\n(no output)')
})

test('a long output is cut in the middle and kept', async () => {
  const { text } = await call({ command: 'seq 1 5000' })
  expect(text).toMatch(/^exit 0 .*\n1\n2\n/)
  expect(text).toMatch(/\n… \d+ characters left out …\n/)
  expect(text).toMatch(/\n5000\nThe whole output: read \{"path":".plimsoll\/output.txt"\}$/)
  expect(spilled[0]).toContain('\n2500\n')
})

test('what takes too long is ended', async () => {
  const { text, failed } = await call({ command: 'echo begun; sleep 60', timeoutSeconds: 1 })
  expect([text, failed]).toEqual([
    'Ended after 1 s: it took too long. Give a longer timeoutSeconds, or background: true for a server.\nbegun',
    true,
  ])
})

test('a server stays in the background until it is stopped', async () => {
  expect((await call({})).text).toBe('Nothing runs in the background.')
  const { text } = await call({ command: 'node server.js', background: true })
  const [, id = ''] = /^(\S+) runs in the background/.exec(text) ?? []
  expect(id, text).not.toBe('')
  expect((await call({})).text).toContain(`${id} · `)
  expect((await call({ stop: 'nobody' })).text).toBe(
    `Nothing in the background is called nobody. There is: ${id}.`,
  )
  expect((await call({ stop: id })).text).toBe(`${id} was ended.`)
})

test('a folder that is none, a surface without a shell', async () => {
  expect(await call({ command: 'ls', dir: 'nowhere' })).toMatchObject({
    failed: true,
    text: 'nowhere is no folder.',
  })
  expect(await callTool(bash, { command: 'ls' }, fixture.dir)).toMatchObject({ failed: true })
})

test('what it is about: the command and the folder', () => {
  expect(bash.subjects(bash.input.parse({ command: 'ls', dir: 'src' }))).toEqual([
    { kind: 'command', text: 'ls' },
    { kind: 'path', text: 'src' },
  ])
  expect(bash.subjects(bash.input.parse({ stop: 'a' }))).toEqual([])
})
