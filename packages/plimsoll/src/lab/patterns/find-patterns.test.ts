import { afterEach, expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { findPatterns } from './find-patterns.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const remove of cleanups.splice(0)) remove()
})

test('patterns of the source that repeat something are found once, with their place', async () => {
  const { dir, remove } = writeFixture({
    'src/app.ts': 'const name = /^(\\w+ ?)*$/i\nconst again = /^(\\w+ ?)*$/i\nconst flat = /^abc$/\n',
    'src/parse.js': "exports.parse = (text) => new RegExp('(a+)+b', 's').test(text)\n",
    'test/app.test.ts': 'expect(x).toMatch(/(b+)+/)\n',
    'public/page.js': 'document.title.match(/(c+)+/)\n',
  })
  cleanups.push(remove)
  const found = findPatterns(await openProject(dir), { dir: '.' })
  expect(found.map(({ pattern, flags, place }) => [pattern, flags, `${place.file}:${place.line}`])).toEqual([
    ['^(\\w+ ?)*$', 'i', 'src/app.ts:1'],
    ['(a+)+b', 's', 'src/parse.js:1'],
  ])
})
