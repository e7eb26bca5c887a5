/** `npm run new <family> <id>`: a new member that compiles, with a test that fails until it does its work. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './catalogue/families.ts'
import { writeGenerated } from './catalogue.ts'
import { problemWith } from './new/check-words.ts'
import { foldersOf, scaffold } from './new/scaffold.ts'

/** A long id makes lines of the templates too long, so they are wrapped once the id is known. */
const format = (folders: readonly string[]) =>
  spawnSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', ...folders], { cwd: root })

const make = (family: string, id: string) => {
  const folders = foldersOf(family, id)
  const files = scaffold(family, id)
  format(folders)
  for (const file of files) console.log(`wrote ${file}`)
  writeGenerated()
  console.log(`
Its test fails until the member does its work, and says what to write:
  npx vitest run --project unit ${folders[0]}
What deserves to be one, and how it is tested: docs/adding/${family}.md`)
}

const words = process.argv.slice(2)
const problem = problemWith(words)
const [family, id] = words
if (problem !== null || family === undefined || id === undefined) {
  console.error(`${problem}.`)
  process.exitCode = 2
} else {
  make(family, id)
}
