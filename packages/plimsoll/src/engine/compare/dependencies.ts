import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '../../base/json/parse-json.ts'

/** Files that say exactly, or nearly, what is installed. */
const LOCKS = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'],
  ...['requirements.txt', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'pdm.lock'],
  ...['go.sum', 'composer.lock', 'Gemfile.lock', 'packages.lock.json'],
]
const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides']

const textOf = (file: string) => readFile(file, 'utf8').catch(() => null)

/** What a package.json asks for, without what says nothing of packages. */
const wantedOf = (text: string | null): string => {
  const manifest = parseJson(text ?? '')
  if (typeof manifest !== 'object' || manifest === null) return ''
  const sections = Object.entries(manifest).filter(([name]) => SECTIONS.includes(name))
  return JSON.stringify(sections.sort(([a], [b]) => a.localeCompare(b)))
}

/** `` and every folder on the way: `a`, `a/b`. */
export const levelsOf = (below: string): string[] => {
  const parts = below === '' ? [] : below.split('/')
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))]
}

/**
 * The first file that shows that two trees want different packages, relative to their tops; null when what is installed
 * for one serves the other, too.
 * @param below the backend's folder, relative to the tops
 */
export const differingDependencies = async (
  one: string,
  other: string,
  below: string,
): Promise<string | null> => {
  for (const level of levelsOf(below)) {
    const manifest = join(level, 'package.json')
    const [a, b] = [await textOf(join(one, manifest)), await textOf(join(other, manifest))]
    if (wantedOf(a) !== wantedOf(b)) return manifest
    for (const name of LOCKS) {
      const lock = join(level, name)
      if ((await textOf(join(one, lock))) !== (await textOf(join(other, lock)))) return lock
    }
  }
  return null
}
