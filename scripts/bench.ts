/**
 * Runs one benchmark: `npm run bench <name> [arguments]` loads bench/<name>.ts and calls its default export.
 * Without a name it lists what there is.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'bench')
const [name, ...args] = process.argv.slice(2)
const file = join(folder, `${name}.ts`)

if (name === undefined || !existsSync(file)) {
  const names = readdirSync(folder)
    .filter((each) => each.endsWith('.ts'))
    .map((each) => each.slice(0, -3))
  console.error(`Give one of: ${names.join(', ')}`)
  process.exitCode = 2
} else {
  const { default: run } = (await import(pathToFileURL(file).href)) as {
    default: (args: readonly string[]) => Promise<void>
  }
  await run(args)
}
