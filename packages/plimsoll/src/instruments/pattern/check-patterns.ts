import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Checked, Climb, Pattern } from './pattern.ts'

/** Plain JavaScript, because it must start from the sources as well as from the build. */
const PROGRAM = fileURLToPath(new URL('../../../bin/pattern-worker.js', import.meta.url))

const Said = z.union([
  z.object({ harmless: z.string() }),
  z.object({ text: z.string(), tookMs: z.number() }),
  z.object({
    done: z.enum(['safe', 'slow', 'unknown']),
    complexity: z.enum(['exponential', 'polynomial']).nullable().catch(null),
  }),
])

/** The analysis ends by itself after this long; the texts that it found are timed afterwards. */
const ANALYSIS_MS = 5_000
const WHOLE_MS = 12_000
const MEGABYTES = 512

const open = (): Worker =>
  new Worker(PROGRAM, {
    execArgv: [],
    env: {},
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })

/** One pattern in the thread; `isSpent` when the thread has to be ended because the pattern did not end. */
const checkOne = (worker: Worker, { pattern, flags }: Pattern, signal: AbortSignal) =>
  new Promise<Checked & { isSpent: boolean }>((resolve) => {
    const climbs: Climb[] = []
    let harmless = 'x'
    const finish = (checked: Pick<Checked, 'outcome' | 'complexity'>, isSpent: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      worker.off('error', giveUp).off('exit', giveUp).off('message', hear)
      resolve({ ...checked, climbs, harmless, isSpent })
    }
    const hear = (raw: unknown) => {
      const said = Said.parse(raw)
      if ('text' in said) climbs.push(said)
      else if ('harmless' in said) harmless = said.harmless
      else finish({ outcome: said.done, complexity: said.complexity }, false)
    }
    const giveUp = () => {
      const slow = climbs.length > 0
      finish({ outcome: slow ? 'slow' : 'unknown', complexity: slow ? 'exponential' : null }, true)
    }
    const timer = setTimeout(giveUp, WHOLE_MS)
    signal.addEventListener('abort', giveUp, { once: true })
    worker.on('error', giveUp)
    worker.on('exit', giveUp)
    worker.on('message', hear)
    worker.postMessage({ pattern, flags, withinMs: ANALYSIS_MS })
  })

/**
 * Checks patterns in a thread of its own, one after the other, each within 12 s; those that were not reached before the
 * time is over or the signal aborts are `unknown`. Never throws.
 */
export const checkPatterns = async (
  patterns: readonly Pattern[],
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<Checked[]> => {
  const fromMs = performance.now()
  const found: Checked[] = []
  let worker: Worker | null = null
  for (const pattern of patterns) {
    if (signal.aborted || performance.now() - fromMs > withinMs) {
      found.push({ outcome: 'unknown', complexity: null, climbs: [], harmless: 'x' })
      continue
    }
    worker ??= open()
    const { isSpent, ...checked } = await checkOne(worker, pattern, signal)
    found.push(checked)
    if (!isSpent) continue
    await worker.terminate()
    worker = null
  }
  await worker?.terminate()
  return found
}
