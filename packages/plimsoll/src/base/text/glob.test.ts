import { expect, test } from 'vitest'
import { globMatcher } from './glob.ts'

test.each([
  ['*.ts', ['a.ts', 'src/deep/a.ts'], ['a.tsx', 'a.ts/b']],
  ['src/*.ts', ['src/a.ts'], ['src/deep/a.ts', 'a.ts']],
  ['src/**/*.ts', ['src/a.ts', 'src/x/y/a.ts'], ['lib/a.ts']],
  ['./src/**', ['src/a', 'src/x/y'], ['srcs/a']],
  ['src/', ['src/a', 'src/x/y'], ['src']],
  ['**/*.{ts,js}', ['a.ts', 'x/b.js'], ['a.css']],
  ['{src,test}/**/*.{spec,test}.ts', ['src/a.spec.ts', 'test/x/b.test.ts'], ['lib/a.spec.ts']],
  ['00?_[a-c]*.sql', ['001_add.sql', 'db/002_c.sql'], ['0010_add.sql', '001_zoo.sql']],
  ['[!a]*.md', ['b.md'], ['a.md']],
  ['a+(b).ts', ['a+(b).ts'], ['aab.ts']],
  ['[z-a].ts', [], ['z.ts']],
])('%s', (pattern, yes, no) => {
  const matches = globMatcher(pattern)
  expect(yes.filter((path) => !matches(path))).toEqual([])
  expect(no.filter(matches)).toEqual([])
})
