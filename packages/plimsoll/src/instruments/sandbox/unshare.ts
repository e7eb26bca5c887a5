import { belongsToOthers } from './bubblewrap.ts'
import type { Mount } from './mounts.ts'

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

const onto = (mount: Mount): string => `"$new"${quote(mount.to)}`

/** Whatever is bound has to be there first: a folder for a folder, an empty file for a file. */
const render = (mount: Mount): string => {
  const to = onto(mount)
  const parent = `mkdir -p "$(dirname ${to})"`
  switch (mount.kind) {
    case 'link':
      return `${parent}; ln -sfn ${quote(mount.target)} ${to}`
    case 'empty':
      return `mkdir -p ${to}; mount -t tmpfs tmpfs ${to}`
    case 'proc':
      return `mkdir -p ${to}; mount -t proc proc ${to}`
    case 'dev':
      return [
        `mkdir -p ${to}; mount -t tmpfs tmpfs ${to}; mkdir ${to}/shm`,
        `for each in null zero full random urandom tty; do : > ${to}/$each; mount --bind /dev/$each ${to}/$each; done`,
        `ln -s /proc/self/fd ${to}/fd; ln -s fd/0 ${to}/stdin; ln -s fd/1 ${to}/stdout; ln -s fd/2 ${to}/stderr`,
      ].join('\n')
    case 'read':
    case 'write': {
      const from = quote(mount.from)
      const made = `if [ -d ${from} ]; then mkdir -p ${to}; else ${parent}; [ -e ${to} ] || : > ${to}; fi`
      const bound = `mount --rbind ${from} ${to}`
      return mount.kind === 'write'
        ? `${made}; ${bound}`
        : `${made}; ${bound}; mount -o remount,bind,ro ${to}`
    }
  }
}

/** Where bubblewrap is missing: the same mounts by the system's own programs, without the right to undo them. */
export const unshareArguments = (
  mounts: readonly Mount[],
  dir: string,
  scratchDir: string,
  program: readonly string[],
): string[] => {
  const isForeign = belongsToOthers(dir)
  const rights = isForeign ? '-all,+dac_override,+fowner,+chown' : '-all'
  const script = [
    'set -e',
    `new=${quote(`${scratchDir}/root`)}`,
    'mkdir -p "$new"',
    'mount -t tmpfs tmpfs "$new"',
    ...mounts.map(render),
    'mkdir -p "$new/.old" "$new/var/tmp"',
    'ip link set lo up 2>/dev/null || ifconfig lo up',
    'cd "$new"; pivot_root . .old; cd /; umount -l /.old; rmdir /.old; mount -o remount,bind,ro /',
    `cd ${quote(dir)}`,
    `exec setpriv --bounding-set=${rights} --inh-caps=-all --no-new-privs ${program.map(quote).join(' ')}`,
  ].join('\n')
  const spaces = [
    ...(isForeign ? [] : ['--user', '--map-root-user']),
    '--net',
    '--pid',
    '--mount',
    '--ipc',
    '--uts',
  ]
  return [...spaces, '--fork', '--kill-child', '--propagation', 'private', '/bin/sh', '-c', script]
}
