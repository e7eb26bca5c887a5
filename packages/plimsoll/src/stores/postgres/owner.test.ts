import { expect, test } from 'vitest'
import { chooseOwner, findOwner } from './owner.ts'

const ROOT = 'root:x:0:0:root:/root:/bin/bash'
const NOBODY = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin'
const POSTGRES = 'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash'

test.each([
  ['postgres before nobody', [ROOT, NOBODY, POSTGRES], { uid: 101, gid: 104 }],
  ['nobody where there is no postgres', [ROOT, NOBODY], { uid: 65534, gid: 65534 }],
  ['no one where neither is there', [ROOT], null],
  ['never root under another name', ['postgres:x:0:0::/:/bin/sh'], null],
  ['no one from a broken file', ['postgres'], null],
])('%s', (_, lines, owner) => {
  expect(findOwner(lines.join('\n'))).toEqual(owner)
})

test('only root lends the server to somebody else', async () => {
  const owner = await chooseOwner()
  if (process.getuid?.() === 0) expect(owner?.uid).toBeGreaterThan(0)
  else expect(owner).toBeNull()
})
