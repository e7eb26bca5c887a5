import { belongsToOthers } from './bubblewrap.ts'
import { findProgram, SYSTEM_PATH } from './find-program.ts'
import { isAbove, type Mount } from './system-mounts.ts'

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

const onto = (mount: Mount): string => `"$new"${quote(mount.to)}`

/** What lies below in mounts of its own becomes read-only, too. */
const FUNCTIONS = `readonly_from() {
  mount -o remount,bind,ro "$1"
  while read -r _ _ _ _ at _; do
    case $at in *\\\\*) at=$(printf %b "$at") ;; esac
    case $at in "$1"/*) mount -o remount,bind,ro "$at" ;; esac
  done </proc/self/mountinfo
}`

/** Whatever is bound has to be there first: a folder for a folder, an empty file for a file. */
const render = (mount: Mount, newRoot: string): string => {
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
    case 'write':
    case 'device': {
      const from = quote(mount.from)
      const made = `if [ -d ${from} ]; then mkdir -p ${to}; else ${parent}; [ -e ${to} ] || : > ${to}; fi`
      // The new root may lie in a folder that is shown, and is no part of what is shown.
      const bind = isAbove(mount.from, newRoot) ? '--bind' : '--rbind'
      const bound = `mount ${bind} ${from} ${to}`
      return mount.kind === 'read' ? `${made}; ${bound}; readonly_from ${to}` : `${made}; ${bound}`
    }
  }
}

/** What a later one lies over would be there, and could not be reached: not even to be made read-only. */
const withoutCovered = (mounts: readonly Mount[]): Mount[] =>
  mounts.filter(
    ({ to }, place) =>
      !mounts.slice(place + 1).some((later) => later.kind !== 'link' && isAbove(later.to, to)),
  )

/** Builds what programs see in a folder, and makes that folder the root. */
const buildRoot = (mounts: readonly Mount[], newRoot: string): string[] => [
  'set -e',
  `new=${quote(newRoot)}`,
  FUNCTIONS,
  'mkdir -p "$new"',
  'mount -t tmpfs tmpfs "$new"',
  ...withoutCovered(mounts).map((mount) => render(mount, newRoot)),
  'mkdir -p "$new/.old" "$new/var/tmp"',
  'cd "$new"; pivot_root . .old; cd /; umount -l /.old; rmdir /.old; mount -o remount,bind,ro /',
]

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
    `export PATH=${SYSTEM_PATH}`,
    'ip link set lo up 2>/dev/null || ifconfig lo up',
    ...buildRoot(mounts, `${scratchDir}/root`),
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

/** The same files as by bubblewrap, and nothing else of its own; the words stay at work there until they are ended. */
export const boxByUnshare = (
  mounts: readonly Mount[],
  scratchDir: string,
  words: readonly string[],
): string[] => {
  const script = [...buildRoot(mounts, `${scratchDir}/root`), `exec ${words.map(quote).join(' ')}`].join('\n')
  // The user stays who it is: only so many rights as mounting needs, and these end with the first program inside.
  const spaces = ['--user', '--map-current-user', '--keep-caps', '--mount', '--propagation', 'private']
  return [...spaces, findProgram('sh'), '-c', script]
}
