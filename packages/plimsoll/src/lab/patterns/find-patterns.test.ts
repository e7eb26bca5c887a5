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

test('so are those of Python, written as JavaScript writes them', async () => {
  const { dir, remove } = writeFixture({
    'app.py': [
      'import re',
      "SLUG = re.compile(r'^(?P<head>[a-z]+-?)*\\Z', re.IGNORECASE)",
      "def name(text): return re.match('(\\\\w+ ?)*$', text)",
      "def tag(text): return re.fullmatch('(?s)(a+)+' 'b', text)",
      'class Note(BaseModel):',
      "    title: str = Field(pattern=r'^(x+)+$')",
      "LONG = re.compile(r'(y+)+ # why', re.VERBOSE)",
      "MADE = re.compile(f'({SLUG})+')",
      "PLAIN = re.compile(r'abc')",
    ].join('\n'),
    'tests/test_app.py': "import re\nre.compile(r'(b+)+')\n",
  })
  cleanups.push(remove)
  const found = findPatterns(await openProject(dir), { dir: '.' })
  expect(found.map(({ pattern, flags, place }) => [pattern, flags, place.line])).toEqual([
    ['^(?<head>[a-z]+-?)*$', 'i', 2],
    ['^(?:(\\w+ ?)*$)', '', 3],
    ['^(?:(a+)+b)$', 's', 4],
    ['^(x+)+$', '', 6],
  ])
})
