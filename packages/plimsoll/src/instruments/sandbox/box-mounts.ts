import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { isAbove, lend, lentPaths, type Mount, readOnly, sparesHome, systemMounts } from './system-mounts.ts'

export type Shown = {
  /** absolute folders and files that can be read */
  read: readonly string[]
  /** absolute folders and files that cannot, wherever they lie in what is shown */
  hidden: readonly { path: string; isFolder: boolean }[]
  /** absolute folder that can be written: the lab's own, and everything it needs */
  scratchDir: string
}

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty']
const DEVICE_LINKS = [
  ['/proc/self/fd', 'fd'],
  ['fd/0', 'stdin'],
  ['fd/1', 'stdout'],
  ['fd/2', 'stderr'],
] as const

const deviceMounts = (): Mount[] => [
  { kind: 'empty', to: '/dev' },
  { kind: 'empty', to: '/dev/shm' },
  ...DEVICES.map((name) => join('/dev', name))
    .filter((path) => existsSync(path))
    .map((path): Mount => ({ kind: 'device', from: path, to: path })),
  ...DEVICE_LINKS.map(([target, name]): Mount => ({ kind: 'link', target, to: join('/dev', name) })),
]

/** Names and certificates may be kept where nothing else is anybody's business. */
const SERVICES = ['/etc/resolv.conf', '/etc/hosts', '/var/lib/ca-certificates']

const serviceFiles = (): string[] =>
  SERVICES.filter((path) => existsSync(path))
    .map((path) => realpathSync(path))
    .filter((path) => !isAbove('/etc', path))

/** Where languages and package managers keep what programs are made of, and no secret. */
const RUNTIMES = ['JAVA_HOME', 'GOROOT', 'PYENV_ROOT']
const HOME_FOLDERS = [
  '.yarn/berry/cache',
  '.local/share/pnpm',
  '.local/share/uv/python',
  '.local/share/virtualenvs',
  '.cache/pypoetry/virtualenvs',
]

const runtimes = (): string[] =>
  [
    ...RUNTIMES.map((name) => process.env[name] ?? ''),
    ...HOME_FOLDERS.map((folder) => join(homedir(), folder)),
  ].filter((path) => isAbsolute(path) && existsSync(path) && sparesHome(path))

/**
 * What programs of the lab see: the system read-only, what they need to run, the folder of the lab, and in place of the
 * home folder and the temporary one an empty one each. The processes of the machine show, because the lab counts on
 * its own among them.
 */
export const planBox = ({ read, hidden, scratchDir }: Shown): Mount[] => [
  ...systemMounts(),
  { kind: 'read', from: '/proc', to: '/proc' },
  ...deviceMounts(),
  ...['/tmp', '/var', '/var/tmp', '/run', homedir()]
    .filter((to) => to !== '/')
    .map((to): Mount => ({ kind: 'empty', to })),
  ...lend([...lentPaths(), ...serviceFiles(), ...runtimes()]),
  ...readOnly(read),
  ...hidden
    .filter(({ path }) => existsSync(path))
    .map(
      ({ path, isFolder }): Mount =>
        isFolder ? { kind: 'empty', to: path } : { kind: 'read', from: '/dev/null', to: path },
    ),
  { kind: 'write', from: scratchDir, to: scratchDir },
]
