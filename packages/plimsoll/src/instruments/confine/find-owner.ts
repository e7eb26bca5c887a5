import { readFileSync } from 'node:fs'
import { findListening, socketsOf } from '../process/find-listening.ts'

/** Where something is waited for: a port of this machine, or the path of a socket. */
export type Waiting = { kind: 'tcp' | 'udp'; port: number } | { kind: 'unix'; path: string }

/** Who waits there: nobody, only processes of ours, or somebody else. */
export type Owner = 'nobody' | 'ours' | 'foreign'

const LISTENS = '0A'
/** 127.0.0.0/8, ::1, both in the mapped form, and every address: what loopback reaches, as the kernel writes it */
const LOOPBACK = /^(?:[\dA-F]{6}7F|0{8}|0{24}01000000|0{32}|0{16}FFFF0000[\dA-F]{6}7F|0{16}FFFF00000{8})$/

const read = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(1)
  } catch {
    return []
  }
}

const portInodes = (kind: 'tcp' | 'udp', port: number): string[] => {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')} `
  const lines = [...read(`/proc/net/${kind}`), ...read(`/proc/net/${kind}6`)]
  return lines
    .filter((line) => line.includes(wanted))
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/)
      const [address = '', ownPort] = local.split(':')
      const waits = kind === 'udp' || state === LISTENS
      return waits && inode && ownPort === wanted.slice(1, -1) && LOOPBACK.test(address) ? [inode] : []
    })
}

const pathInodes = (path: string): string[] =>
  read('/proc/net/unix').flatMap((line) => {
    const [, , , , , , inode, ...rest] = line.trim().split(/\s+/)
    return inode !== undefined && rest.join(' ') === path ? [inode] : []
  })

const ownerByInode = (waiting: Waiting, groups: readonly (() => readonly number[])[]): Owner => {
  const inodes = new Set(
    waiting.kind === 'unix' ? pathInodes(waiting.path) : portInodes(waiting.kind, waiting.port),
  )
  if (inodes.size === 0) return 'nobody'
  for (const pids of groups) {
    for (const pid of pids()) for (const inode of socketsOf(pid)) inodes.delete(inode)
    if (inodes.size === 0) return 'ours'
  }
  return 'foreign'
}

/** Elsewhere only listening TCP ports can be asked for, and only those of known processes. */
const ownerByPort = (waiting: Waiting, groups: readonly (() => readonly number[])[]): Owner =>
  waiting.kind === 'tcp' &&
  groups.some((pids) => findListening(pids()).some(({ port }) => port === waiting.port))
    ? 'ours'
    : 'foreign'

/**
 * Finds out who waits at a place of this machine. Where the system does not tell, it is taken for somebody else's.
 * @param groups our processes, asked for in this order as long as the answer is open
 */
export const findOwner = (waiting: Waiting, groups: readonly (() => readonly number[])[]): Owner =>
  process.platform === 'linux' ? ownerByInode(waiting, groups) : ownerByPort(waiting, groups)
