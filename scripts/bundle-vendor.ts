/**
 * Builds what `src/vendor` names into the package: each file of `dist/vendor` is replaced by one that carries its
 * packages along, with their licences beside it, so that an install brings none of them.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

const home = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'plimsoll')
const vendor = join(home, 'dist', 'vendor')
const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))

/** What an install brings anyway is not carried twice. */
const isOwn = (id: string) =>
  Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`))

const bundle = async (entries: readonly string[]) => {
  const outDir = join(home, 'dist', 'vendor-built')
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      minify: true,
      target: 'node20',
      reportCompressedSize: false,
      rolldownOptions: {
        input: entries.map((file) => join(vendor, file)),
        external: (id) => id.startsWith('node:') || isOwn(id),
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
        preserveEntrySignatures: 'strict',
      },
    },
  })
  return { outDir, outputs: [built].flat() as Rolldown.RolldownOutput[] }
}

/** `…/node_modules/@scope/name/…` -> the folder of that package */
const folderOf = (file: string): string | null =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? null

const licenceOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`
  return `${name} ${version}: ${license}${text}\n`
}

const entries = readdirSync(vendor).filter((file) => file.endsWith('.js'))
const { outDir, outputs } = await bundle(entries)
const folders = new Set<string>()
for (const { output } of outputs)
  for (const chunk of output)
    for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
      const folder = folderOf(id)
      if (folder !== null && existsSync(join(folder, 'package.json'))) folders.add(folder)
    }
for (const file of readdirSync(outDir)) renameSync(join(outDir, file), join(vendor, file))
rmSync(outDir, { recursive: true })
writeFileSync(join(vendor, 'LICENSES.txt'), [...folders].sort().map(licenceOf).join('\n---\n\n'))
