import { carriesMark, type Listed, listProcesses } from './list-processes.ts'

let ownStart: number | undefined

/** Whatever is older than we are is not of our making, and need not be asked: most of a machine's processes. */
const listYounger = (): Listed[] => {
  const listed = listProcesses()
  ownStart ??= listed.find(({ pid }) => pid === process.pid)?.started ?? 0
  const since = ownStart
  return listed.filter(({ started }) => started >= since)
}

/**
 * What a start command became: its group, the descendants that left the group, and those that lost their parent but
 * kept the mark. Servers that detach themselves (PostgreSQL's backends) leave the group; servers that overwrite their
 * environment lose the mark; so each is asked.
 */
export const findFamily = (leader: number, mark: string): Listed[] => {
  const listed = listYounger()
  const found = new Map<number, Listed>()
  for (const one of listed) {
    if (one.group === leader || one.session === leader || carriesMark(one.pid, mark)) found.set(one.pid, one)
  }
  let grown = true
  while (grown) {
    const before = found.size
    for (const one of listed) if (found.has(one.ppid)) found.set(one.pid, one)
    grown = found.size > before
  }
  return [...found.values()]
}
