import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCheckpoints } from './open-checkpoints.ts'

const above = mkdtempSync(join(tmpdir(), 'plimsoll-checkpoints-'))
afterAll(() => rmSync(above, { recursive: true, force: true }))

const git = (dir: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: dir, encoding: 'utf8' })

const write = (root: string, files: Readonly<Record<string, string | Buffer>>) => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

/** Everything below a folder, as one text for each path. */
const stateOf = (root: string): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const file = path.slice(root.length + 1)
    if (entry.isDirectory() || /(^|\/)\.(git|plimsoll)(\/|$)/.test(file)) continue
    found[file] = entry.isSymbolicLink()
      ? `-> ${readlinkSync(path)}`
      : `${(lstatSync(path).mode & 0o777).toString(8)} ${readFileSync(path).toString('latin1')}`
  }
  return found
}

let count = 0
const open = async (options: { useGit?: boolean } = {}) => {
  const root = join(above, `w${++count}`)
  const dir = join(root, '.plimsoll/sessions/one')
  mkdirSync(dir, { recursive: true })
  const notes: string[] = []
  const onNote = (text: string) => void notes.push(text)
  const start = () => openCheckpoints({ root, dir, onNote, ...options })
  return { root, notes, start }
}

const START = {
  'src/app.js': 'one\n',
  'src/crlf.txt': 'a\r\nb\r\n',
  'src/secret.key': 'private',
  'bin/run.sh': '#!/bin/sh\n',
  'name with "quotes" and é.txt': 'odd',
  'pixels.bin': Buffer.from([0, 255, 10, 13]),
  '.gitignore': 'ignored/\n*.log\n',
  '.gitattributes': '* text=auto eol=lf\n*.bin filter=lfs\n',
  'ignored/data.db': 'data',
  'node_modules/x/index.js': 'x',
}

const change = (root: string) => {
  write(root, {
    'src/app.js': 'two\n',
    'src/crlf.txt': 'a\n',
    'src/new/deep.js': 'new',
    'pixels.bin': 'text',
  })
  rmSync(join(root, 'name with "quotes" and é.txt'))
  renameSync(join(root, 'bin'), join(root, 'scripts'))
  chmodSync(join(root, 'src/secret.key'), 0o644)
  rmSync(join(root, 'link'))
  write(root, { 'link/now-a-folder.txt': 'x', 'ignored/data.db': 'newer', 'error.log': 'kept' })
  rmSync(join(root, 'src/app.js'))
  symlinkSync('../outside', join(root, 'src/app.js'))
}

test.each([{ useGit: true }, { useGit: false }])('going back is exact ($useGit)', async (options) => {
  const { root, start } = await open(options)
  write(root, START)
  symlinkSync('src/app.js', join(root, 'link'))
  chmodSync(join(root, 'bin/run.sh'), 0o755)
  const before = stateOf(root)
  const checkpoints = await start()
  const first = await checkpoints.take('start')
  expect(first.changed).toEqual([])
  change(root)
  const after = stateOf(root)
  const second = await checkpoints.take('step')
  expect(second.changed).toEqual([
    'bin/run.sh',
    'link',
    'link/now-a-folder.txt',
    'name with "quotes" and é.txt',
    'pixels.bin',
    'scripts/run.sh',
    'src/app.js',
    'src/crlf.txt',
    'src/new/deep.js',
  ])
  expect((await checkpoints.take('nothing changed')).snapshot).toBe(second.snapshot)
  const again = await start()
  await again.restore(first.snapshot)
  expect(stateOf(root)).toEqual({
    ...before,
    'src/secret.key': '644 private',
    'ignored/data.db': '644 newer',
    'error.log': '644 kept',
  })
  expect(existsSync(join(root, 'src/new'))).toBe(false)
  await again.restore(second.snapshot)
  expect(stateOf(root)).toEqual(after)
  expect(await again.read(first.snapshot, 'src/app.js')).toBe('one\n')
  expect(await again.read(first.snapshot, 'src/new/deep.js')).toBeNull()
})

test.each([{ useGit: true }, { useGit: false }])(
  'the diff of a step, and to the files as they are ($useGit)',
  async (options) => {
    const { root, start } = await open(options)
    write(root, { 'a.txt': '1\n2\n3\n4\n5\n6\n7\n8\n9\n' })
    const checkpoints = await start()
    const { snapshot } = await checkpoints.take('start')
    write(root, { 'a.txt': '1\n2\n3\n4\nfive\n6\n7\n8\n9\n' })
    const hunk = '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n'
    expect((await checkpoints.diff(snapshot)).replace(/@@ 1$/m, '@@')).toContain(hunk)
    const next = await checkpoints.take('step')
    expect((await checkpoints.diff(snapshot, next.snapshot)).replace(/@@ 1$/m, '@@')).toContain(hunk)
  },
)

