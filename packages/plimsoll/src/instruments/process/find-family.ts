import { carriesMark, type Listed, listProcesses } from './list-processes.ts'

/**
 * What a start command became: its group, the descendants that left the group, and those that lost their parent but
 * kept the mark. Servers that detach themselves (PostgreSQL's backends) leave the group; servers that overwrite their
 * environment lose the mark; so each is asked.
 */
export const findFamily = (leader: number, mark: string): Listed[] => {
  const listed = listProcesses()
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
