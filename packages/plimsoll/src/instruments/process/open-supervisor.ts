import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SpawnOptions, Supervisor } from './process.ts'
import { type Child, supervise } from './supervise.ts'
import { startWatchdog } from './watchdog.ts'

/** Others may pass through to a folder given to them, but not list it. */
const PASS_THROUGH = 0o711

const NAME = 'PLIMSOLL_LAB'

const makeScratch = async (parent: string): Promise<string> => {
  const dir = await mkdtemp(join(await realpath(parent), 'plimsoll-'))
  await chmod(dir, PASS_THROUGH)
  return dir
}

type RunOptions = SpawnOptions & { timeoutMs: number; signal?: AbortSignal }

/** Resolves when the process ended, the time is up, or the signal aborts; says whether the time was up. */
const finish = (child: Child, timeoutMs: number, signal: AbortSignal | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (timedOut: boolean) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
      resolve(timedOut)
    }
    const aborted = () => end(false)
    const timer = setTimeout(() => end(true), timeoutMs)
    child.drained().then(() => end(false))
    if (signal?.aborted) end(false)
    else signal?.addEventListener('abort', aborted)
  })

/**
 * Opens a place to run processes in. Each gets `PLIMSOLL_LAB=<place>.<n>` in its environment.
 * @param options.scratchParent folder in which the scratch folder is made; default the machine's temporary folder
 */
export const openSupervisor = async (options: { scratchParent?: string } = {}): Promise<Supervisor> => {
  const scratchDir = await makeScratch(options.scratchParent ?? tmpdir())
  const place = `${NAME}=${randomUUID()}`
  const watchdog = await startWatchdog(`${place}.`, scratchDir)
  const children = new Set<Child>()
  let count = 0
  let closed: Promise<void> | null = null

  const spawn = (spawnOptions: SpawnOptions): Child => {
    if (closed) throw new Error('the supervisor is closed')
    count += 1
    const child = supervise(spawnOptions, `${place}.${count}`)
    if (child.pid > 0) watchdog.guard(child.pid)
    const kill = async () => {
      await child.kill()
      if (children.delete(guarded) && child.pid > 0) watchdog.release(child.pid)
    }
    const guarded: Child = { ...child, kill }
    children.add(guarded)
    return guarded
  }

  const run = async ({ timeoutMs, signal, ...spawnOptions }: RunOptions) => {
    const startMs = performance.now()
    const child = spawn(spawnOptions)
    const timedOut = await finish(child, timeoutMs, signal)
    await child.kill()
    await child.drained()
    return {
      exit: timedOut ? null : child.exit(),
      timedOut,
      logs: child.logs(),
      durationMs: performance.now() - startMs,
    }
  }

  const close = async () => {
    await Promise.all([...children].map((child) => child.kill()))
    await watchdog.dismiss()
    await rm(scratchDir, { recursive: true, force: true, maxRetries: 5 })
  }

  return {
    scratchDir,
    spawn,
    run,
    members: async () => {
      const families = await Promise.all([...children].map((child) => child.members()))
      return [...new Set(families.flat().map(({ pid }) => pid))]
    },
    close: () => {
      closed ??= close()
      return closed
    },
  }
}
