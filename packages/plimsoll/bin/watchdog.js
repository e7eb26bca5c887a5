/**
 * Waits at a pipe from Plimsoll. When the pipe closes, in whatever way Plimsoll ended, it kills the guarded groups,
 * whatever descends from them, and every process that carries the mark; then it removes the scratch folder.
 * usage: watchdog.js NAME=value /scratch/folder, then on stdin, a line each: a group to guard, or with a minus one that is gone
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

const ROUNDS = 200
const [mark = '', scratchDir = ''] = process.argv.slice(2)
if (!/^\w+=./.test(mark) || scratchDir === '')
  throw new Error('usage: watchdog.js NAME=value /scratch/folder')
const groups = new Set()

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const startOf = (fields) => Number(fields[START])
const START = 19
const selfStat = read('/proc/self/stat')
const born = startOf(selfStat.slice(selfStat.lastIndexOf(')') + 2).split(' '))

/** A daemon may shed its parent, its group and its environment; that it was started in our folder still shows. */
const wasLeftHere = (name, fields) => {
  if (!(startOf(fields) >= born)) return false
  try {
    const cwd = readlinkSync(`/proc/${name}/cwd`).replace(/ \(deleted\)$/, '')
    return cwd === scratchDir || cwd.startsWith(`${scratchDir}/`)
  } catch {
    return false
  }
}

const fromProc = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const stat = read(`/proc/${name}/stat`)
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state, ppid, group] = fields
      const marked =
        read(`/proc/${name}/environ`)
          .split('\0')
          .some((entry) => entry.startsWith(mark)) || wasLeftHere(name, fields)
      return { pid: Number(name), ppid: Number(ppid), group: Number(group), state, marked }
    })

const fromPs = () =>
  execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,state='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, ppid, group, state] = line.trim().split(/\s+/)
      return { pid: Number(pid), ppid: Number(ppid), group: Number(group), state, marked: false }
    })

const living = () =>
  (process.platform === 'linux' ? fromProc() : fromPs()).filter(
    ({ pid, state }) => pid > 1 && pid !== process.pid && state !== undefined && !/^[ZX]/.test(state),
  )

/** A server may leave its group, or overwrite its environment, so descent is followed too. */
const victims = () => {
  const all = living()
  const found = new Set(all.filter(({ group, marked }) => marked || groups.has(group)).map(({ pid }) => pid))
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { pid, ppid } of all) if (found.has(ppid)) found.add(pid)
  }
  return all.filter(({ pid }) => found.has(pid))
}

const kill = (pid) => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}

/** A child forked between looking and killing is found in the next round; two empty rounds end it. */
const sweep = async () => {
  let empty = 0
  for (let round = 0; round < ROUNDS && empty < 2; round += 1) {
    const found = victims()
    empty = found.length === 0 ? empty + 1 : 0
    for (const { group, pid } of found) {
      if (pid === group) groups.add(group)
      kill(pid)
    }
    await wait(found.length === 0 ? 10 : 25)
  }
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGPIPE']) process.on(name, () => {})
process.stdout.on('error', () => {})
process.stdout.write('watching\n')

let rest = ''
for await (const chunk of process.stdin.setEncoding('utf8')) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const group of lines.map(Number)) {
    if (group > 1) groups.add(group)
    if (group < -1) groups.delete(-group)
  }
}
await sweep()
rmSync(scratchDir, { recursive: true, force: true, maxRetries: 5 })