test("the project's own repository is read and never touched; nested repositories are kept, too", async () => {
  const { root, start } = await open()
  git(above, 'init', '-q', root)
  write(root, { ...START, 'tracked.log': 'ignored, and yet tracked' })
  writeFileSync(join(root, '.git/info/exclude'), 'private.txt\n.plimsoll\n')
  write(root, { 'private.txt': 'mine' })
  writeFileSync(join(root, '.git/hooks/post-checkout'), '#!/bin/sh\ntouch ran\n', { mode: 0o755 })
  git(root, 'add', '-A')
  git(root, 'add', '-f', 'tracked.log')
  git(root, 'commit', '-qm', 'start')
  git(root, 'init', '-q', 'nested')
  write(root, { 'nested/.gitignore': 'out\n', 'nested/inner.js': 'inner', 'nested/out/x': 'x', staged: 's' })
  git(root, 'add', 'staged')
  const seen = () => [
    git(root, 'status', '--porcelain'),
    git(root, 'rev-parse', 'HEAD'),
    git(root, 'config', '-l'),
  ]
  const owned = seen()
  const index = readFileSync(join(root, '.git/index'))
  const checkpoints = await start()
  const { snapshot } = await checkpoints.take('start')
  write(root, {
    'nested/inner.js': 'changed',
    'tracked.log': 'changed',
    'private.txt': 'changed',
    'nested/out/x': 'y',
  })
  const back = await checkpoints.restore(snapshot)
  expect(back).toEqual(['nested/inner.js', 'tracked.log'])
  expect(readFileSync(join(root, 'private.txt'), 'utf8')).toBe('changed')
  expect(readFileSync(join(root, '.git/index')).equals(index)).toBe(true)
  expect(seen()).toEqual(owned)
  expect(existsSync(join(root, 'ran'))).toBe(false)
})

test('a folder that a repository above it ignores is kept as itself', async () => {
  const { root, start } = await open()
  const inner = join(root, 'work')
  git(above, 'init', '-q', root)
  write(root, { '.gitignore': '*\n', 'work/a.txt': 'a' })
  const dir = join(root, '.plimsoll/sessions/one')
  const checkpoints = await openCheckpoints({ root: inner, dir })
  const { snapshot } = await checkpoints.take('start')
  rmSync(join(inner, 'a.txt'))
  expect(await checkpoints.restore(snapshot)).toEqual(['a.txt'])
  expect(await start()).toBeDefined()
})

test('what is too large is told, and neither put back nor removed', async () => {
  const { root, notes, start } = await open()
  write(root, { 'data.csv': Buffer.alloc(11 << 20, 'x'), 'a.txt': 'a' })
  const checkpoints = await start()
  const { snapshot } = await checkpoints.take('start')
  expect(notes).toEqual(['data.csv is not kept for undo: 11 MB.'])
  write(root, { 'data.csv': 'short', 'a.txt': 'b' })
  expect(await checkpoints.preview(snapshot)).toEqual([{ file: 'a.txt', how: 'changed' }])
  expect(await checkpoints.restore(snapshot)).toEqual(['a.txt'])
  expect(statSync(join(root, 'data.csv')).size).toBe(5)
})

test('what was ignored stays, also when the file that says so is gone', async () => {
  const root = join(above, 'unignored')
  write(root, { '.gitignore': '.env\n', '.env': 'A=1', 'a.txt': 'a' })
  const checkpoints = await openCheckpoints({ root, dir: join(above, 'unignored-session') })
  const { snapshot } = await checkpoints.take('start')
  rmSync(join(root, '.gitignore'))
  rmSync(join(root, 'a.txt'))
  expect(await checkpoints.restore(snapshot)).toEqual(['.gitignore', 'a.txt'])
  expect(readFileSync(join(root, '.env'), 'utf8')).toBe('A=1')
})

test('an ignored folder in the place of a file is not removed for it', async () => {
  const { root, notes, start } = await open()
  write(root, { build: 'a script' })
  const checkpoints = await start()
  const { snapshot } = await checkpoints.take('start')
  rmSync(join(root, 'build'))
  write(root, { '.gitignore': 'build/\n', 'build/out.js': 'mine' })
  await checkpoints.restore(snapshot)
  expect(notes).toEqual(['build was not put back: an ignored file is in its place.'])
  expect(readFileSync(join(root, 'build/out.js'), 'utf8')).toBe('mine')
})

test('a crash leaves a lock and half an index: the next process goes on', async () => {
  const { root, start } = await open()
  write(root, { 'a.txt': 'a' })
  const { snapshot } = await (await start()).take('start')
  const dir = join(root, '.plimsoll/sessions/one/files.git')
  writeFileSync(join(dir, 'index.lock'), '')
  writeFileSync(join(dir, 'index'), 'DIRC')
  write(root, { 'a.txt': 'b' })
  const checkpoints = await start()
  await checkpoints.take('step')
  expect(await checkpoints.restore(snapshot)).toEqual(['a.txt'])
})
