import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** A process, told apart from a later one with the same number by when it started. */
export type Trace = { pid: number; started: string; command: string }

/** What a proof has in the world while it runs: its processes, and the sockets they listen on by inode. */
export type Footprint = { processes: Trace[]; listening: string[] }

const quietly = <T>(look: () => T, otherwise: T): T => {
  try {
    return look()
  } catch {
    return otherwise
  }
}

const text = (file: string) => quietly(() => readFileSync(file, 'utf8'), '')

const CACHE = 'plimsoll-cache-'

type Process = Trace & { ppid: number; state: string }

const processes = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = text(`/proc/${name}/stat`)
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state = 'X', ppid] = fields
      const command = text(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim()
      return /^[ZX]/.test(state)
        ? []
        : [{ pid: Number(name), ppid: Number(ppid), state, started: fields[19] ?? '', command }]
    })

/** Says of a process that its command line, environment or working folder names this text. */
const mentions = (pid: number, wanted: string) =>
  ['cmdline', 'environ'].some((file) => text(`/proc/${pid}/${file}`).includes(wanted)) ||
  quietly(() => readlinkSync(`/proc/${pid}/cwd`), '').includes(wanted)

const familyOf = (root: number): Process[] => {
  const all = processes()
  const found = new Set([root])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const { pid, ppid } of all) if (found.has(ppid)) found.add(pid)
  }
  return all.filter(({ pid }) => found.has(pid))
}

/** inodes of all sockets that listen */
const listeningInodes = (): Set<string> =>
  new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
      text(file)
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .flatMap((columns) => (columns[3] === '0A' && columns[9] !== undefined ? [columns[9]] : [])),
    ),
  )

const socketsOf = (pid: number): string[] =>
  quietly(() => readdirSync(`/proc/${pid}/fd`), []).flatMap((descriptor) => {
    const target = quietly(() => readlinkSync(join(`/proc/${pid}/fd`, descriptor)), '')
    return target.startsWith('socket:[') ? [target.slice(8, -1)] : []
  })

/** Everything that descends from this process, and whatever of it listens. */
export const footprintOf = (root: number): Footprint => {
  const family = familyOf(root)
  const listening = listeningInodes()
  return {
    processes: family.map(({ pid, started, command }) => ({ pid, started, command })),
    listening: family.flatMap(({ pid }) => socketsOf(pid)).filter((inode) => listening.has(inode)),
  }
}

/**
 * What is still there of a footprint, or names `place`, in words; empty when nothing is.
 * @param place the temporary folder that only this proof writes to; the cache in it is meant to stay
 */
export const leftOf = ({ processes: known, listening }: Footprint, place: string): string[] => {
  const now = listeningInodes()
  const same = (one: Process) => known.some(({ pid, started }) => pid === one.pid && started === one.started)
  return [
    ...processes()
      .filter((one) => one.pid !== process.pid && (same(one) || mentions(one.pid, place)))
      .map(({ pid, command }) => `process ${pid} ${command}`),
    ...listening.filter((inode) => now.has(inode)).map((inode) => `listening socket ${inode}`),
    ...readdirSync(place)
      .filter((name) => !name.startsWith(CACHE))
      .map((name) => `folder ${join(place, name)}`),
  ]
}
