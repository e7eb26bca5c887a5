import { z } from 'zod'
import { openLoadBench } from '../../lab/load/open-load-bench.ts'
import api from '../../standards/performance.api/index.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { keepUp } from './keep-up.ts'

/** What was read at the end of each stretch of the soak; null where the system does not tell. */
export const Moment = z.object({
  atSeconds: z.number(),
  n: z.number().int(),
  failed: z.number().int(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  memoryMb: z.number().nullable(),
  descriptors: z.number().nullable(),
  connections: z.number().nullable(),
  /** what others took from the machine in that stretch, in words; null where they left it alone */
  noise: z.string().nullable().default(null),
})
export type Moment = z.infer<typeof Moment>

export const Seen = z.object({
  askedSeconds: z.number(),
  ratePerSecond: z.number(),
  moments: z.array(Moment),
  exit: z.object({ code: z.number().nullable(), signal: z.string().nullable() }).nullable(),
  notSent: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

const NOT_ASKED = 'nobody asked for a soak: --soak 10m, or load.soakSeconds in the configuration'
const AGAIN = 1 / 3
/** A trend needs as long, however short the first soak was. */
const SHORTEST_SECONDS = 8

/** **Contract:** lasts as long as the configuration says, or until the app exits. */
export default defineExperiment<Seen>({
  id: 'soak',
  title: 'exhausts nothing under steady load',
  standard: 'reliability.soak',
  needs: ['http'],
  idle: ({ soakSeconds }) => (soakSeconds === undefined ? NOT_ASKED : null),
  effect: 'writes',
  cost: { seconds: 15, asked: ({ soakSeconds = 0 }) => 2 * soakSeconds },
  quiet: true,
  observes: Seen,
  async run(lab, { signal, focus, standards }) {
    const asked = lab.wishes.soakSeconds ?? SHORTEST_SECONDS
    const seconds = focus === undefined ? asked : Math.min(asked, Math.max(SHORTEST_SECONDS, asked * AGAIN))
    const slowMs = (standards?.find(({ id }) => id === api.id) ?? api).threshold.limit ?? 200
    const bench = await openLoadBench(lab, { signal })
    try {
      const { ratePerSecond, moments } = await keepUp(lab, bench, { seconds, slowMs, signal })
      const exit = lab.target.exit()
      return {
        askedSeconds: seconds,
        ratePerSecond,
        moments,
        exit: exit === null ? null : { code: exit.code, signal: exit.signal },
        notSent: bench.workload.left.map(({ name, reason }) => `${name} under load: ${reason}`),
      }
    } finally {
      await bench.close()
    }
  },
  judge,
})
