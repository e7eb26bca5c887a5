import { fault } from '../../base/errors/fault.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import { tailOf } from '../../lab/failure/tail.ts'
import type { Lab } from '../../lab/lab.ts'
import { openLoadBench } from '../../lab/load/open-load-bench.ts'
import type { LoadBench } from '../../lab/load/window.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { chooseService } from '../prove/choose-service.ts'
import type { Families } from '../prove/families.ts'
import { openSession } from '../prove/session.ts'
import type { Tree } from './choose-sides.ts'
import type { Contestant } from './interleave.ts'

export type Side = Contestant & {
  workload: LoadBench['workload']
  nowMs(): number
  close(): Promise<void>
}

export type SideOptions = {
  config: Config
  families: Families
  service?: string
  install: boolean
  seed: number
  supervisor: Supervisor
  signal: AbortSignal
  onProgress(event: ProgressEvent): void
}

const READY_MS = 60_000

const restart = async ({ target }: Lab) => {
  await target.restart()
  const { ready } = await target.ready(READY_MS)
  if (ready) return
  throw fault('E_TARGET_NOT_READY', {
    seconds: READY_MS / 1_000,
    reason: 'it was restarted between two rounds, and did not answer again',
    tail: tailOf(target.logs(), { folders: new Map(), env: {} }),
    mend: 'See whether it starts a second time on the same data.',
  })
}

/** Boots one tree in a lab of its own, past the wire, with a workload that is ready to be sent. */
export const openSide = async (tree: Tree, options: SideOptions): Promise<Side> => {
  const { families, service: wanted, config, seed, signal } = options
  const surveyed = await surveyFolder(tree.root, families)
  const service = chooseService(surveyed.system, wanted, config)
  const session = await openSession({
    ...options,
    ...surveyed,
    ...{ root: tree.root, service, stores: families.stores },
  })
  try {
    const lab = await session.open({ seed, signal })
    const bench = await openLoadBench(lab, { signal })
    return {
      bench,
      workload: bench.workload,
      nowMs: lab.nowMs,
      restart: async () => {
        await restart(lab)
        await lab.renew?.()
      },
      close: async () => {
        await bench.close()
        await session.close()
      },
    }
  } catch (thrown) {
    await session.close()
    throw thrown
  }
}
