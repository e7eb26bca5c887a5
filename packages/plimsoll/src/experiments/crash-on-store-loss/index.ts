import { z } from 'zod'
import { tellingLines } from '../../base/text/telling-lines.ts'
import { label, storeReads } from '../../lab/traffic/choose.ts'
import { startPulse } from '../../lab/traffic/pulse.ts'
import { awaitRecovery } from '../../lab/traffic/recover.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'

/** Longer than any client's own patience would hide, shorter than a budget notices. */
const OUTAGE_MS = 4_000
/** A little over the standard's bound, so that a request which breaks it is seen to. */
const PATIENCE_MS = 11_000
const RECOVERY_MS = 20_000

export const Seen = z.object({
  store: z.string(),
  routes: z.array(z.string()),
  /** the outage, milliseconds since the lab opened */
  fromMs: z.number(),
  toMs: z.number(),
  before: z.array(Exchange),
  during: z.array(Exchange),
  after: z.array(Exchange),
  exit: z.object({ code: z.number().nullable(), signal: z.string().nullable(), atMs: z.number() }).nullable(),
  lastLines: z.array(z.string()),
  /** from the store's return to the first good answer; null when there was none */
  recoveredMs: z.number().nullable(),
  recoveryLimitMs: z.number(),
})
export type Seen = z.infer<typeof Seen>

/**
 * **Contract:** the store's port refuses and every connection gets the store's own shutdown notice, as in a
 * restart of the database; at the end the fault is healed even if the process died.
 */
export default defineExperiment<Seen>({
  id: 'crash-on-store-loss',
  title: 'survives a restart of the database',
  standard: 'reliability.fault-tolerance',
  needs: ['wire', 'read-request'],
  answersFor: ['start-up'],
  effect: 'faults',
  cost: { seconds: 12 },
  observes: Seen,
  async run(lab, { signal }) {
    const reads = storeReads(lab)
    const requests = reads.map(({ request }) => request)
    const [first] = requests
    const wire = lab.store?.wire
    if (wire === undefined || first === undefined) throw new Error('needs a wire and a read request')
    const before = await Promise.all(requests.map((request) => lab.http.request({ ...request, signal })))
    const fromMs = lab.nowMs()
    wire.inject({ kind: 'shutdown' })
    const pulse = startPulse(lab, requests, { everyMs: 250, timeoutMs: PATIENCE_MS, signal })
    while (lab.nowMs() - fromMs < OUTAGE_MS && lab.target.exit() === null && !signal.aborted)
      await lab.sleep(50)
    const during = await pulse.stop()
    wire.heal()
    const toMs = lab.nowMs()
    const recovery = await awaitRecovery(lab, first, { withinMs: RECOVERY_MS, signal })
    const exit = lab.target.exit()
    return {
      store: wire.store,
      routes: reads.map(label),
      fromMs,
      toMs,
      before,
      during,
      after: recovery.exchanges,
      exit,
      lastLines: tellingLines(lab.target.logs(fromMs).map(({ text }) => text)),
      recoveredMs: recovery.recoveredMs,
      recoveryLimitMs: RECOVERY_MS,
    }
  },
  judge,
})
