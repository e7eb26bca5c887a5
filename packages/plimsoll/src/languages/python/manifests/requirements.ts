import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import { emptyManifest, type Manifest } from './manifest.ts'
import { readRequirement, type Wanted } from './names.ts'

const DEVELOPMENT = /dev|test|lint|doc|ci|local/i

/** Whether a file is a requirements file, by its name or its folder's. */
export const isRequirements = (file: string): boolean =>
  /(^|\/)requirements[^/]*\.(txt|in|pip)$|(^|\/)requirements\/[^/]+\.(txt|in)$/.test(file)

/** The folder that a requirements file speaks for: the one above `requirements/`. */
export const requirementsDir = (file: string): string => {
  const dir = posix.dirname(file)
  return posix.basename(dir) === 'requirements' ? posix.dirname(dir) : dir
}

const readLines = (project: Project, file: string, seen: Set<string>): Wanted[] => {
  if (seen.has(file)) return []
  seen.add(file)
  const lines = (project.text(file) ?? '').replace(/\\\r?\n/g, ' ').split(/\r?\n/)
  return lines.flatMap((written): Wanted[] => {
    const line = written.replace(/(^|\s)#.*$/, '').trim()
    const include = /^(?:-r|--requirement)[ =]?(.+)$/.exec(line)?.[1]
    if (include !== undefined)
      return readLines(project, posix.normalize(posix.join(posix.dirname(file), include.trim())), seen)
    const egg = /#egg=([\w.-]+)/.exec(written)?.[1]
    if (egg !== undefined) return [{ name: egg.toLowerCase().replace(/[-_.]+/g, '-'), version: '*' }]
    if (line === '' || /^(-|\.|\/|git\+|https?:)/.test(line)) return []
    const wanted = readRequirement(line.replace(/\s--hash=\S+/g, ''))
    return wanted === null ? [] : [wanted]
  })
}

export const readRequirements = (project: Project, file: string): Manifest => {
  const wanted = readLines(project, file, new Set())
  const development = DEVELOPMENT.test(posix.basename(file))
  return { ...emptyManifest(file), [development ? 'development' : 'runtime']: wanted }
}
