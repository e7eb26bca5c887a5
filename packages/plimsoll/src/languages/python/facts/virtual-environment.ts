import { posix } from 'node:path'
import type { Project } from '../../../instruments/source/project.ts'
import type { Module } from '../../define.ts'
import { pinned } from '../manifests/names.ts'

/** Distributions whose module is not called like them. */
const MODULES: Readonly<Record<string, string>> = {
  beautifulsoup4: 'bs4',
  mysqlclient: 'MySQLdb',
  pillow: 'PIL',
  'psycopg-binary': 'psycopg_binary',
  'psycopg2-binary': 'psycopg2',
  pyjwt: 'jwt',
  'python-dateutil': 'dateutil',
  'python-decouple': 'decouple',
  'python-dotenv': 'dotenv',
  'python-jose': 'jose',
  pyyaml: 'yaml',
  'scikit-learn': 'sklearn',
}

const MINORS = [15, 14, 13, 12, 11, 10, 9, 8, 7]

/** A folder of packages, relative to the root or absolute. */
type SitePackages = string

const peekFrom = (project: Project, path: string): string | null =>
  project.peek(posix.isAbsolute(path) ? posix.relative(project.root, path) : path)

const versionOf = (config: string): string | null =>
  /^version(?:_info)?\s*=\s*(\d+\.\d+)/m.exec(config)?.[1] ?? null

/** The virtual environment that commands of a folder would use: beside it, or beside a folder above. */
export const findVenv = (project: Project, dir: string): { dir: string; packages: SitePackages } | null => {
  for (let at = dir; ; at = posix.dirname(at)) {
    for (const name of ['.venv', 'venv', 'env']) {
      const venv = posix.join(at, name)
      const config = project.peek(posix.join(venv, 'pyvenv.cfg'))
      const version = config === null ? null : versionOf(config)
      if (version !== null)
        return { dir: venv, packages: posix.join(venv, `lib/python${version}/site-packages`) }
    }
    if (at === '.') return null
  }
}

/** Package folders of the Python that `python3` means here, without running it. */
const systemPackages = (project: Project, path: string): SitePackages[] =>
  path.split(posix.delimiter).flatMap((bin) => {
    const top = posix.dirname(bin)
    const chosen = peekFrom(project, posix.join(top, 'version'))?.trim().split('\n')[0]
    const homes = chosen === undefined ? [top] : [posix.join(top, 'versions', chosen)]
    return homes.flatMap((home) => [
      ...MINORS.map((minor) => posix.join(home, `lib/python3.${minor}/site-packages`)),
      ...MINORS.map((minor) => posix.join(home, `lib/python3.${minor}/dist-packages`)),
      posix.join(home, 'lib/python3/dist-packages'),
    ])
  })

const present = (project: Project, folder: SitePackages, name: string, version: string | null) => {
  const module = MODULES[name] ?? name.replaceAll('-', '_')
  const spelled = name.replaceAll('-', '_')
  const files = [
    `${module}/__init__.py`,
    `${module}.py`,
    `${name}/__init__.py`,
    ...(version === null ? [] : [`${spelled}-${version}.dist-info/METADATA`]),
  ]
  return files.some((file) => peekFrom(project, posix.join(folder, file)) !== null)
}

/**
 * Whether what the manifest names is there to run. A distribution whose module has another name cannot be told
 * from an absent one unless its version is pinned, so only a whole set without a trace counts as missing.
 */
export const isInstalled = (project: Project, module: Module, path: string): boolean => {
  const names = [...module.runtimeDependencies]
  if (names.length === 0) return true
  const venv = findVenv(project, module.dir)
  const folders = venv === null ? systemPackages(project, path) : [venv.packages]
  const found = names.filter((name) => {
    const version = module.versionOf(name) ?? pinned(module.dependencies.get(name) ?? '')
    return folders.some((folder) => present(project, folder, name, version))
  })
  return found.length * 2 > names.length
}
