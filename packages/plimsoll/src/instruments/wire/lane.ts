import type { Socket } from 'node:net'
import type { Toxic } from './toxics/toxic.ts'

const FULL_BYTES = 4 * 1024 * 1024

/** Null bytes stand for the end of the stream. */
type Entry = { bytes: Buffer | null; dueMs: number }

/** The way of bytes towards the app: first in, first out, each not before its time. */
export type Lane = {
  /** tells whether the bytes are still waiting here */
  push(bytes: Buffer, toxics: readonly Toxic[]): boolean
  end(toxics: readonly Toxic[]): void
  /** everything leaves now */
  flush(): void
  /** what is on its way is forgotten */
  drop(): void
  /** the app takes bytes more slowly than they come, so the sender should wait */
  full(): boolean
}

const cut = (bytes: Buffer, size: number): Buffer[] => {
  const pieces: Buffer[] = []
  for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size))
  return pieces
}

/** @param drained called when the lane is no longer full */
export const createLane = (app: Socket, nowMs: () => number, drained: () => void): Lane => {
  const entries: Entry[] = []
  let waitingBytes = 0
  let lastMs = 0
  let timer: NodeJS.Timeout | undefined

  const send = ({ bytes }: Entry) => {
    if (bytes === null) app.end()
    else app.write(bytes)
  }

  const full = () => waitingBytes > FULL_BYTES || app.writableNeedDrain

  const leave = () => {
    const wasFull = full()
    for (let first = entries[0]; first && first.dueMs <= nowMs(); first = entries[0]) {
      entries.shift()
      waitingBytes -= first.bytes?.length ?? 0
      send(first)
    }
    arm()
    if (wasFull && !full()) drained()
  }

  const arm = () => {
    clearTimeout(timer)
    const first = entries[0]
    if (first) timer = setTimeout(leave, Math.max(0, first.dueMs - nowMs()))
  }

  const add = (entry: Entry) => {
    lastMs = Math.max(lastMs, entry.dueMs)
    entries.push({ ...entry, dueMs: lastMs })
    waitingBytes += entry.bytes?.length ?? 0
    if (entries.length === 1) arm()
  }

  const push = (bytes: Buffer, toxics: readonly Toxic[]): boolean => {
    if (entries.length === 0 && toxics.length === 0) {
      app.write(bytes)
      return app.writableLength > 0
    }
    const size = Math.min(
      ...toxics.map((toxic) => toxic.pieceBytes ?? Number.POSITIVE_INFINITY),
      bytes.length,
    )
    for (const piece of cut(bytes, size)) {
      const dueMs = toxics.reduce((atMs, toxic) => toxic.leaveMs?.(atMs, piece.length) ?? atMs, nowMs())
      add({ bytes: piece, dueMs })
    }
    return true
  }

  const drop = () => {
    clearTimeout(timer)
    entries.length = 0
    waitingBytes = 0
  }

  app.on('drain', () => {
    if (!full()) drained()
  })
  return {
    push,
    full,
    drop,
    end: (toxics) => {
      const delayMs = toxics.reduce((sum, toxic) => sum + (toxic.closeDelayMs ?? 0), 0)
      if (delayMs === 0 && entries.length === 0) app.end()
      else add({ bytes: null, dueMs: nowMs() + delayMs })
    },
    flush: () => {
      const waiting = entries.splice(0)
      drop()
      lastMs = 0
      for (const entry of waiting) send(entry)
      if (!full()) drained()
    },
  }
}
