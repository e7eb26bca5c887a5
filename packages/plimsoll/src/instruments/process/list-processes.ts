import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** One live process; `group` and `session` as the kernel numbers them. */
export type Listed = {
  pid: number
  ppid: number
  group: number
  session: number
  /** clock ticks since the machine started; 0 where that is not told */
  started: number
  name: string
}

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** The name in brackets may itself hold brackets and spaces, so fields are counted from the last one. */
const parseStat = (pid: number, stat: string): Listed | null => {
  const close = stat.lastIndexOf(')')
  const fields = stat.slice(close + 2).split(' ')
  const [state, ppid, group, session] = fields
  if (state === 'Z' || state === 'X') return null
  const name = stat.slice(stat.indexOf('(') + 1, close)
  const started = Number(fields[19])
  return { pid, ppid: Number(ppid), group: Number(group), session: Number(session), started, name }
}

const fromProc = (): Listed[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      const listed = stat === null ? null : parseStat(Number(name), stat)
      return listed ? [listed] : []
    })

const fromPs = (): Listed[] =>
  execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,sess=,state=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [pid, ppid, group, session, state, ...words] = line.trim().split(/\s+/)
      if (!pid || state?.startsWith('Z')) return []
      const name = words.join(' ')
      const numbers = { pid: Number(pid), ppid: Number(ppid), group: Number(group), session: Number(session) }
      return [{ ...numbers, started: 0, name }]
    })

/** Every live process of the machine; zombies are gone. */
export const listProcesses = (): Listed[] => (process.platform === 'linux' ? fromProc() : fromPs())

/** Whether the process was started with `name=value` in its environment; false where that cannot be read. */
export const carriesMark = (pid: number, mark: string): boolean =>
  process.platform === 'linux' && (read(`/proc/${pid}/environ`)?.split('\0').includes(mark) ?? false)

/** Its command line, or its name where that is all there is. */
export const commandOf = ({ pid, name }: Listed): string =>
  (process.platform === 'linux' && read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim()) || name
