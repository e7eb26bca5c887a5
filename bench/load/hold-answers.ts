import { Worker } from 'node:worker_threads'

/** By the clock that all threads of a process share. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6

type Held = { dueMs: number; release(): void }

/** Answers that wait for their time, the earliest first. */
export type HeldAnswers = { hold(dueMs: number, release: () => void): void }

const indexFor = (held: readonly Held[], dueMs: number): number => {
  let [low, high] = [0, held.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((held[middle]?.dueMs ?? 0) <= dueMs) low = middle + 1
    else high = middle
  }
  return low
}

/** Releases each answer at its time, in order, to a tenth of a millisecond where the machine lets us. */
export const openHeldAnswers = (): HeldAnswers => {
  const held: Held[] = []
  const shared = new SharedArrayBuffer(16)
  const changes = new Int32Array(shared, 0, 1)
  const due = new Float64Array(shared, 8, 1)
  due[0] = Number.POSITIVE_INFINITY
  const timer = new Worker(new URL('./fine-timer.js', import.meta.url), { workerData: shared })

  const setTimer = () => {
    due[0] = held[0]?.dueMs ?? Number.POSITIVE_INFINITY
    Atomics.add(changes, 0, 1)
    Atomics.notify(changes, 0)
  }

  timer.on('message', () => {
    const ready = indexFor(held, nowMs())
    for (const { release } of held.splice(0, ready)) release()
    setTimer()
  })

  return {
    hold: (dueMs, release) => {
      const index = indexFor(held, dueMs)
      held.splice(index, 0, { dueMs, release })
      if (index === 0) setTimer()
    },
  }
}
