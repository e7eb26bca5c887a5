import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'
import type { Module } from '../../languages/define.ts'
import { type Code, enclosing, openCode } from '../../languages/python/code/code.ts'
import type { FoundCommand } from '../../model/system.ts'
import { createHolders } from './holders.ts'

const dotted = (code: Code, file: string) =>
  posix
    .relative(code.dir, file)
    .replace(/(?:\/__init__)?\.py$/, '')
    .replaceAll('/', '.')

/** `package.module:name` or `package.module:factory`, as the flask command takes it. */
const targets = (code: Code): { target: string; file: string }[] =>
  createHolders(code)
    .all()
    .filter(({ kind }) => kind === 'app')
    .map(({ value }) => {
      const { scope } = value
      const factory = enclosing(scope, 'function')
      const name =
        factory?.name ??
        [...scope.bindings].find(([, all]) =>
          all.some(
            (one) => one.at <= value.node.startIndex && one.kind === 'value' && one.node.equals(value.node),
          ),
        )?.[0]
      const module = dotted(code, scope.file)
      return { target: name === undefined ? module : `${module}:${name}`, file: scope.file }
    })
    .filter(({ file }) => !/(^|\/)(tests?|docs?|examples?)\/|conftest\.py$/.test(file))

/** The app named in the environment that the repo declares for the flask command. */
const declared = (project: Project, dir: string): string | null =>
  /^(?:export\s+)?FLASK_APP=["']?([^"'\s]+)/m.exec(project.text(posix.join(dir, '.flaskenv')) ?? '')?.[1] ??
  null

export const flaskStart = (project: Project, module: Module): FoundCommand[] => {
  const files = project.under(module.dir, '.py')
  const code = openCode(project, module.dir, files)
  const dir = module.dir
  if (declared(project, dir) !== null)
    return [{ command: 'flask run', dir, from: posix.join(dir, '.flaskenv') }]
  return targets(code).map(({ target, file }) => ({ command: `flask --app ${target} run`, dir, from: file }))
}
