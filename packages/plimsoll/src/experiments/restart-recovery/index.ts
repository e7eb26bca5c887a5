import { z } from 'zod'
import { tellingLines } from '../../base/text/telling-lines.ts'
import type { Lab } from '../../lab/lab.ts'
import { awaitRecovery, turnsAway } from '../../lab/traffic/recover.ts'
import { findQuiet } from '../../lab/witness/rows.ts'
import { describeWitness } from '../../lab/witness/witness.ts'
import { keepsInMemory } from '../../lab/written-addresses.ts'
import { Exchange } from '../../model/evidence.ts'
import { defineExperiment } from '../define.ts'
import { judge } from './judge.ts'
import { findShown, findWriter, recount, type Writer, type Written, writeBatch, writeOne } from './write.ts'

const RECOVERY_LIMIT_MS = 60_000

export const Seen = z.object({
  /** writes acknowledged just before the kill, of a kind whose values are known to come to show */
  written: z.array(
    z.object({
      route: z.string(),
      exchange: Exchange,
      readAt: z.string(),
      /** shown after the restart, within the time that a value may take */
      found: z.boolean(),
    }),
  ),
  /** a write made after the restart came to show: the read still has room, so what is missing is lost */
  controlFound: z.boolean().nullable(),
  /** why no write could be followed; empty when one could */
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

const isGood = ({ status }: Exchange) => status !== null && status < 400

const reasonFor = (lab: Lab, writer: Writer | null) => {
  if (writer !== null) return ''
  if (keepsInMemory(lab.service)) return 'the app keeps its data in memory, so a restart begins anew'
  return lab.known.some(({ request }) => request.method === 'POST')
    ? 'no write that the app accepts shows in a later read or in a table'
    : 'no write was found that the app accepts'
}

/** Before anything is called lost: long enough to see a job at work on the table. */
const IDLE_MS = 6_000

const control = async (lab: Lab, writer: Writer, signal: AbortSignal): Promise<boolean> => {
  const { place } = writer
  if (place.kind === 'rows' && (await findQuiet(lab, [place], IDLE_MS)) === null) return false
  await recount(writer)
  const one = await writeOne(lab, writer, signal)
  return one !== null && (await findShown(lab, [one], signal)).size === 1
}

const look = async (lab: Lab, writer: Writer | null, written: readonly Written[], signal: AbortSignal) => {
  const shown = await findShown(lab, written, signal)
  const missing = shown.size < written.length
  return { shown, controlFound: missing && writer !== null ? await control(lab, writer, signal) : null }
}

/** Starts it again and waits for a request that worked before; readiness stands in where no read is known. */
const restart = async (lab: Lab, signal: AbortSignal) => {
  const fromMs = lab.nowMs()
  await lab.target.restart()
  const read = lab.known.find(({ request }) => request.method === 'GET')?.request
  if (read === undefined) {
    const { ready } = await lab.target.ready(RECOVERY_LIMIT_MS)
    return { recoveredMs: ready ? lab.nowMs() - fromMs : null, exchanges: [] }
  }
  const { recoveredMs, exchanges } = await awaitRecovery(lab, read, {
    withinMs: RECOVERY_LIMIT_MS,
    signal,
    serves: (exchange) => isGood(exchange) || turnsAway(exchange),
  })
  return { recoveredMs: recoveredMs === null ? null : lab.nowMs() - fromMs, exchanges }
}

/** **Contract:** the restart is what an orchestrator does: same command, environment, port and database. */
export default defineExperiment<Seen>({
  id: 'restart-recovery',
  title: 'serves again after a crash, with everything it had acknowledged',
  standard: 'reliability.recovery',
  needs: ['http'],
  answersFor: ['start-up', 'migration', 'configuration', 'dependencies'],
  effect: 'faults',
  cost: { seconds: 6 },
  observes: Seen,
  async run(lab, { signal }) {
    const writer = keepsInMemory(lab.service) ? null : await findWriter(lab, signal)
    const written = writer === null ? [] : await writeBatch(lab, writer, signal)
    const killedAtMs = lab.nowMs()
    lab.target.signal('SIGKILL')
    const exit = await lab.target.exited(10_000)
    const recovery = await restart(lab, signal)
    const back = recovery.recoveredMs !== null
    const after = back
      ? await look(lab, writer, written, signal)
      : { shown: new Set<Written>(), controlFound: null }
    return {
      written: written.map((one) => ({
        route: one.route,
        exchange: one.exchange,
        readAt: describeWitness(one.witness),
        found: after.shown.has(one),
      })),
      controlFound: after.controlFound,
      writesReason: reasonFor(lab, writer),
      killedAtMs,
      exit,
      recoveredMs: recovery.recoveredMs,
      limitMs: RECOVERY_LIMIT_MS,
      probes: recovery.exchanges,
      lastLines: tellingLines(lab.target.logs(killedAtMs).map(({ text }) => text)),
    }
  },
  judge,
})
