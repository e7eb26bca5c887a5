import { z } from 'zod'
import type { Lab, Wire } from '../../lab/lab.ts'
import { turnsAway } from '../../lab/traffic/recover.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'

/** Orchestrators ask every 10 s by default: a truth that comes later is a truth nobody hears in time. */
const TURN_LIMIT_MS = 10_000
const EVERY_MS = 250

export const Seen = z.object({
  store: z.string(),
  /** how the store was taken away: `black-hole` when the process does not survive a shutdown */
  fault: z.enum(['shutdown', 'black-hole']),
  ready: z.string().nullable(),
  live: z.string().nullable(),
  /** true when some route is known to need the store: otherwise being ready without it is the truth */
  needsStore: z.boolean(),
  fromMs: z.number(),
  toMs: z.number(),
  before: z.array(Exchange),
  during: z.array(Exchange),
  liveDuring: z.array(Exchange),
  after: z.array(Exchange),
  /** from the start of the outage to the first `no`; null when it never said so */
  saidNoMs: z.number().nullable(),
  saidYesMs: z.number().nullable(),
  limitMs: z.number(),
  exited: z.boolean(),
})
export type Seen = z.infer<typeof Seen>

const isGood = ({ status }: Exchange) => status !== null && status >= 200 && status < 300

type Watched = { exchanges: Exchange[]; turnedMs: number | null }

/** Asks until the answer is the wanted one. */
const watch = async (lab: Lab, path: string, want: 'yes' | 'no', signal: AbortSignal): Promise<Watched> => {
  const fromMs = lab.nowMs()
  const exchanges: Exchange[] = []
  while (lab.nowMs() - fromMs < TURN_LIMIT_MS && !signal.aborted) {
    const exchange = await lab.http.request({ method: 'GET', path, timeoutMs: 5_000, signal })
    exchanges.push(exchange)
    if (!turnsAway(exchange) && isGood(exchange) === (want === 'yes'))
      return { exchanges, turnedMs: lab.nowMs() - fromMs }
    if (lab.target.exit() !== null) break
    await lab.sleep(EVERY_MS)
  }
  return { exchanges, turnedMs: null }
}

const ask = async (lab: Lab, path: string | null, signal: AbortSignal): Promise<Exchange[]> =>
  path === null ? [] : [await lab.http.request({ method: 'GET', path, timeoutMs: 5_000, signal })]

type Fault = 'shutdown' | 'black-hole'

const takeAway = async (lab: Lab, wire: Wire, fault: Fault, signal: AbortSignal) => {
  const { ready, live } = lab.health
  const unasked: Watched = { exchanges: [], turnedMs: null }
  const fromMs = lab.nowMs()
  wire.inject({ kind: fault })
  const no = ready === null ? unasked : await watch(lab, ready, 'no', signal)
  const liveDuring = await ask(lab, live, signal)
  wire.heal()
  const toMs = lab.nowMs()
  const yes = ready === null ? unasked : await watch(lab, ready, 'yes', signal)
  return {
    fault,
    fromMs,
    toMs,
    during: no.exchanges,
    liveDuring,
    after: yes.exchanges,
    saidNoMs: no.turnedMs,
    saidYesMs: yes.turnedMs,
    exited: lab.target.exit() !== null,
  }
}

/** **Contract:** asks only the health routes; the outage is healed at the end. */
export default defineExperiment<Seen>({
  id: 'health-truth',
  title: 'health says what is true when the database is down',
  standard: 'operability.health',
  needs: ['wire'],
  answersFor: ['start-up'],
  effect: 'faults',
  cost: { seconds: 6 },
  observes: Seen,
  async run(lab, { signal }) {
    const wire = lab.store?.wire
    if (wire === undefined) throw new Error('needs a wire')
    const { ready, live } = lab.health
    const before = [...(await ask(lab, ready, signal)), ...(await ask(lab, live, signal))]
    let outage = await takeAway(lab, wire, 'shutdown', signal)
    if (outage.exited) {
      await lab.target.restart()
      await lab.target.ready(30_000)
      outage = await takeAway(lab, wire, 'black-hole', signal)
    }
    return {
      store: wire.store,
      ready,
      live,
      needsStore: lab.known.some(({ statements }) => (statements[wire.store] ?? 0) > 0),
      before,
      ...outage,
      limitMs: TURN_LIMIT_MS,
    }
  },
  judge,
})
