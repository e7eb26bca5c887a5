import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { freeEnvFiles } from './free-env-files.ts'

test('what the lab decides leaves every env file of the copy; the rest stays', async () => {
  const { dir: root, remove } = writeFixture({
    '.env': 'A=1\nexport DATABASE_URL="postgres://real"\n# DATABASE_URL is said above\nDATABASE_URL_NOTE=x\n',
    'config/prod.env': 'DATABASE_URL = postgres://real\n',
    '.env.local': 'REPORTS=mysql://r:pw@reports.example/y\nCACHE=redis://localhost:6379\n',
    'notes.txt': 'DATABASE_URL=postgres://real\n',
  })
  try {
    await freeEnvFiles(root, new Set(['DATABASE_URL']))
    const read = (file: string) => readFile(join(root, file), 'utf8')
    expect(await read('.env')).toBe('A=1\n# DATABASE_URL is said above\nDATABASE_URL_NOTE=x\n')
    expect(await read('config/prod.env')).toBe('')
    expect(await read('.env.local')).toBe(
      'REPORTS=mysql://r:pw@127.0.0.1:1/y\nCACHE=redis://localhost:6379\n',
    )
    expect(await read('notes.txt')).toContain('postgres://real')
  } finally {
    remove()
  }
})
