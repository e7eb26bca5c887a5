import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { stageCopy } from './stage-copy.ts'

let dir = ''
let to = ''
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'copy-')))
  to = join(dir, 'scratch/stage')
})
afterEach(() => rmSync(dir, { recursive: true }))

const put = (file: string, text = '') => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}
const signal = new AbortController().signal
const copy = (folder: string, install = false) => stageCopy({ root: join(dir, folder), to, install, signal })

it('keeps what an app needs to start and leaves history and caches', async () => {
  put('app/.gitignore', 'dist\n.env\n')
  for (const file of [
    '.env',
    'dist/main.js',
    'src/a.min.js',
    '.git/HEAD',
    '.plimsoll/x',
    '.cache/y',
    'coverage/z',
  ]) {
    put(`app/${file}`)
  }
  mkdirSync(join(dir, 'app/.venv/bin'), { recursive: true })
  const { root, limits } = await copy('app')
  expect(readdirSync(root).sort()).toEqual(['.env', '.gitignore', '.venv', 'dist', 'src'])
  expect(readdirSync(join(root, 'src'))).toEqual(['a.min.js'])
  expect(realpathSync(join(root, '.venv'))).toBe(join(dir, 'app/.venv'))
  expect(limits).toEqual([])
})

it('leaves ignored data above 64 MB, and says so', async () => {
  put('app/.gitignore', 'data/\n')
  put('app/data/big.bin', 'x'.repeat(65 * 1024 * 1024))
  put('app/server.js')
  const { root, limits } = await copy('app')
  expect(readdirSync(root)).not.toContain('data')
  expect(limits).toEqual(['data is ignored by git and over 64 MB: the app runs without it'])
})

it('links packages to the originals and workspace packages to their copies', async () => {
  put('app/node_modules/express/index.js')
  put('app/node_modules/@scope/tool/index.js')
  put('app/node_modules/.prisma/client/index.js')
  put('app/node_modules/.cache/x')
  put('app/packages/shared/index.js', 'shared')
  symlinkSync('../packages/shared', join(dir, 'app/node_modules/shared'))
  const { root } = await copy('app')
  expect(realpathSync(join(root, 'node_modules/express'))).toBe(join(dir, 'app/node_modules/express'))
  expect(realpathSync(join(root, 'node_modules/@scope/tool'))).toBe(join(dir, 'app/node_modules/@scope/tool'))
  expect(realpathSync(join(root, 'node_modules/shared'))).toBe(join(root, 'packages/shared'))
  expect(realpathSync(join(root, 'node_modules/.prisma'))).toBe(join(root, 'node_modules/.prisma'))
  expect(readdirSync(join(root, 'node_modules')).sort()).toEqual(['.prisma', '@scope', 'express', 'shared'])
})

it('keeps the depth below an ancestor that holds packages, and its module type', async () => {
  put('repo/node_modules/pg/index.js')
  put('repo/package.json', '{"type": "module"}')
  put('repo/services/api/server.js')
  const { root, top } = await copy('repo/services/api')
  expect(root).toBe(join(to, 'services/api'))
  expect(top).toBe(to)
  expect(realpathSync(join(to, 'node_modules/pg'))).toBe(join(dir, 'repo/node_modules/pg'))
  expect(readFileSync(join(to, 'package.json'), 'utf8')).toBe('{"type": "module"}')
})

it('links no packages when they will be installed', async () => {
  put('app/.venv/pyvenv.cfg')
  put('app/venv/pyvenv.cfg')
  put('app/node_modules/express/index.js')
  put('app/package.json')
  const { root } = await copy('app', true)
  expect(readdirSync(root)).toEqual(['package.json'])
})
