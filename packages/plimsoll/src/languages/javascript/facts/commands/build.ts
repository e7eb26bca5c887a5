import type { FoundCommand } from '../../../../model/system.ts'
import { type Context, scriptCommand } from '../context.ts'
import { inDir } from '../paths.ts'
import { outDirOf } from './entry.ts'

/** Scripts that build only the server come before the one that builds everything. */
const SCRIPTS = [
  'build:server',
  'build:backend',
  'build:api',
  'build:prod',
  'build:production',
  'build',
  'compile',
  'tsc',
  'build:ts',
]

const FRONTEND =
  /^(\S+=\S+\s+)*(vite|next|react-scripts|ng|vue-cli-service|astro|remix|nuxt) build|^webpack|^parcel/

const runsBuilt = (command: string, out: string) =>
  new RegExp(
    `(^|[\\s/.])(${[out, 'dist', 'build', 'out'].map((dir) => dir.replace(/[^\w/-]/g, '')).join('|')})(/|\\s|$)`,
  ).test(command)

/**
 * The step without which the start command has nothing to run.
 * @param start text of the scripts that may start it
 */
export const buildOf = (context: Context, start: readonly string[]): FoundCommand | null => {
  const { manifest, module, manager, typescript, project } = context
  const out = outDirOf(context)
  const needed =
    typescript ||
    start.some((command) => runsBuilt(command, out)) ||
    /^(\.\/)?(dist|build)\//.test(manifest.main ?? '')
  if (!needed) return null
  const script = SCRIPTS.find(
    (name) => manifest.scripts[name] !== undefined && !FRONTEND.test(manifest.scripts[name]),
  )
  if (script !== undefined) return scriptCommand(context, script)
  const config = inDir(module.dir, 'tsconfig.json')
  if (!typescript || !project.exists(config) || !start.some((command) => runsBuilt(command, out))) return null
  return { command: manager.exec('tsc'), dir: module.dir, from: config }
}
