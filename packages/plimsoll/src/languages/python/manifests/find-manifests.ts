import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import type { Manifest } from './manifest.ts'
import { readPipfile, readPyproject } from './pyproject.ts'
import { isRequirements, readRequirements, requirementsDir } from './requirements.ts'
import { readSetupConfig, readSetupScript } from './setup.ts'

type Reader = (project: Project, file: string) => Manifest

const READERS: Readonly<Record<string, Reader>> = {
  'pyproject.toml': readPyproject,
  Pipfile: readPipfile,
  'setup.py': readSetupScript,
  'setup.cfg': readSetupConfig,
}

const APART = /(^|\/)(docs?|tests?|fixtures|\.github|node_modules|site-packages)\//

const readerOf = (file: string): Reader | undefined =>
  isRequirements(file) ? readRequirements : READERS[posix.basename(file)]

/** Manifests by the folder they speak for, outermost folder first; within one, the likeliest first. */
export const findManifests = (project: Project): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>()
  for (const file of project.files) {
    const read = APART.test(file) ? undefined : readerOf(file)
    if (read === undefined) continue
    const dir = isRequirements(file) ? requirementsDir(file) : posix.dirname(file)
    found.set(dir, [...(found.get(dir) ?? []), read(project, file)])
  }
  for (const [dir, manifests] of found) {
    if (!manifests.some((one) => one.name !== null || one.runtime.length + one.development.length > 0))
      found.delete(dir)
    manifests.sort((a, b) => rank(a) - rank(b))
  }
  const depth = (dir: string) => (dir === '.' ? 0 : dir.split('/').length)
  return new Map([...found].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1)))
}

const RANKED = ['pyproject.toml', 'Pipfile', 'requirements.txt', 'setup.py', 'setup.cfg']

const rank = ({ file, runtime }: Manifest) => {
  const place = RANKED.indexOf(posix.basename(file))
  return (place === -1 ? RANKED.length : place) + (runtime.length > 0 ? 0 : RANKED.length)
}
