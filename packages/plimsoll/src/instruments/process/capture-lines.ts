import type { Readable } from 'node:stream'
import type { LogLine } from './process.ts'

const KEEP_LINES = 5_000
const KEEP_CHARACTERS = 10_000

export type Capture = {
  /** takes a stream to its end */
  read(stream: LogLine['stream'], source: Readable): void
  write(stream: LogLine['stream'], text: string): void
  /** oldest first; a last line without its line end is included as it is so far */
  lines(sinceMs?: number): LogLine[]
}

/** Keeps the last 5,000 lines of what a process prints, each with the time at which it began to arrive. */
export const captureLines = (nowMs: () => number): Capture => {
  const kept: LogLine[] = []
  const open = new Map<LogLine['stream'], LogLine>()

  const keep = (line: LogLine) => {
    kept.push(line)
    if (kept.length > KEEP_LINES * 1.2) kept.splice(0, kept.length - KEEP_LINES)
  }

  const write = (stream: LogLine['stream'], text: string) => {
    const parts = text.split('\n')
    parts.forEach((part, index) => {
      const line = open.get(stream) ?? { atMs: nowMs(), stream, text: '' }
      line.text = (line.text + part).slice(0, KEEP_CHARACTERS)
      const ended = index < parts.length - 1
      if (ended) {
        line.text = line.text.replace(/\r$/, '')
        keep(line)
        open.delete(stream)
      } else if (line.text !== '') {
        open.set(stream, line)
      }
    })
  }

  return {
    write,
    read: (stream, source) => {
      source.setEncoding('utf8')
      source.on('data', (text: string) => write(stream, text))
      source.on('error', () => {})
    },
    lines: (sinceMs = Number.NEGATIVE_INFINITY) =>
      [...kept.slice(-KEEP_LINES), ...[...open.values()].map((line) => ({ ...line }))]
        .filter((line) => line.atMs >= sinceMs)
        .sort((a, b) => a.atMs - b.atMs),
  }
}
