import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFixture } from '../instruments/source/write-fixture.ts'
import { openFiles } from '../instruments/workspace/open-files.ts'
import { placeSubjects } from './place-subjects.ts'

test('a link is judged as what it leads to, too', async () => {
  const fixture = writeFixture({ '.env': 'A=b', 'src/a.ts': '' })
  try {
    symlinkSync('../.env', join(fixture.dir, 'src/notes.txt'))
    const files = await openFiles(fixture.dir)
    const texts = async (...paths: string[]) => {
      const subjects = paths.map((text) => ({ kind: 'path', text }) as const)
      return (await placeSubjects(subjects, files)).map(({ text }) => text)
    }
    expect(await texts('src/notes.txt')).toEqual(['src/notes.txt', '.env'])
    expect(await texts('src/a.ts', '../x')).toEqual(['src/a.ts', '../x'])
    expect(await placeSubjects([{ kind: 'command', text: 'ls' }], files)).toEqual([
      { kind: 'command', text: 'ls' },
    ])
  } finally {
    fixture.remove()
  }
})
