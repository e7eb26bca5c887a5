import type { Exchange, Timeline } from './evidence.ts'

type Parts = { exchanges: readonly Exchange[]; bands: Timeline['bands']; marks: Timeline['marks'] }

/** One chart from what was sent, when the fault was on, and when things turned. Starts at the first of them. */
export const timelineOf = ({ exchanges, bands, marks }: Parts): Timeline => {
  const starts = [
    ...exchanges.map(({ atMs }) => atMs),
    ...bands.map(({ fromMs }) => fromMs),
    ...marks.map(({ atMs }) => atMs),
  ]
  const ends = [
    ...exchanges.map(({ atMs, durationMs }) => atMs + durationMs),
    ...bands.map(({ toMs }) => toMs),
    ...marks.map(({ atMs }) => atMs),
  ]
  const from = starts.length > 0 ? Math.min(...starts) : 0
  return {
    durationMs: ends.length > 0 ? Math.max(...ends) - from : 0,
    requests: exchanges.map(({ atMs, durationMs, method, path, status, error }) => ({
      atMs: atMs - from,
      durationMs,
      label: `${method} ${path}`,
      status,
      ...(error !== undefined && { error }),
    })),
    bands: bands.map((band) => ({ ...band, fromMs: band.fromMs - from, toMs: band.toMs - from })),
    marks: marks.map((mark) => ({ ...mark, atMs: mark.atMs - from })),
  }
}
