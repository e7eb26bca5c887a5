import type { FoundCommand } from '../../../../model/system.ts'
import { type Context, scriptCommand } from '../context.ts'
import { installedVersion } from '../packages/versions.ts'
import { fromDir, inDir } from '../paths.ts'
import { fileOfCommand, ofPath, outDirOf } from './entry.ts'

const SERVING = [
  'start:prod',
  'start:production',
  'prod',
  'production',
  'start',
  'serve',
  'server',
  'start:server',
  'start:api',
]
const DEVELOPING = ['dev', 'start:dev', 'develop', 'watch', 'start:watch', 'dev:server', 'dev:backend']

/** Watches files, restarts by itself, or serves a front end: not how the app runs in production. */
const WATCHES =
  /\b(nodemon|ts-node-dev|tsc-watch|concurrently|turbo (run )?dev|next dev|vite(?!-node))\b|--watch\b|\s-w\b|\bwatch\b/

const FRONTEND =
  /^(\S+=\S+\s+)*(vite|next|react-scripts|ng|vue-cli-service|astro|remix|nuxt|expo|http-server|serve)\b/

const exists = (context: Context, name: string) => context.manifest.scripts[name] !== undefined
const text = (context: Context, name: string) => context.manifest.scripts[name] ?? ''

/** Runs a file that is neither there nor built from one that is: meant for another folder, such as an image's. */
const isAstray = (context: Context, name: string): boolean => {
  const file = fileOfCommand(text(context, name))
  return (
    file !== null &&
    file !== '.' &&
    ofPath(context, file) === null &&
    !/^(\.\/)?(dist|build|out)\//.test(file)
  )
}

/** Package scripts that start the app, best first; those that watch or serve a front end come last or not at all. */
export const startScripts = (context: Context): FoundCommand[] => {
  const serving = SERVING.filter((name) => exists(context, name) && !FRONTEND.test(text(context, name)))
  const plain = serving
    .filter((name) => !WATCHES.test(text(context, name)))
    .sort((a, b) => Number(isAstray(context, a)) - Number(isAstray(context, b)))
  const watching = [
    ...serving.filter((name) => WATCHES.test(text(context, name))),
    ...DEVELOPING.filter((name) => exists(context, name) && !FRONTEND.test(text(context, name))),
  ]
  return [...plain, ...watching].map((name) => scriptCommand(context, name))
}

/** What would start the entry file where no script says it. */
export const guessedStart = (context: Context, entry: string | null): FoundCommand[] => {
  const { module, project, manifest, manager } = context
  if (entry === null) return []
  const file = fromDir(module.dir, entry)
  const made = (command: string): FoundCommand => ({ command, dir: module.dir, from: `entry file ${entry}` })
  if (!/\.[cm]?tsx?$/.test(file)) return [made(`node ${file}`)]
  const built = `${outDirOf(context)}/${file.replace(/^src\//, '').replace(/ts(x?)$/, 'js')}`
  const builds = manifest.scripts.build !== undefined || project.exists(inDir(module.dir, 'tsconfig.json'))
  const runner = ['tsx', 'ts-node'].find(
    (name) => module.dependencies.has(name) || installedVersion(project, module.dir, name) !== null,
  )
  return [
    ...(builds ? [made(`node ${built}`)] : []),
    ...(runner === undefined ? [] : [made(manager.exec(`${runner} ${file}`))]),
  ]
}
