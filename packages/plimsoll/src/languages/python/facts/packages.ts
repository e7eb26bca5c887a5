import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import type { FoundCommand } from '../../../model/system.ts'
import type { Module, ModuleFacts } from '../../define.ts'
import { tableAt } from '../manifests/manifest.ts'
import { isRequirements } from '../manifests/requirements.ts'
import { findLock, LOCKS } from '../manifests/versions.ts'
import { isInstalled } from './virtual-environment.ts'

const COMMANDS: Readonly<Record<string, string>> = {
  poetry: 'poetry install',
  uv: 'uv sync',
  pdm: 'pdm install',
  pipenv: 'pipenv install --dev',
}

const managerOf = (project: Project, module: Module, lock: string | null): string => {
  const locked = lock === null ? undefined : LOCKS[posix.basename(lock)]
  if (locked !== undefined) return locked
  if (posix.basename(module.manifest) === 'Pipfile') return 'pipenv'
  const file = posix.join(module.dir, 'pyproject.toml')
  const tools = project.exists(file) ? tableAt(project.toml(file), 'tool') : {}
  return ['poetry', 'uv', 'pdm'].find((tool) => tools[tool] !== undefined) ?? 'pip'
}

/** A new environment of the folder's own, so that nothing is put into the machine's Python. */
const pipInstall = (module: Module): string | null => {
  if (module.manifest === '') return null
  const named = posix.relative(module.dir, module.manifest)
  const what = isRequirements(module.manifest) ? `-r ${named}` : '.'
  return `python3 -m venv .venv && .venv/bin/python -m pip install ${what}`
}

export const readPackages = (project: Project, module: Module, path: string): ModuleFacts['packages'] => {
  const lock = findLock(project, module.dir)
  const manager = module.manifest === '' ? null : managerOf(project, module, lock)
  const command = manager === null ? null : (COMMANDS[manager] ?? pipInstall(module))
  const install: FoundCommand | null =
    command === null ? null : { command, dir: module.dir, from: lock ?? module.manifest }
  return { manager, lockfile: lock, install, installed: isInstalled(project, module, path) }
}
