import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export type Listening = { port: number; pid: number }

/** No other column can be this text, so most lines of a busy machine need not be taken apart. */
const LISTEN = ' 0A '

/** inode of a listening socket -> port */
const listeningInodes = (table: string): Map<string, number> => {
  const ports = new Map<string, number>()
  for (const line of table.split('\n').filter((each) => each.includes(LISTEN))) {
    const [, local, , , , , , , , inode] = line.trim().split(/\s+/)
    const port = local?.split(':')[1]
    if (port && inode) ports.set(inode, Number.parseInt(port, 16))
  }
  return ports
}

const quietly = <T>(read: () => T, otherwise: T): T => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Inodes of the sockets that a process holds; none where that cannot be read. */
export const socketsOf = (pid: number): string[] =>
  quietly(() => readdirSync(`/proc/${pid}/fd`), []).flatMap((descriptor) => {
    const target = quietly(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`), '')
    return target.startsWith('socket:[') ? [target.slice(8, -1)] : []
  })

const fromProc = (pids: readonly number[]): Listening[] => {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((file) =>
    quietly(() => readFileSync(file, 'utf8'), ''),
  )
  const ports = new Map(tables.flatMap((table) => [...listeningInodes(table)]))
  return pids.flatMap((pid) =>
    socketsOf(pid).flatMap((inode) => {
      const port = ports.get(inode)
      return port === undefined ? [] : [{ port, pid }]
    }),
  )
}

const fromLsof = (pids: readonly number[]): Listening[] => {
  const flags = ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-p', pids.join(','), '-F', 'pn']
  const found: Listening[] = []
  let pid = 0
  for (const line of quietly(() => execFileSync('lsof', flags, { encoding: 'utf8' }), '').split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1))
    if (line.startsWith('n')) found.push({ port: Number(line.slice(line.lastIndexOf(':') + 1)), pid })
  }
  return found
}

/** TCP ports on which these processes listen, each port once for each process. */
export const findListening = (pids: readonly number[]): Listening[] => {
  if (pids.length === 0) return []
  const found = process.platform === 'linux' ? fromProc(pids) : fromLsof(pids)
  const unique = new Map(found.map((one) => [`${one.pid}:${one.port}`, one]))
  return [...unique.values()]
}
