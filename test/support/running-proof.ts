import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Footprint, footprintOf, leftOf } from './lab-traces.ts'
import { root } from './repository.ts'

const BIN = join(root, 'packages/plimsoll/bin/plimsoll.js')
const LOOK_AGAIN_MS = 50
const GONE_WITHIN_MS = 60_000

/** `plimsoll prove examples/booking` as a user starts it, in folders of its own. */
export type RunningProof = {
  child: ChildProcess
  /** working folder: the Run is below `.plimsoll/runs` */
  cwd: string
  /** all of stdout and stderr so far */
  said(): { out: string; err: string }
  /** resolves when stderr has said this; rejects when the process ends first */
  hears(pattern: RegExp): Promise<void>
  footprint(): Footprint
  isOver(): boolean
  /** what is left of it, asked until nothing is, or a minute has passed */
  left(footprint: Footprint): Promise<string[]>
  /** resolves with the exit code and signal */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** kills it if it still runs */
  end(): Promise<void>
}

/**
 * Temporary and home folders for proofs. Those that run at once have a temporary folder each, and leave it to the next
 * one: the cache of the stores stays warm in it.
 */
export type ProofPlace = { start(words: readonly string[]): Promise<RunningProof>; remove(): Promise<void> }

/** An unprivileged store must be able to pass through the temporary folder. */
export const openProofPlace = async (): Promise<ProofPlace> => {
  if (!existsSync(join(root, 'packages/plimsoll/dist/cli/main.js')))
    throw new Error('plimsoll is not built: run "npm run build" first.')
  const place = await mkdtemp(join(tmpdir(), 'proof-'))
  await chmod(place, 0o711)
  await mkdir(join(place, 'home'), { mode: 0o711 })
  const free: string[] = []
  let made = 0
  const takeScratch = async () => {
    const taken = free.pop()
    if (taken !== undefined) return taken
    made += 1
    const scratch = join(place, `tmp-${made}`)
    await mkdir(scratch, { mode: 0o711 })
    return scratch
  }
  return {
    start: async (words) => {
      const scratch = await takeScratch()
      const proof = await start(place, scratch, words)
      const end = async () => {
        await proof.end()
        free.push(scratch)
      }
      return { ...proof, end }
    },
    remove: () => rm(place, { recursive: true, force: true }),
  }
}

const start = async (place: string, scratch: string, words: readonly string[]): Promise<RunningProof> => {
  const cwd = await mkdtemp(join(place, 'cwd-'))
  const child = spawn(process.execPath, [BIN, 'prove', join(root, 'examples/booking'), ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: join(place, 'home'), TMPDIR: scratch, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode }))
  let isOver = false
  ended.then(() => {
    isOver = true
  })
  return {
    child,
    cwd,
    ended,
    said: () => ({ out, err }),
    async hears(pattern) {
      while (!pattern.test(err)) {
        if (isOver) throw new Error(`it ended before it said ${pattern}:\n${err}${out}`)
        await wait(10)
      }
    },
    footprint: () => footprintOf(child.pid ?? 0),
    isOver: () => isOver,
    async left(footprint) {
      const fromMs = performance.now()
      let left = leftOf(footprint, scratch)
      while (left.length > 0 && performance.now() - fromMs < GONE_WITHIN_MS) {
        await wait(LOOK_AGAIN_MS)
        left = leftOf(footprint, scratch)
      }
      return left
    },
    async end() {
      if (!isOver) child.kill('SIGKILL')
      await ended
    },
  }
}
