import { z } from 'zod'
import type { RequestOptions } from '../../instruments/http/http.ts'
import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { awaitRecovery } from '../../lab/traffic/recover.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { findWitness, type Witness } from './witness.ts'

const WRITES = 5
const RECOVERY_LIMIT_MS = 60_000

export const Seen = z.object({
  /** writes that were acknowledged, with where their value could be read back before the kill */
  written: z.array(
    z.object({
      route: z.string(),
      exchange: Exchange,
      value: z.string(),
      readAt: z.string(),
      /** the same read after the restart; null when the app did not come back */
      after: Exchange.nullable(),
      found: z.boolean(),
    }),
  ),
  /** why no write could be followed */
  writesReason: z.string(),
  killedAtMs: z.number(),
  exit: z.object({ code: z.number().nullable(), signal: z.string().nullable(), atMs: z.number() }).nullable(),
  /** from the start command to the first good answer; null when there was none in time */
  recoveredMs: z.number().nullable(),
  limitMs: z.number(),
  probes: z.array(Exchange),
  lastLines: z.array(z.string()),
})
export type Seen = z.infer<typeof Seen>

type Written = { known: KnownRequest; exchange: Exchange; witness: Witness }

const isGood = ({ status }: Exchange) => status !== null && status >= 200 && status < 300

/** Sends acknowledged writes whose unique value can be read back through the API. */
const write = async (lab: Lab, signal: AbortSignal): Promise<Written[]> => {
  const written: Written[] = []
  const candidates = lab.known.filter(
    ({ request }) => request.method === 'POST' && request.body !== undefined,
  )
  for (const known of candidates) {
    const request = freshen(known.request, lab.random)
    const exchange = await lab.http.request({ ...request, bodyLimit: 65_536, signal })
    if (!isGood(exchange)) continue
    const witness = await findWitness(lab, request, exchange, signal)
    if (witness !== null) written.push({ known, exchange, witness })
    if (written.length >= WRITES || signal.aborted) break
  }
  return written
}

const reasonFor = (lab: Lab, written: readonly Written[]) => {
  if (written.length > 0) return ''
  return lab.known.some(({ request }) => request.method === 'POST')
    ? 'no write that the app accepts shows its value in a later read'
    : 'no write was found that the app accepts'
}

/** **Contract:** the restart is what an orchestrator does: same command, environment, port and database. */
export default defineExperiment<Seen>({
  id: 'restart-recovery',
  title: 'serves again after a crash, with everything it had acknowledged',
  standard: 'reliability.recovery',
  needs: ['http'],
  effect: 'faults',
  cost: { seconds: 6 },
  observes: Seen,
  async run(lab, { signal }) {
    const written = await write(lab, signal)
    const killedAtMs = lab.nowMs()
    lab.target.signal('SIGKILL')
    const exit = await lab.target.exited(10_000)
    await lab.target.restart()
    const [known] = lab.known
    const probe: RequestOptions = lab.known.find(({ request }) => request.method === 'GET')?.request ??
      known?.request ?? { method: 'GET', path: '/' }
    const recovery = await awaitRecovery(lab, probe, { withinMs: RECOVERY_LIMIT_MS, signal })
    const back = recovery.recoveredMs !== null
    const read = async ({ known: { route }, exchange, witness }: Written) => {
      const after = back ? await lab.http.request({ ...witness.read, bodyLimit: 65_536, signal }) : null
      const found = after?.body.includes(witness.value) === true
      return {
        route: `${route.method} ${route.path}`,
        exchange,
        value: witness.value,
        readAt: `${witness.read.method} ${witness.read.path}`,
        after,
        found,
      }
    }
    return {
      written: await Promise.all(written.map(read)),
      writesReason: reasonFor(lab, written),
      killedAtMs,
      exit,
      recoveredMs: recovery.recoveredMs,
      limitMs: RECOVERY_LIMIT_MS,
      probes: recovery.exchanges,
      lastLines: lab.target
        .logs(killedAtMs)
        .slice(-10)
        .map(({ text }) => text),
    }
  },
  judge,
})
