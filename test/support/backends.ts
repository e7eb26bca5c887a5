import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './repository.ts'

/** Small backends as people write them, each in ways of its own: nothing of them is ever run. */
export type Backend = { name: string; files: Readonly<Record<string, string>> }

const FOLDER = join(root, 'test/support/backends')

const filesOf = (text: string): Backend['files'] =>
  Object.fromEntries(
    text
      .split(/^=== /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1)]
      }),
  )

export const backends = (): Backend[] =>
  readdirSync(FOLDER)
    .sort()
    .map((file) => ({
      name: file.replace('.txt', ''),
      files: filesOf(readFileSync(join(FOLDER, file), 'utf8')),
    }))
