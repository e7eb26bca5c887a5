import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { findPackages } from './find-packages.ts'

const outside = writeFixture({
  'shared/node_modules/far/index.js': '',
  'python/bin/python3': '',
  'python/lib/os.py': '',
  'keys/id_rsa': 'a secret',
})
const inside = writeFixture({ 'node_modules/near/index.js': '', 'src/app.js': '' })
afterAll(() => {
  outside.remove()
  inside.remove()
})

it('follows links to packages and to Python, and nowhere else', async () => {
  const root = realpathSync(inside.dir)
  const other = realpathSync(outside.dir)
  const venv = (dir: string, home: string) => {
    mkdirSync(join(root, dir), { recursive: true })
    writeFileSync(join(root, dir, 'pyvenv.cfg'), `home = ${home}\nversion = 3.12.0\n`)
  }
  symlinkSync(join(other, 'shared/node_modules/far'), join(root, 'node_modules/far'))
  symlinkSync(join(other, 'keys'), join(root, 'node_modules/keys'))
  symlinkSync(join(other, 'keys'), join(root, 'src/keys'))
  venv('.venv', join(other, 'python/bin'))
  venv('planted', join(other, 'keys'))
  expect((await findPackages(root)).sort()).toEqual(
    [
      join(root, 'node_modules'),
      join(other, 'shared/node_modules'),
      join(root, '.venv'),
      join(other, 'python'),
    ].sort(),
  )
})
