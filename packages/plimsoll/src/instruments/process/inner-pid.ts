import { readFileSync } from 'node:fs'

/** The number by which a process knows itself: another one where it runs in a space of its own. */
export const innerPid = (pid: number): number => {
  try {
    const line = /^NSpid:(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''
    return Number(line.trim().split(/\s+/).at(-1) || pid)
  } catch {
    return pid
  }
}
