import type { Timeline } from '../../../packages/plimsoll/src/model/evidence.ts'

/** A small generator with its own seed, so that the sample is the same in every test. */
const dice = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

type Phase = {
  fromMs: number
  toMs: number
  answer: (random: () => number) => { status: number | null; durationMs: number; error?: string }
}

const healthy = (random: () => number) => ({ status: 200, durationMs: 2 + random() ** 3 * 30 })

const requests = (seed: number, label: string, everyMs: number, phases: Phase[]): Timeline['requests'] => {
  const random = dice(seed)
  return phases.flatMap((phase) => {
    const count = Math.floor((phase.toMs - phase.fromMs) / everyMs)
    return Array.from({ length: count }, (_, index) => ({
      atMs: Math.round(phase.fromMs + index * everyMs),
      label,
      ...phase.answer(random),
    }))
  })
}

const at = (fromMs: number, toMs: number, answer: Phase['answer']): Phase => ({ fromMs, toMs, answer })

/** The store goes away and comes back; the process is dead from then on. */
export const crash: Timeline = {
  durationMs: 12_000,
  requests: [
    ...requests(7, 'GET /rooms', 200, [
      at(0, 3_000, healthy),
      at(3_000, 3_400, () => ({ status: 500, durationMs: 14 })),
      at(3_400, 12_000, () => ({ status: null, durationMs: 1, error: 'ECONNREFUSED' })),
    ]),
    ...requests(8, 'GET /', 500, [
      at(100, 3_400, healthy),
      at(3_400, 12_000, () => ({ status: null, durationMs: 1, error: 'ECONNREFUSED' })),
    ]),
  ],
  bands: [{ fromMs: 3_000, toMs: 7_000, label: 'postgres refuses connections' }],
  marks: [
    { atMs: 3_360, label: 'process exits with 1' },
    { atMs: 7_000, label: 'postgres is back' },
  ],
}

/** Every statement takes 5 s longer; the list of rooms waits for all of it, the front page does too. */
export const slow: Timeline = {
  durationMs: 24_000,
  requests: [
    ...requests(11, 'GET /rooms', 400, [
      at(0, 4_000, healthy),
      at(4_000, 16_000, () => ({ status: null, durationMs: 10_000, error: 'timeout' })),
      at(16_000, 17_600, (random) => ({ status: 200, durationMs: 900 + random() * 1_200 })),
      at(17_600, 24_000, healthy),
    ]),
    ...requests(12, 'GET /', 800, [
      at(200, 6_000, healthy),
      at(6_000, 16_000, (random) => ({ status: 503, durationMs: 3_000 + random() * 4_000 })),
      at(16_000, 24_000, healthy),
    ]),
  ],
  bands: [{ fromMs: 4_000, toMs: 16_000, label: '+5 s on every statement' }],
  marks: [{ atMs: 17_600, label: 'answers as before' }],
}

/** The health route says yes while the store is gone. */
export const health: Timeline = {
  durationMs: 9_000,
  requests: requests(21, 'GET /health', 250, [
    at(0, 9_000, (random) => ({ status: 200, durationMs: 1 + random() })),
  ]),
  bands: [{ fromMs: 3_000, toMs: 6_000, label: 'postgres refuses connections' }],
  marks: [{ atMs: 6_000, label: 'postgres is back' }],
}

/** Killed and started again: what the chart of a promise that held looks like. */
export const restart: Timeline = {
  durationMs: 10_000,
  requests: requests(31, 'POST /bookings', 180, [
    at(0, 4_000, (random) => ({ status: 201, durationMs: 6 + random() * 20 })),
    at(4_000, 5_300, () => ({ status: null, durationMs: 1, error: 'ECONNREFUSED' })),
    at(5_300, 10_000, (random) => ({ status: 201, durationMs: 6 + random() * 25 })),
  ]),
  bands: [{ fromMs: 4_000, toMs: 5_300, label: 'killed, starting' }],
  marks: [{ atMs: 5_300, label: 'serves again' }],
}
