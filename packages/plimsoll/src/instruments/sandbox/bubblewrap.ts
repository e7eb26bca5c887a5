import { statSync } from 'node:fs'
import type { Mount } from './system-mounts.ts'

const OPTIONS = {
  read: '--ro-bind',
  write: '--bind',
  device: '--dev-bind',
  empty: '--tmpfs',
  proc: '--proc',
  dev: '--dev',
} as const

const render = (mount: Mount): string[] => {
  if (mount.kind === 'link') return ['--symlink', mount.target, mount.to]
  return 'from' in mount ? [OPTIONS[mount.kind], mount.from, mount.to] : [OPTIONS[mount.kind], mount.to]
}

const SPACES = ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try']

/** What root needs to write in a workspace that belongs to somebody else; a user namespace would know only root. */
const AS_ROOT = ['CAP_DAC_OVERRIDE', 'CAP_FOWNER', 'CAP_CHOWN'].flatMap((name) => ['--cap-add', name])

/** Whether root works in a folder of somebody else. */
export const belongsToOthers = (dir: string): boolean => process.getuid?.() === 0 && statSync(dir).uid !== 0

/** Without the right to mount, nothing that lies over a secret can be taken away. */
const rightsFor = (dir: string): string[] =>
  belongsToOthers(dir) ? ['--cap-drop', 'ALL', ...AS_ROOT] : ['--unshare-user', '--cap-drop', 'ALL']

/** Namespaces of its own for everything, the network included; the loopback is up. It dies with us. */
export const bubblewrapArguments = (mounts: readonly Mount[], dir: string): string[] => [
  ...SPACES,
  ...rightsFor(dir),
  '--die-with-parent',
  '--new-session',
  ...mounts.flatMap(render),
  '--dir',
  '/var/tmp',
  '--remount-ro',
  '/',
  '--chdir',
  dir,
]

/**
 * Files of its own, and nothing else: processes, network and user stay those of the machine. The devices have to be
 * named one by one, because `--dev` puts a second user namespace into the first, which nobody could enter.
 */
export const boxByBubblewrap = (mounts: readonly Mount[]): string[] => [
  ...['--unshare-user', '--die-with-parent'],
  ...mounts.flatMap(render),
  ...['--remount-ro', '/'],
]
