import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import type { Module } from '../../define.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { createVersions } from './packages/versions.ts'

const APART = /(^|\/)(tests?|__tests__|fixtures|__fixtures__|templates?|node_modules)\//

/** A manifest that only marks the module type (`{"type": "commonjs"}`) makes no package of its folder. */
const isPackage = (manifest: Manifest) =>
  manifest.name !== undefined ||
  [manifest.scripts, manifest.dependencies, manifest.devDependencies, manifest.peerDependencies].some(
    (part) => Object.keys(part).length > 0,
  ) ||
  manifest.workspaces !== undefined

const moduleOf = (project: Project, file: string, manifest: Manifest): Module => {
  const dir = posix.dirname(file)
  const runtime = { ...manifest.dependencies, ...manifest.optionalDependencies }
  const folder = dir === '.' ? (project.root.split('/').at(-1) ?? dir) : posix.basename(dir)
  return {
    dir,
    name: manifest.name ?? folder,
    dependencies: new Map(
      Object.entries({ ...manifest.peerDependencies, ...manifest.devDependencies, ...runtime }),
    ),
    runtimeDependencies: new Set(Object.keys(runtime)),
    versionOf: createVersions(project, dir, { ...manifest.devDependencies, ...runtime }),
    manifest: file,
  }
}

/** Every package.json that describes a package, outermost first. */
export const findModules = (project: Project): Module[] => {
  const found = project.files
    .filter((file) => posix.basename(file) === 'package.json' && !APART.test(file))
    .flatMap((file) => {
      const manifest = readManifest(project, file)
      if (manifest === null) return []
      return file === 'package.json' || isPackage(manifest) ? [moduleOf(project, file, manifest)] : []
    })
  const depth = (module: Module) => (module.dir === '.' ? 0 : module.dir.split('/').length)
  return found.sort((a, b) => depth(a) - depth(b) || (a.dir < b.dir ? -1 : 1))
}
