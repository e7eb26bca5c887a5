import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

/** One step of building what programs see, in order: a later one lies over an earlier one. */
export type Mount =
  | { kind: 'read' | 'write' | 'device'; from: string; to: string }
  | { kind: 'link'; target: string; to: string }
  | { kind: 'empty' | 'proc' | 'dev'; to: string }

const SYSTEM = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/etc',
  '/opt',
  '/nix',
  '/sys',
]
/** Of the system, but nobody's business. */
const SECRETS = ['/etc/shadow', '/etc/gshadow', '/etc/shadow-', '/etc/gshadow-', '/etc/sudoers']
const SECRET_FOLDERS = ['/etc/ssh', '/etc/ssl/private', '/etc/kubernetes', '/etc/letsencrypt']
/** Version managers keep programs, and nothing secret, beside their `bin`. */
const VERSIONED =
  /\/\.(?:nvm|pyenv|volta|asdf|fnm|rbenv|sdkman|bun|deno|rustup|linuxbrew|local\/share\/(?:mise|fnm))(?=\/|$)/

export const isAbove = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(`${folder === '/' ? '' : folder}/`)

/** Nothing that is lent may bring the whole home folder with it. */
export const sparesHome = (folder: string): boolean => !isAbove(folder, homedir())

/**
 * The folder from which a virtual environment takes its interpreter and library; null for any other folder, and for one
 * whose settings name what is no Python: they may be planted, to have anything shown.
 */
export const pythonBelow = (environment: string): string | null => {
  try {
    const named = /^\s*home\s*=\s*(.+)$/m.exec(readFileSync(join(environment, 'pyvenv.cfg'), 'utf8'))?.[1]
    if (named === undefined) return null
    const programs = realpathSync(named.trim())
    const base = dirname(programs)
    const isPython = existsSync(join(programs, 'python3')) && existsSync(join(base, 'lib'))
    return isPython && sparesHome(base) ? base : null
  } catch {
    return null
  }
}

/** Where Node finds what it is started with; ours runs the commands. */
const runtimeFolders = (): string[] => {
  const program = realpathSync(process.execPath)
  const prefix = dirname(dirname(program))
  return prefix === '/' ? [] : [prefix]
}

/** A folder of programs with what they need beside them; only the folder itself where nothing tells what it is. */
const wholeOf = (folder: string): string[] => {
  const managed = VERSIONED.exec(folder)
  if (managed !== null) return [folder.slice(0, managed.index + managed[0].length)]
  const base = pythonBelow(dirname(folder))
  if (base !== null) return [dirname(folder), base]
  return existsSync(join(dirname(folder), 'conda-meta')) ? [dirname(folder)] : [folder]
}

/** Folders of programs outside of the system's own. */
const programFolders = (): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/') && existsSync(folder))
    .flatMap(wholeOf)
    .filter(sparesHome)

const certificates = (): string[] =>
  ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
    .map((name) => process.env[name] ?? '')
    .filter((file) => file.startsWith('/') && existsSync(file))

/** The system itself, read-only, without what is nobody's business. */
export const systemMounts = (): Mount[] => [
  ...SYSTEM.flatMap((path): Mount[] => {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return []
    if (stat.isSymbolicLink()) return [{ kind: 'link', target: readlinkSync(path), to: path }]
    return [{ kind: 'read', from: path, to: path }]
  }),
  ...SECRETS.filter((path) => existsSync(path)).map((to): Mount => ({ kind: 'read', from: '/dev/null', to })),
  ...SECRET_FOLDERS.filter((path) => existsSync(path)).map((to): Mount => ({ kind: 'empty', to })),
]

/** Files and folders outside of the system's own that programs of this machine need. */
export const lentPaths = (): string[] => [...runtimeFolders(), ...programFolders(), ...certificates()]

const isSystem = (path: string) => SYSTEM.some((top) => isAbove(top, path))

/** Read-only at their own places, each once. */
export const readOnly = (paths: readonly string[]): Mount[] =>
  [...new Set(paths)].map((path) => ({ kind: 'read', from: path, to: path }))

/** Likewise, but for what is there already as a part of the system. */
export const lend = (paths: readonly string[]): Mount[] => readOnly(paths.filter((path) => !isSystem(path)))
