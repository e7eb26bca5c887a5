import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'
import type { Module } from '../define.ts'
import { findManifests } from './manifests/find-manifests.ts'
import type { Manifest } from './manifests/manifest.ts'
import { createVersions } from './manifests/versions.ts'

const ENTRY = /(^|\/)(app|main|wsgi|asgi|server|run|manage|application|__main__)\.py$/

const folderName = (project: Project, dir: string) =>
  dir === '.' ? (project.root.split('/').at(-1) ?? dir) : posix.basename(dir)

const moduleOf = (project: Project, dir: string, manifests: readonly Manifest[]): Module => {
  const runtime = manifests.flatMap((manifest) => manifest.runtime)
  const development = manifests.flatMap((manifest) => manifest.development)
  const dependencies = new Map([...development, ...runtime].map(({ name, version }) => [name, version]))
  return {
    dir,
    name: manifests.find((manifest) => manifest.name !== null)?.name ?? folderName(project, dir),
    dependencies,
    runtimeDependencies: new Set(runtime.map(({ name }) => name)),
    versionOf: createVersions(project, dir, dependencies),
    manifest: manifests[0]?.file ?? '',
  }
}

/** Without any manifest, Python that has a conventional entry file is one module: the folder of that file. */
const bareModule = (project: Project): Module[] => {
  const entries = project.files.filter((file) => ENTRY.test(file))
  const nearest = Math.min(...entries.map((file) => file.split('/').length))
  const dirs = new Set(
    entries.filter((file) => file.split('/').length === nearest).map((file) => posix.dirname(file)),
  )
  if (dirs.size === 0) return []
  const [only] = dirs
  return [moduleOf(project, dirs.size === 1 && only !== undefined ? only : '.', [])]
}

/** Every folder with a Python manifest, outermost first. */
export const findModules = (project: Project): Module[] => {
  const found = findManifests(project)
  if (found.size === 0) return bareModule(project)
  return [...found].map(([dir, manifests]) => moduleOf(project, dir, manifests))
}
