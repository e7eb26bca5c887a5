import type { Mount } from './mounts.ts'

const OPTIONS = {
  read: '--ro-bind',
  write: '--bind',
  empty: '--tmpfs',
  proc: '--proc',
  dev: '--dev',
} as const

const render = (mount: Mount): string[] => {
  if (mount.kind === 'link') return ['--symlink', mount.target, mount.to]
  if (mount.kind === 'read' || mount.kind === 'write') return [OPTIONS[mount.kind], mount.from, mount.to]
  return [OPTIONS[mount.kind], mount.to]
}

/** Namespaces of its own for everything, the network included; the loopback is up. It dies with us. */
export const bubblewrapArguments = (mounts: readonly Mount[], dir: string): string[] => [
  '--unshare-all',
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
