import type { Project } from '../../../instruments/source/project.ts'
import { emptyManifest, type Manifest, tableAt, textAt, textsAt } from './manifest.ts'
import { normaliseName, readRequirement, type Wanted } from './names.ts'

const requirements = (lines: readonly string[]): Wanted[] =>
  lines.map(readRequirement).filter((wanted) => wanted !== null)

/** Poetry's and Pipenv's tables: name to a version, or to a table that holds one. */
export const versionTable = (table: Readonly<Record<string, unknown>>): Wanted[] =>
  Object.entries(table)
    .filter(([name]) => name !== 'python')
    .map(([name, value]) => ({
      name: normaliseName(name),
      version: typeof value === 'string' ? value : (textAt(tableAt(value), 'version') ?? '*'),
    }))

const textEntries = (table: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(table).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

/** pyproject.toml: PEP 621, dependency groups, Poetry. */
export const readPyproject = (project: Project, file: string): Manifest => {
  const toml = project.toml(file)
  const standard = tableAt(toml, 'project')
  const poetry = tableAt(toml, 'tool', 'poetry')
  const groups = Object.keys(tableAt(poetry, 'group'))
  return {
    ...emptyManifest(file),
    name: textAt(standard, 'name') ?? textAt(poetry, 'name'),
    runtime: [
      ...requirements(textsAt(standard, 'dependencies')),
      ...versionTable(tableAt(poetry, 'dependencies')),
    ],
    development: [
      ...versionTable(tableAt(poetry, 'dev-dependencies')),
      ...groups.flatMap((group) => versionTable(tableAt(poetry, 'group', group, 'dependencies'))),
      ...lists(tableAt(toml, 'dependency-groups')),
      ...lists(tableAt(standard, 'optional-dependencies')),
    ],
    python: textAt(standard, 'requires-python') ?? textAt(tableAt(poetry, 'dependencies'), 'python'),
    scripts: {
      ...textEntries(tableAt(standard, 'scripts')),
      ...textEntries(tableAt(poetry, 'scripts')),
      ...textEntries(tableAt(toml, 'tool', 'taskipy', 'tasks')),
      ...textEntries(tableAt(toml, 'tool', 'pdm', 'scripts')),
    },
  }
}

const lists = (table: Readonly<Record<string, unknown>>): Wanted[] =>
  Object.keys(table).flatMap((key) => requirements(textsAt(table, key)))

export const readPipfile = (project: Project, file: string): Manifest => {
  const toml = project.toml(file)
  return {
    ...emptyManifest(file),
    runtime: versionTable(tableAt(toml, 'packages')),
    development: versionTable(tableAt(toml, 'dev-packages')),
    python: textAt(tableAt(toml, 'requires'), 'python_version'),
    scripts: textEntries(tableAt(toml, 'scripts')),
  }
}
