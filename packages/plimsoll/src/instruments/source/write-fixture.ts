import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * For tests: writes a small repository into a temporary folder.
 * @param files path → text; an object is written as JSON
 */
export const writeFixture = (files: Readonly<Record<string, string | object>>) => {
  const dir = mkdtempSync(join(tmpdir(), 'plimsoll-fixture-'))
  for (const [file, content] of Object.entries(files)) {
    const path = join(dir, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
