import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { openProject } from './open-project.ts'
import { writeFixture } from './write-fixture.ts'

const FILES = {
  '.gitignore': 'secret/\n*.log\n!keep.log\n',
  'a.ts': '\ufeffexport const a: number = 1',
  'broken.json': '{ "a": ',
  'config.json': '{ // why\n "a": 1, }',
  'dir/b.yaml': 'a: 1\n---\nb: 2\n',
  'dir/c.toml': 'a = 1',
  'keep.log': '',
  'node_modules/x/index.js': '',
  'other.log': '',
  'secret/key.ts': '',
  'big.js': `//${'x'.repeat(1 << 20)}`,
  'lib.min.js': '',
  'video.ts': 'G\0\0',
}
const LISTED = [
  '.gitignore',
  'a.ts',
  'big.js',
  'broken.json',
  'config.json',
  'dir/b.yaml',
  'dir/c.toml',
  'keep.log',
  'video.ts',
]

test('the same files are listed with git and without', async () => {
  const { dir, remove } = writeFixture(FILES)
  try {
    expect((await openProject(dir)).files).toEqual(LISTED)
    execFileSync('git', ['init', '-q'], { cwd: dir })
    execFileSync('git', ['add', 'a.ts'], { cwd: dir })
    expect((await openProject(dir)).files).toEqual(LISTED)
  } finally {
    remove()
  }
})

test('files are read in their own notation, and problems are told, not thrown', async () => {
  const { dir, remove } = writeFixture(FILES)
  try {
    const project = await openProject(dir)
    expect(project.text('a.ts')).toBe('export const a: number = 1')
    expect(project.script('a.ts')?.statements).toHaveLength(1)
    expect(project.script('a.ts')).toBe(project.script('a.ts'))
    expect(project.json('config.json')).toEqual({ a: 1 })
    expect(project.yaml('dir/b.yaml')).toEqual([{ a: 1 }, { b: 2 }])
    expect(project.toml('dir/c.toml')).toEqual({ a: 1 })
    expect(project.under('dir', '.toml')).toEqual(['dir/c.toml'])
    expect([project.text('secret/key.ts'), project.text('nowhere'), project.text('video.ts')]).toEqual([
      null,
      null,
      null,
    ])
    expect([project.text('big.js'), project.json('broken.json')]).toEqual([null, null])
    expect(project.problems.map(({ file }) => file)).toEqual(['big.js', 'broken.json'])
  } finally {
    remove()
  }
})

test('a folder that is none is a fault', async () => {
  await expect(openProject('/nowhere/at/all')).rejects.toMatchObject({ code: 'E_NOT_A_FOLDER' })
})
