import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Plain JavaScript, because it must start from the sources as well as from the build. */
const PROGRAM = fileURLToPath(new URL('../../../bin/watchdog.js', import.meta.url))

export type Watchdog = {
  /** tells it of a group to kill */
  guard(group: number): void
  /** the group is gone: its number may come to mean another one */
  release(group: number): void
  /** has it kill and remove everything now; resolves when it is done */
  dismiss(): Promise<void>
}

/**
 * A process of its own at the other end of a pipe. When the pipe closes, for whatever reason, it kills every guarded
 * group and every process that carries the mark, and removes the folder.
 */
export const startWatchdog = async (mark: string, scratchDir: string): Promise<Watchdog> => {
  const child = spawn(process.execPath, [PROGRAM, mark, scratchDir], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    env: {},
  })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error('the watchdog did not start'))),
  ])
  child.stdout.destroy()
  child.stdin.on('error', () => {})
  child.unref()
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return {
    guard: (group) => {
      child.stdin.write(`${group}\n`)
    },
    release: (group) => {
      child.stdin.write(`-${group}\n`)
    },
    dismiss: async () => {
      child.ref()
      child.stdin.end()
      await exited
    },
  }
}
