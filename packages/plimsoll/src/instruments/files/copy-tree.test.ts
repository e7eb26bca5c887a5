import { mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFixture } from '../source/write-fixture.ts'
import { copyTree } from './copy-tree.ts'

test('a link that names its place in full stays inside the copy', async () => {
  const { dir, remove } = writeFixture({ 'repo/data/a.txt': 'original', 'beside/b.txt': 'other' })
  try {
    const [from, to] = [join(dir, 'repo'), join(dir, 'copy')]
    mkdirSync(join(from, 'src'))
    symlinkSync(join(from, 'data'), join(from, 'src/full'))
    symlinkSync('../data', join(from, 'src/short'))
    symlinkSync(join(dir, 'beside'), join(from, 'outside'))
    await copyTree(from, to, { special: new Map(), signal: new AbortController().signal })
    writeFileSync(join(to, 'src/full/a.txt'), 'written by the app')
    expect(readFileSync(join(from, 'data/a.txt'), 'utf8')).toBe('original')
    expect(readFileSync(join(to, 'src/short/a.txt'), 'utf8')).toBe('written by the app')
    expect(readlinkSync(join(to, 'outside'))).toBe(join(dir, 'beside'))
  } finally {
    remove()
  }
})
