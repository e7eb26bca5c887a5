/**
 * How a server answers arrivals over time: pure, so that what an open loop must see of it can be computed. The server
 * of the benchmark does exactly this.
 */
export type Shape = {
  name: string
  /** what the server does, for the reader of the table */
  says: string
  /**
   * When the answer leaves.
   * @param atMs of the arrival, since the first one
   * @param index of the arrival, from 0
   */
  releaseMs(atMs: number, index: number): number
}

/** `to` is when what was held since `from` goes on. */
export type Freeze = { from: number; to: number }

const BASE_MS = 100

/** Answers that would leave within a freeze leave at its end. */
const thaw = (freezes: readonly Freeze[], atMs: number): number =>
  freezes.find(({ from, to }) => atMs >= from && atMs < to)?.to ?? atMs

const frozen = (name: string, says: string, freezes: readonly Freeze[]): Shape => ({
  name,
  says,
  releaseMs: (atMs) => thaw(freezes, atMs + BASE_MS),
})

/** 0, 1/2, 1/4, 3/4, 1/8, …: spread evenly however many are taken. */
export const radicalInverse = (index: number): number => {
  let [rest, fraction, unit] = [index, 0, 0.5]
  while (rest > 0) {
    if (rest % 2 === 1) fraction += unit
    rest = Math.floor(rest / 2)
    unit /= 2
  }
  return fraction
}

/** Every n-th arrival is held on its connection for a time of its own; the others know nothing of it. */
const every = (n: number, heldMs: (spread: number) => number) => (atMs: number, index: number) =>
  atMs + (index % n === n >> 1 ? heldMs(radicalInverse(Math.floor(index / n))) : BASE_MS)

const repeated = (totalMs: number, periodMs: number, of: (start: number) => Freeze[]): Freeze[] =>
  Array.from({ length: Math.ceil(totalMs / periodMs) }, (_, period) => of(period * periodMs)).flat()

/** Five short pauses that grow with the heap, then a long one: in ms of their cycle. */
const COLLECTIONS: readonly Freeze[] = [
  { from: 251, to: 261 },
  { from: 501, to: 521 },
  { from: 751, to: 781 },
  { from: 1001, to: 1041 },
  { from: 1251, to: 1301 },
  { from: 1551, to: 1951 },
]
const CYCLE_MS = 2000

/** @param totalMs how long arrivals come */
export const shapesOf = (totalMs: number): readonly Shape[] => [
  frozen('fixed', 'answers after 100 ms', []),
  frozen(
    'periodic',
    'as well, and stops for 200 ms every 750 ms',
    repeated(totalMs, 750, (start) => [{ from: start + 401, to: start + 601 }]),
  ),
  frozen('one long', 'stops once for a quarter of the time', [
    { from: totalMs / 3 + 1, to: totalMs / 3 + 1 + totalMs / 4 },
  ]),
  {
    name: 'ramp',
    says: 'answers later and later, after 100 to 600 ms',
    releaseMs: (atMs) => atMs + BASE_MS + (500 * atMs) / totalMs,
  },
  frozen(
    'saw-tooth',
    'stops for 10, 20, 30, 40, 50 and 400 ms in turn, as a collector of garbage does',
    repeated(totalMs, CYCLE_MS, (start) =>
      COLLECTIONS.map(({ from, to }) => ({ from: start + from, to: start + to })),
    ),
  ),
  {
    name: 'slow tail',
    says: 'takes 300 ms and more for 1 in 80, exponentially',
    releaseMs: every(80, (spread) => 300 - 200 * Math.log(1 - spread)),
  },
  {
    name: 'connection',
    says: 'stops 1 connection for 400 to 1200 ms at 1 in 40 arrivals',
    releaseMs: every(40, (spread) => 400 + 800 * spread),
  },
]
