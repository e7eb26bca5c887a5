import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import type { FoundCommand, Migrations } from '../../../model/system.ts'
import type { Module } from '../../define.ts'
import type { Code } from '../code/code.ts'
import { enclosing } from '../code/code.ts'
import type { Value } from '../code/values.ts'

const inside = (dir: string, file: string) => dir === '.' || file.startsWith(`${dir}/`)

/** `package.module:name` of the app that an extension is bound to, as command-line tools take it. */
const targetOf = (code: Code): string | null => {
  for (const call of code.callsOf('Migrate')) {
    const callee = call.node.childForFieldName('function')
    const known = callee === null ? [] : code.evaluate.all(callee, call.scope)
    if (!known.some((value: Value) => value.kind === 'external' && value.name === 'flask_migrate.Migrate'))
      continue
    const factory = enclosing(call.scope, 'function')
    const module = posix
      .relative(code.dir, call.scope.file)
      .replace(/(?:\/__init__)?\.py$/, '')
      .replaceAll('/', '.')
    if (factory === null && call.node.text.includes('(app')) return module
    if (factory !== null && /^(?:create|make)_\w*app\w*$|^create$/.test(factory.name))
      return `${module}:${factory.name}`
  }
  return null
}

/** `flask --app …` when nothing the command would find by itself names the app. */
const flaskCommand = (project: Project, code: Code): string => {
  const named =
    ['app.py', 'wsgi.py'].some((file) => project.exists(posix.join(code.dir, file))) ||
    /FLASK_APP/.test(project.text(posix.join(code.dir, '.flaskenv')) ?? '')
  const target = named ? null : targetOf(code)
  return target === null ? 'flask db upgrade' : `flask --app ${target} db upgrade`
}

const SQL_FOLDER = /(^|\/)(migrations?|db|sql|schema)$/
const REVERSES = /(?:^|[._-])(?:down|undo|rollback|revert)\.sql$|seeds?|fixtures?/i

/** Folders of plain SQL files, which are applied in the order of their names. */
const plainSql = (project: Project, module: Module): Migrations[] => {
  const files = project
    .under(module.dir, '.sql')
    .filter((file) => SQL_FOLDER.test(posix.dirname(file)) && !REVERSES.test(posix.basename(file)))
  return [...new Set(files.map((file) => posix.dirname(file)))].map((dir) => ({
    tool: 'sql',
    dir,
    files: files.filter((file) => posix.dirname(file) === dir).length,
    apply: null,
  }))
}

/** Alembic, by itself or through Flask-Migrate; else folders of plain SQL. */
export const readMigrations = (project: Project, module: Module, code: Code): Migrations[] => {
  const found = alembic(project, module, code)
  return found.length > 0 ? found : plainSql(project, module)
}

const alembic = (project: Project, module: Module, code: Code): Migrations[] => {
  const configs = project.files.filter(
    (file) => posix.basename(file) === 'alembic.ini' && inside(module.dir, file),
  )
  const environments = project.files.filter((file) => /(^|\/)env\.py$/.test(file) && inside(module.dir, file))
  const throughFlask = module.dependencies.has('flask-migrate')
  return environments.flatMap((environment): Migrations[] => {
    const dir = posix.dirname(environment)
    const versions = project
      .under(posix.join(dir, 'versions'), '.py')
      .filter((file) => !file.endsWith('__init__.py'))
    if (!(project.text(environment) ?? '').includes('alembic')) return []
    const config = configs.find((file) => posix.dirname(file) !== dir) ?? configs[0]
    const own = throughFlask && configs.some((file) => posix.dirname(file) === dir)
    const apply: FoundCommand = own
      ? { command: flaskCommand(project, code), dir: module.dir, from: environment }
      : {
          command: 'alembic upgrade head',
          dir: config === undefined ? module.dir : posix.dirname(config),
          from: config ?? environment,
        }
    return [{ tool: own ? 'flask-migrate' : 'alembic', dir, files: versions.length, apply }]
  })
}

/** Scripts that fill the database, by their name. */
export const readSeeds = (code: Code): FoundCommand[] =>
  code.sources
    .map(({ file }) => file)
    .filter((file) =>
      /(^|\/)(seeds?|seed_\w+|\w+_seed|populate(_db|_database)?|init_data|load_fixtures)\.py$/.test(file),
    )
    .filter((file) => (code.source(file)?.root.node.text ?? '').includes('__main__'))
    .map((file) => ({ command: `python3 ${posix.relative(code.dir, file)}`, dir: code.dir, from: file }))
