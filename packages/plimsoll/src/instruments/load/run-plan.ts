import type { LoadPlan, LoadResult, LoadRun, LoadTick } from './load.ts'
import { mergeParts, mergeTicks } from './merge-parts.ts'
import { type FromThread, type LoadPart, systemMs } from './messages.ts'
import type { Thread } from './open-thread.ts'

/** For the word to go to have reached every thread. */
const AHEAD_MS = 5

type Options = {
  run: number
  plan: LoadPlan
  threads: readonly Thread[]
  nowMs(): number
  onTick(tick: LoadTick): void
}

/** One tick of the whole run, once every thread has told of its own. */
const gatherTicks = (threads: number, onTick: (tick: LoadTick) => void) => {
  const told = new Map<number, LoadTick[]>()
  return (tick: LoadTick) => {
    const same = [...(told.get(tick.atMs) ?? []), tick]
    told.set(tick.atMs, same)
    if (same.length < threads) return
    told.delete(tick.atMs)
    onTick(mergeTicks(tick.atMs, same))
  }
}

/** Has the threads share a plan: all prepare, all start at the same moment, and what they counted is put together. */
export const runPlan = ({ run, plan, threads, nowMs, onTick }: Options): LoadRun => {
  const parts: LoadPart[] = []
  const gather = gatherTicks(threads.length, onTick)
  const times = { startedAtMs: nowMs(), startMs: systemMs() }
  let prepared = 0
  let stopAfterMs: number | null = null
  let hasEnded = false
  let settle: (result: LoadResult) => void = () => {}
  const done = new Promise<LoadResult>((resolve) => {
    settle = resolve
  })

  const end = (stopped: string | null) => {
    if (hasEnded) return
    hasEnded = true
    for (const thread of threads) thread.leave(run)
    settle(mergeParts(plan, parts, times, stopped))
  }

  const tellAll = (kind: 'start' | 'stop') => {
    for (const thread of threads)
      if (!thread.isDead)
        thread.post(
          kind === 'start' ? { kind, run, startMs: times.startMs } : { kind, run, graceMs: stopAfterMs ?? 0 },
        )
  }

  const start = () => {
    times.startMs = systemMs() + AHEAD_MS
    times.startedAtMs = nowMs() + AHEAD_MS
    tellAll('start')
    if (stopAfterMs !== null) tellAll('stop')
  }

  const onMessage = (message: FromThread) => {
    if (message.kind === 'tick') return gather(message.tick)
    if (message.kind === 'prepared') {
      prepared += 1
      if (prepared === threads.length) start()
      return
    }
    parts.push(message.part)
    if (parts.length === threads.length) end(null)
  }

  const onDeath = (reason: string) => {
    tellAll('stop')
    end(`the generator stopped: ${reason}`)
  }

  if (threads.length === 0) onDeath('it was closed')
  for (const [index, thread] of threads.entries()) {
    thread.join(run, { onMessage, onDeath })
    if (!thread.isDead) thread.post({ kind: 'prepare', run, plan, share: { index, of: threads.length } })
  }

  return {
    done,
    stop: (graceMs = 0) => {
      if (stopAfterMs !== null || hasEnded) return
      stopAfterMs = graceMs
      if (prepared === threads.length) tellAll('stop')
    },
  }
}
