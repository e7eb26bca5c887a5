import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import type { Module } from '../../define.ts'
import { findManifests } from '../manifests/find-manifests.ts'

const firstLine = (text: string | null) => text?.split(/\r?\n/)[0]?.trim() || null

/** The Python wanted: version files, then the manifests' constraint, then the image. */
export const readRuntime = (project: Project, module: Module): { name: string; wanted: string | null } => {
  const file = (name: string) => {
    const own = posix.join(module.dir, name)
    return firstLine(project.text(project.exists(own) ? own : name))
  }
  const manifests = findManifests(project).get(module.dir) ?? []
  const image = project
    .under(module.dir)
    .filter((name) => posix.dirname(name) === module.dir && /(^|[/.])Dockerfile/.test(name))
    .map((name) => /^FROM\s+(?:\S+\/)?python:(\d[\w.]*)/im.exec(project.text(name) ?? '')?.[1])
    .find((version) => version !== undefined)
  const wanted =
    file('.python-version') ??
    file('runtime.txt')?.replace(/^python-/, '') ??
    manifests.find((manifest) => manifest.python !== null)?.python ??
    image ??
    null
  return { name: 'python', wanted }
}
