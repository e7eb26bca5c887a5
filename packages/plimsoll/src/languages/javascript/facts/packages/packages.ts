import type { Project } from '../../../../instruments/source/project.ts'
import type { Service } from '../../../../model/system.ts'
import type { Module } from '../../../define.ts'
import type { Manifest } from '../manifest.ts'
import { inDir, upwards } from '../paths.ts'
import { findLock } from './lock.ts'
import { managerPackage } from './manager-package.ts'
import { installedVersion } from './versions.ts'

/** How this package manager is spoken to. */
export type Manager = {
  name: string
  run(script: string): string
  exec(command: string): string
}

const MANAGERS: Readonly<Record<string, Manager>> = {
  npm: {
    name: 'npm',
    run: (script) => (script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`),
    exec: (command) => `npx ${command}`,
  },
  pnpm: { name: 'pnpm', run: (script) => `pnpm run ${script}`, exec: (command) => `pnpm exec ${command}` },
  yarn: { name: 'yarn', run: (script) => `yarn run ${script}`, exec: (command) => `yarn ${command}` },
  bun: { name: 'bun', run: (script) => `bun run ${script}`, exec: (command) => `bunx ${command}` },
}

const NPM: Manager = MANAGERS.npm ?? {
  name: 'npm',
  run: (script) => `npm run ${script}`,
  exec: (command) => `npx ${command}`,
}

const wished = (project: Project, dir: string): string | null => {
  for (const folder of upwards(dir)) {
    const text = project.peek(inDir(folder, 'package.json'))
    const manager = text === null ? undefined : /"packageManager"\s*:\s*"([^"]+)"/.exec(text)?.[1]
    if (manager !== undefined) return manager
  }
  return null
}

/** What `packageManager` says, else what the lockfile belongs to, else npm. */
export const managerOf = (project: Project, dir: string): Manager => {
  const name = wished(project, dir)?.split('@')[0] ?? findLock(project, dir)?.manager ?? 'npm'
  return MANAGERS[name] ?? NPM
}

const isBerry = (project: Project, dir: string): boolean =>
  /^yarn@[2-9]/.test(wished(project, dir) ?? '') ||
  upwards(dir).some((folder) => project.exists(inDir(folder, '.yarnrc.yml')))

const installCommand = (project: Project, dir: string, manager: string, locked: boolean): string => {
  if (manager === 'yarn') {
    if (!locked) return 'yarn install'
    return isBerry(project, dir) ? 'yarn install --immutable' : 'yarn install --frozen-lockfile'
  }
  if (manager === 'npm') return locked ? 'npm ci' : 'npm install'
  return locked ? `${manager} install --frozen-lockfile` : `${manager} install`
}

/** Runtime dependencies that Node would not find from the module's folder. */
const missingDependencies = (project: Project, module: Module, manifest: Manifest): string[] => {
  if (upwards(module.dir).some((dir) => project.peek(inDir(dir, '.pnp.cjs')) !== null)) return []
  return Object.keys(manifest.dependencies).filter(
    (name) => installedVersion(project, module.dir, name) === null,
  )
}

export const packagesOf = (project: Project, module: Module, manifest: Manifest): Service['packages'] => {
  const manager = managerOf(project, module.dir)
  const lock = findLock(project, module.dir)
  const locked = lock !== null && lock.manager === manager.name
  return {
    manager: manager.name,
    managerPackage: managerPackage(
      project,
      manager.name,
      wished(project, module.dir),
      lock,
      isBerry(project, module.dir),
    ),
    lockfile: lock?.file ?? null,
    install: {
      command: installCommand(project, module.dir, manager.name, locked),
      dir: lock?.dir ?? module.dir,
      from: lock?.file ?? module.manifest,
    },
    installed: missingDependencies(project, module, manifest).length === 0,
  }
}
