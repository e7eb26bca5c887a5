import type { LabStore } from '../../../lab/lab.ts'
import type { Bench } from '../bench.ts'
import { recount } from '../look-up.ts'
import { closeRound, recoverApp } from '../recover.ts'
import type { Round } from '../seen.ts'
import { burstUntil, holdAll } from './kill-app.ts'

type Server = NonNullable<LabStore['server']>

/** Requests that were under way get this long to be answered before the store is there again. */
const DOWN_MS = 500

const killStore = async ({ lab }: Bench, server: Server): Promise<number> => {
  const atMs = lab.nowMs()
  await server.kill()
  return atMs
}

/** Killed in the moment of an acknowledgement, while what the store writes in the background is kept back. */
export const killStoreAfterReply = async (bench: Bench, server: Server): Promise<Round> => {
  await recount(bench)
  await server.lag()
  const { entries, killedAtMs } = await burstUntil(bench, () => killStore(bench, server))
  await server.start()
  const back = await recoverApp(bench)
  return closeRound(bench, entries, { id: 'acknowledged, store killed', killedAtMs, back })
}

/** Killed while the statement that makes the write last is on its way. */
export const killStoreBeforeCommit = async (bench: Bench, server: Server): Promise<Round> => {
  await recount(bench)
  const { entries, killedAtMs } = await holdAll(bench, async () => {
    const atMs = await killStore(bench, server)
    bench.store.wire.heal()
    await bench.lab.sleep(DOWN_MS)
    await server.start()
    return atMs
  })
  const back = await recoverApp(bench)
  return closeRound(bench, entries, { id: 'commit held, store killed', killedAtMs, back })
}
