import type { Reach } from './scene.ts'

/** Root processes of the servers; null where one runs out of our sight. A file has no process of its own. */
export const storeRoots = (reaches: readonly Reach[]): number[] | null => {
  const roots: number[] = []
  for (const { database, running, own } of reaches) {
    if (database.endpoint === null) continue
    const pid = own === undefined ? running.server.pid : own.pid
    if (pid === undefined) return null
    roots.push(pid)
  }
  return roots
}
