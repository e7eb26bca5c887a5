import type { FoundCommand } from '../../../../model/system.ts'
import { type Context, scriptCommand } from '../context.ts'
import { inDir } from '../paths.ts'

const NAME = /^((db|database|prisma|knex|sequelize|typeorm|data)[:-])?seed(s|er|ers)?([:-]\w+)*$/

/** Scripts that write, undo or serve a seed instead of running it. */
const MAKES = /create|generate|make|new|undo|revert|reset|drop|setup|serve|test|watch/

/** Seeds that only tests use are none of the app's. */
const ofTests = (text: string) => /(^|[\s/])(tests?|e2e|__tests__|cypress)\//.test(text)

/** Commands that fill an empty, migrated database with data, best first. */
export const findSeeds = (context: Context): FoundCommand[] => {
  const { manifest, module, manager, project } = context
  const scripts = Object.entries(manifest.scripts)
    .filter(([name, text]) => NAME.test(name) && !MAKES.test(name) && !ofTests(text))
    .map(([name]) => scriptCommand(context, name))
  if (scripts.length > 0) return scripts
  const made = (command: string, from: string): FoundCommand => ({
    command: manager.exec(command),
    dir: module.dir,
    from,
  })
  if (manifest.prisma?.seed !== undefined) return [made('prisma db seed', `${module.manifest} prisma.seed`)]
  const knexfile = ['knexfile.js', 'knexfile.ts', 'knexfile.cjs', 'knexfile.mjs']
    .map((name) => inDir(module.dir, name))
    .find((file) => project.exists(file))
  const holdsSeeds = project
    .under(module.dir, '.js', '.ts', '.cjs', '.mjs')
    .some((file) => /(^|\/)seeds\//.test(file))
  if (knexfile !== undefined && holdsSeeds && module.dependencies.has('knex'))
    return [made('knex seed:run', knexfile)]
  const seeders = project.under(module.dir, '.js', '.ts', '.cjs').some((file) => /(^|\/)seeders\//.test(file))
  if (seeders && module.dependencies.has('sequelize-cli'))
    return [made('sequelize-cli db:seed:all', 'seeders')]
  return []
}
