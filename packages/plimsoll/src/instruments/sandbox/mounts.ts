import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'

/** One step of building what commands see, in order: a later one lies over an earlier one. */
export type Mount =
  | { kind: 'read' | 'write'; from: string; to: string }
  | { kind: 'link'; target: string; to: string }
  | { kind: 'empty' | 'proc' | 'dev'; to: string }

export type Seen = {
  /** absolute folder of the workspace, links resolved */
  root: string
  /** absolute files that lie over others: what commands see in place of secrets */
  covers: readonly { from: string; to: string }[]
  /** likewise, but written to: data that must stay as it is outside */
  copies: readonly { from: string; to: string }[]
  /** absolute files and folders of the workspace that commands may not change */
  fixed: readonly string[]
  /** folder with the sockets, read-only inside */
  doors: string
}

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
const SYSTEM_SECRETS = ['/etc/shadow', '/etc/gshadow', '/etc/shadow-', '/etc/gshadow-', '/etc/sudoers']
const SYSTEM_SECRET_FOLDERS = ['/etc/ssh', '/etc/ssl/private', '/etc/kubernetes', '/etc/letsencrypt']
/** Version managers keep programs, and nothing secret, beside their `bin`. */
const VERSIONED =
  /\/\.(?:nvm|pyenv|volta|asdf|fnm|rbenv|sdkman|bun|deno|rustup|local\/share\/(?:mise|fnm))(?=\/|$)/

/** Where Node finds what it is started with; ours runs the commands. */
const runtimeFolders = (): string[] => {
  const program = realpathSync(process.execPath)
  const prefix = dirname(dirname(program))
  return prefix === '/' ? [] : [prefix]
}

const isAbove = (folder: string, path: string) =>
  path === folder || path.startsWith(`${folder === '/' ? '' : folder}/`)

/** Folders of programs outside of the system's own: the version manager as a whole, else only the folder itself. */
const programFolders = (): string[] =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/') && existsSync(folder))
    .map((folder) => {
      const managed = VERSIONED.exec(folder)
      return managed === null ? folder : folder.slice(0, managed.index + managed[0].length)
    })
    .filter((folder) => folder !== homedir() && !isAbove(folder, homedir()))

const certificates = (): string[] =>
  ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
    .map((name) => process.env[name] ?? '')
    .filter((file) => file.startsWith('/') && existsSync(file))

const systemMounts = (): Mount[] =>
  SYSTEM.flatMap((path): Mount[] => {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return []
    if (stat.isSymbolicLink()) return [{ kind: 'link', target: readlinkSync(path), to: path }]
    return [{ kind: 'read', from: path, to: path }]
  })

const foldersAbove = (root: string): string[] => {
  const above: string[] = []
  for (let at = dirname(root); at !== dirname(at) && !isAbove(at, homedir()); at = dirname(at)) above.push(at)
  return above
}

/**
 * The whole of a repository of which the workspace is a part, as in a monorepo: commands see it, and may not change it
 * outside of the workspace. The workspace itself where it is no part of anything.
 */
export const repositoryOf = (root: string): string => {
  if (existsSync(join(root, '.git'))) return root
  return foldersAbove(root).find((at) => existsSync(join(at, '.git'))) ?? root
}

/** Packages may lie in a folder above the workspace. */
const packagesAbove = (root: string): string[] => {
  const top = repositoryOf(root)
  if (top !== root) return [top]
  return foldersAbove(root)
    .map((at) => join(at, 'node_modules'))
    .filter((folder) => existsSync(folder))
}

const readOnly = (paths: readonly string[]): Mount[] =>
  [...new Set(paths)].map((path) => ({ kind: 'read', from: path, to: path }))

const SYSTEM_TOPS = new Set(SYSTEM)
const isSystem = (path: string) => [...SYSTEM_TOPS].some((top) => isAbove(top, path))

/** Plimsoll as it is installed in the workspace decides about it, so that it stays as it is. */
const ownFolder = join(import.meta.dirname, '..', '..', '..')

/**
 * What commands see: the system read-only, an empty home, the workspace at its own path, sockets to the lab. Nothing
 * else of the machine is there.
 */
export const planMounts = ({ root, covers, copies, fixed, doors }: Seen): Mount[] => {
  const lent = [...runtimeFolders(), ...programFolders(), ...certificates(), ...packagesAbove(root)]
  const own = relative(root, ownFolder).split('/').includes('node_modules')
    ? ownFolder
    : join(ownFolder, 'bin')
  return [
    ...systemMounts(),
    ...SYSTEM_SECRETS.filter((path) => existsSync(path)).map(
      (to): Mount => ({ kind: 'read', from: '/dev/null', to }),
    ),
    ...SYSTEM_SECRET_FOLDERS.filter((path) => existsSync(path)).map((to): Mount => ({ kind: 'empty', to })),
    { kind: 'proc', to: '/proc' },
    { kind: 'dev', to: '/dev' },
    { kind: 'empty', to: '/tmp' },
    { kind: 'empty', to: '/var' },
    { kind: 'empty', to: '/run' },
    { kind: 'empty', to: homedir() },
    ...readOnly(lent.filter((path) => !isSystem(path))),
    { kind: 'write', from: root, to: root },
    ...readOnly([own]),
    ...readOnly(fixed.filter((path) => existsSync(path))),
    ...copies.map((copy): Mount => ({ kind: 'write', ...copy })),
    ...covers.map((cover): Mount => ({ kind: 'read', ...cover })),
    { kind: 'read', from: doors, to: doors },
  ]
}
