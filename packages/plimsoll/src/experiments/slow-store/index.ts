import { z } from 'zod'
import { touchesData } from '../../base/sql/verb.ts'
import type { KnownRequest, Lab, Wire } from '../../lab/lab.ts'
import { label, storelessReads, storeReads } from '../../lab/traffic/choose.ts'
import { startPulse } from '../../lab/traffic/pulse.ts'
import { awaitRecovery } from '../../lab/traffic/recover.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'

/** More than most pools hold, so that the wait for a connection counts too. */
const REQUESTS = 15
/** Over the standard's bound, with room to see a request that breaks it. */
const DELAY_MS = 30_000
const PATIENCE_MS = 12_000
const RECOVERY_MS = 10_000

export const Seen = z.object({
  store: z.string(),
  /** in the store its own time-outs count; on the wire only the app's do */
  where: z.enum(['store', 'wire']),
  fromMs: z.number(),
  toMs: z.number(),
  /** requests that need the store, sent at once while every statement was slow */
  affected: z.array(Exchange.extend({ route: z.string() })),
  /** requests that need no store, asked all the while; empty when none is known */
  unaffected: z.array(Exchange),
  unaffectedRoutes: z.array(z.string()),
  after: z.array(Exchange),
  recoveredMs: z.number().nullable(),
  recoveryLimitMs: z.number(),
  exit: z.object({ code: z.number().nullable(), signal: z.string().nullable(), atMs: z.number() }).nullable(),
})
export type Seen = z.infer<typeof Seen>

/**
 * Asked anew in this lab: a read that was answered from a cache when it became known needs the store after all. A
 * readiness route may say no without a statement of its own.
 */
const stillStoreless = async (lab: Lab, store: Wire, signal: AbortSignal): Promise<KnownRequest[]> => {
  const found: KnownRequest[] = []
  for (const known of storelessReads(lab)) {
    if (known.request.path === lab.health.ready) continue
    const mark = store.mark()
    const { status } = await lab.http.request({ ...known.request, timeoutMs: PATIENCE_MS, signal })
    if (status !== null && status < 500 && store.since(mark).length === 0) found.push(known)
  }
  return found
}

type Slowness = { where: 'store' | 'wire'; end(): Promise<void> }

/** In the store itself where that is possible: a time-out of the server is as good a bound as one of the client. */
const slowDown = async ({ store }: Lab, wire: Wire): Promise<Slowness> => {
  const release = await store?.database.stall?.().catch(() => undefined)
  if (release !== undefined) return { where: 'store', end: release }
  wire.gate(({ sql }) => (touchesData(sql) ? { do: 'delay', ms: DELAY_MS } : undefined))
  return { where: 'wire', end: async () => wire.heal() }
}

/** **Contract:** delays only statements that read or write data; what was delayed goes on when the fault ends. */
export default defineExperiment<Seen>({
  id: 'slow-store',
  title: 'stays bounded when the database is slow',
  standard: 'reliability.fault-tolerance',
  needs: ['wire', 'read-request'],
  answersFor: ['start-up'],
  effect: 'faults',
  cost: { seconds: 15 },
  observes: Seen,
  async run(lab, { signal }) {
    const reads = storeReads(lab)
    const wire = lab.store?.wire
    const [first] = reads
    if (wire === undefined || first === undefined) throw new Error('needs a wire and a read request')
    const others = await stillStoreless(lab, wire, signal)
    const slowness = await slowDown(lab, wire)
    const fromMs = lab.nowMs()
    const send = async (index: number) => {
      const known = reads[index % reads.length] ?? first
      const exchange = await lab.http.request({ ...known.request, timeoutMs: PATIENCE_MS, signal })
      return { ...exchange, route: label(known) }
    }
    const affected = Promise.all(Array.from({ length: REQUESTS }, (_, index) => send(index)))
    const pulse =
      others.length === 0
        ? null
        : startPulse(
            lab,
            others.map(({ request }) => request),
            { everyMs: 500, timeoutMs: PATIENCE_MS, signal },
          )
    const ended = await affected
    const unaffected = (await pulse?.stop()) ?? []
    await slowness.end()
    const toMs = lab.nowMs()
    const recovery = await awaitRecovery(lab, first.request, { withinMs: RECOVERY_MS, signal })
    return {
      store: wire.store,
      where: slowness.where,
      fromMs,
      toMs,
      affected: ended,
      unaffected,
      unaffectedRoutes: others.map(label),
      after: recovery.exchanges,
      recoveredMs: recovery.recoveredMs,
      recoveryLimitMs: RECOVERY_MS,
      exit: lab.target.exit(),
    }
  },
  judge,
})
