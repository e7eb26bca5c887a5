import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'
import type { Module } from '../../languages/define.ts'

/** Distributions that bring Flask with them, the framework itself first. */
const BRING_FLASK = [
  ...['flask', 'connexion', 'flask-restful', 'flask-restx', 'flask-restplus', 'flask-smorest', 'apiflask'],
  ...['flask-openapi3', 'flask-sqlalchemy', 'flask-appbuilder'],
]

const MANIFESTS = ['requirements.txt', 'pyproject.toml', 'setup.py', 'Pipfile']

/** Whether a file lies in a folder with a manifest of its own. */
const isNested = (project: Project, dir: string, file: string) => {
  for (let at = posix.dirname(file); at !== dir && at !== '.'; at = posix.dirname(at))
    if (MANIFESTS.some((name) => project.exists(posix.join(at, name)))) return true
  return false
}

export const detectFlask = (project: Project, module: Module): { version: string | null } | null => {
  const listed = BRING_FLASK.find((name) => module.dependencies.has(name))
  if (listed !== undefined) return { version: module.versionOf('flask') }
  if (module.dependencies.size > 0) return null
  const imports = project
    .under(module.dir, '.py')
    .some(
      (file) =>
        /^\s*(?:from|import)\s+(?:flask|connexion)\b/m.test(project.text(file) ?? '') &&
        !isNested(project, module.dir, file),
    )
  return imports ? { version: null } : null
}
