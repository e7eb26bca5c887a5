import { z } from 'zod'
import type { Context } from '../context.ts'
import { fromDir, inDir } from '../paths.ts'

const NAMES = ['main', 'server', 'index', 'app', 'bin/www', 'start', 'bootstrap', 'cli']
const FOLDERS = ['src', '', 'server', 'api', 'lib', 'bin', 'app']
const ENDINGS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '']

/** Words of a script that are a file of JavaScript or TypeScript, or a folder to run: `node .`, `tsx src/app.ts`. */
export const fileOfCommand = (command: string): string | null => {
  const runner =
    /(?:^|[\s;&|])(?:node|tsx|ts-node(?:-dev|-esm)?|nodemon|bun(?: run)?|pm2(?:-runtime)? start|vite-node|swc-node)((?:\s+-{1,2}\S+(?:[ =](?!\S*\.[cm]?[jt]s\b)[\w./:-]+\/register)?)*)\s+([\w@./-]+)/
  const found = runner.exec(command)?.[2]
  return found === undefined || found.startsWith('-') ? null : found
}

const Tsconfig = z.object({
  compilerOptions: z.object({ outDir: z.string().optional(), rootDir: z.string().optional() }).optional(),
})

/** Where the compiler writes, relative to the module; `dist` when nothing says. */
export const outDirOf = ({ project, module }: Context): string => {
  for (const name of ['tsconfig.build.json', 'tsconfig.json']) {
    const parsed = Tsconfig.safeParse(project.json(inDir(module.dir, name)))
    const out = parsed.success ? parsed.data.compilerOptions?.outDir : undefined
    if (out !== undefined) return fromDir('.', inDir('.', out)).replace(/\/$/, '')
  }
  return 'dist'
}

const resolveFile = ({ project, module }: Context, file: string): string | null => {
  const path = inDir(module.dir, file)
  for (const ending of ['', '.js', '.ts', '.mjs', '.cjs', '.mts', '/index.js', '/index.ts', '/index.mjs']) {
    const candidate = inDir('.', path + ending)
    if (project.exists(candidate) && /\.[cm]?[jt]sx?$|\/www$/.test(candidate)) return candidate
  }
  return null
}

/** The source of a built file: `dist/main` → `src/main.ts`. */
const sourceOf = (context: Context, file: string): string | null => {
  const out = outDirOf(context)
  const plain = file.replace(/^\.\//, '')
  for (const folder of [out, 'dist', 'build', 'lib', 'out', '.output']) {
    if (!plain.startsWith(`${folder}/`)) continue
    const rest = plain.slice(folder.length + 1).replace(/\.[cm]?js$/, '')
    const inside = rest.replace(/([^/]+)$/, 'src/$1')
    for (const source of [`src/${rest.replace(/^src\//, '')}`, rest, inside])
      for (const ending of ['.ts', '.mts', '.js', '.mjs', '.cts']) {
        const found = resolveFile(context, source + ending)
        if (found !== null) return found
      }
  }
  return null
}

/** The source behind a file that a command names: itself, or what it is built from; null when there is none. */
export const ofPath = (context: Context, file: string): string | null =>
  context.typescript
    ? (sourceOf(context, file) ?? resolveFile(context, file))
    : (resolveFile(context, file) ?? sourceOf(context, file))

/**
 * The source file the app starts in: what the start scripts run, `main`, `bin`, then names that entries have.
 * @param opened files that open a listening socket, which settles a tie
 */
export const entryOf = (context: Context, opened: readonly string[]): string | null => {
  const { manifest, module } = context
  const scripts = ['start:prod', 'start:production', 'start', 'serve', 'server', 'dev', 'start:dev']
  const named = [
    ...scripts.flatMap((name) => {
      const text = manifest.scripts[name]
      const file = text === undefined ? null : fileOfCommand(text)
      return file === null ? [] : [file === '.' ? (manifest.main ?? 'index.js') : file]
    }),
    manifest.main,
    ...(typeof manifest.bin === 'string' ? [manifest.bin] : Object.values(manifest.bin ?? {})),
  ]
  for (const file of named) {
    const found = file === undefined ? null : ofPath(context, file)
    if (found !== null) return found
  }
  const guessed = FOLDERS.flatMap((folder) =>
    NAMES.flatMap((name) => ENDINGS.map((ending) => inDir(folder === '' ? '.' : folder, name + ending))),
  ).flatMap((file) => {
    const path = inDir(module.dir, file)
    return context.project.exists(path) ? [path] : []
  })
  return guessed.find((file) => opened.includes(file)) ?? guessed[0] ?? opened[0] ?? null
}
