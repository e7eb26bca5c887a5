import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callTool, previewTool } from '../../../../../test/support/tool-context.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import edit from './index.ts'

const CODE = `export const book = async (id) => {
    const seats = await read(id)
    if (seats > 0) {
        await write(id, seats - 1)
    }
    return seats
}
`
let fixture = writeFixture({})
beforeEach(() => {
  fixture = writeFixture({ 'src/book.js': CODE, 'wide.txt': 'one\r\ntwo\r\nthree\r\n' })
})
afterEach(() => fixture.remove())

const now = (file = 'src/book.js') => readFileSync(join(fixture.dir, file), 'utf8')
const call = (find: string, replace: string, more: object = {}) =>
  callTool(edit, { path: 'src/book.js', find, replace, ...more }, fixture.dir)

test('one text for another', async () => {
  const input = { path: 'src/book.js', find: 'seats - 1', replace: 'seats - 2' }
  expect(await previewTool(edit, input, fixture.dir)).toContain(
    '-        await write(id, seats - 1)\n+        await write(id, seats - 2)\n',
  )
  expect(await call('seats - 1', 'seats - 2')).toEqual({
    text: 'Changed src/book.js at line 4.',
    changed: ['src/book.js'],
  })
  expect(now()).toBe(CODE.replace('seats - 1', 'seats - 2'))
})

test('special characters of replacements mean nothing', async () => {
  await call('seats - 1', '$& $1 $$')
  expect(now()).toBe(CODE.split('seats - 1').join('$& $1 $$'))
})

test('several places: told, or all of them', async () => {
  expect(await call('seats', 'rooms')).toEqual({
    text: 'That text stands 4 times in src/book.js, at lines 2, 3, 4, 6. Add lines around it until it is unique, or give all: true.',
    failed: true,
  })
  expect(now()).toBe(CODE)
  expect((await call('seats', 'rooms', { all: true })).text).toBe('Changed src/book.js in 4 places.')
  expect(now()).toBe(CODE.replaceAll('seats', 'rooms'))
})

test('white space that differs: the second try keeps the indentation of the file, and says so', async () => {
  const find = 'if (seats > 0) {\n  await write(id, seats - 1)\n}'
  const replace = 'if (seats > 0) {\n    await write(id, seats - 1)\n    await log(id)\n}'
  expect((await call(find, replace)).text).toBe(
    'Changed src/book.js at line 3. White space differed from find; the indentation of the file was kept.',
  )
  expect(now()).toContain(
    '    if (seats > 0) {\n        await write(id, seats - 1)\n        await log(id)\n    }\n',
  )
})

test('a text that is not there: the nearest', async () => {
  expect(await call('const seats = await reads(id)', 'x')).toEqual({
    text: 'That text is not in src/book.js. The nearest is at line 2:\n    2      const seats = await read(id)\n    3      if (seats > 0) {',
    failed: true,
  })
  expect((await call('nothing like this anywhere', 'x')).text).toBe(
    'That text is not in src/book.js. Read the file, and copy the lines exactly.',
  )
  expect((await call('seats', 'seats')).text).toBe(
    'find and replace are the same text: nothing would change.',
  )
})

test('line ends stay', async () => {
  await callTool(edit, { path: 'wide.txt', find: 'one\ntwo', replace: 'one\n1.5\ntwo' }, fixture.dir)
  expect(now('wide.txt')).toBe('one\r\n1.5\r\ntwo\r\nthree\r\n')
})

test('a file that is not there', async () => {
  expect(await callTool(edit, { path: 'src/books.js', find: 'a', replace: 'b' }, fixture.dir)).toMatchObject({
    failed: true,
    text: 'There is no src/books.js. Did you mean src/book.js?',
  })
})
