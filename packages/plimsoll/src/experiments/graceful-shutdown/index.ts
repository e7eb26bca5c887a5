import { z } from 'zod'
import { touchesData } from '../../base/sql/verb.ts'
import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { label, storeReads } from '../../lab/traffic/choose.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'

/** How long the request is held after SIGTERM: enough for a process that exits at once to have done so. */
const HOLD_MS = 1_500
const GRACE_LIMIT_MS = 40_000

export const Seen = z.object({
  /** null: no request could be held in flight, because no statement of it crosses a wire */
  route: z.string().nullable(),
  held: z.boolean(),
  signalledAtMs: z.number(),
  releasedAtMs: z.number().nullable(),
  inFlight: Exchange.nullable(),
  /** sent after SIGTERM, on a connection of its own, while the first was held; null when none could be held */
  newcomer: Exchange.nullable(),
  exit: z.object({ code: z.number().nullable(), signal: z.string().nullable(), atMs: z.number() }).nullable(),
  waitedMs: z.number(),
  lastLines: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

type Held = { request: Promise<Exchange>; release: () => void }

/** A request whose statement waits at the wire: it is certainly in flight. */
const holdOne = async (lab: Lab, known: KnownRequest, signal: AbortSignal): Promise<Held | null> => {
  const wire = lab.store?.wire
  if (wire === undefined) return null
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  wire.gate(({ sql }) => (touchesData(sql) ? { do: 'hold', until } : undefined))
  const arrived = wire.next(({ sql }) => touchesData(sql), 5_000, signal)
  const request = lab.http.request({ ...known.request, timeoutMs: GRACE_LIMIT_MS, signal })
  const statement = await arrived
  if (statement !== null) return { request, release }
  release()
  wire.heal()
  return null
}

/** **Contract:** what it held at the wire is released whatever happens. */
export default defineExperiment<Seen>({
  id: 'graceful-shutdown',
  title: 'finishes what it began when it is told to stop',
  standard: 'reliability.shutdown',
  needs: ['http'],
  answersFor: ['start-up', 'dependencies'],
  effect: 'faults',
  cost: { seconds: 5 },
  observes: Seen,
  async run(lab, { signal }) {
    const [known] = storeReads(lab, 1)
    const held = known === undefined ? null : await holdOne(lab, known, signal)
    const signalledAtMs = lab.nowMs()
    lab.target.signal('SIGTERM')
    let newcomer: Exchange | null = null
    if (held !== null) {
      await lab.sleep(HOLD_MS)
      const request = lab.http.request({ method: 'GET', path: '/', timeoutMs: 5_000, signal })
      held.release()
      lab.store?.wire.gate(null)
      newcomer = await request
    }
    const releasedAtMs = held === null ? null : lab.nowMs()
    const inFlight = held === null ? null : await held.request
    const exit = await lab.target.exited(GRACE_LIMIT_MS)
    return {
      route: known === undefined ? null : label(known),
      held: held !== null,
      signalledAtMs,
      releasedAtMs,
      inFlight,
      newcomer,
      exit,
      waitedMs: lab.nowMs() - signalledAtMs,
      lastLines: lab.target
        .logs(signalledAtMs)
        .slice(-8)
        .map(({ text }) => text),
    }
  },
  judge,
})
