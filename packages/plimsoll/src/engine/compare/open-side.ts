import type { Supervisor } from '../../instruments/process/process.ts'
import { openLoadBench } from '../../lab/load/open-load-bench.ts'
import type { LoadBench } from '../../lab/load/window.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { chooseService } from '../prove/choose-service.ts'
import type { Families } from '../prove/families.ts'
import { openSession } from '../prove/session.ts'
import type { Tree } from './choose-sides.ts'

/** One state of the code, staged: it can be booted again and again. */
export type Side = {
  /** a fresh lab, past the wire, with a workload that is ready to be sent; closes the one before */
  open(seed: number): Promise<LoadBench>
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

/**
 * Stages one tree: copied, built, migrated, seeded, and spoken to.
 * @throws what a stage that does not get ready throws, the signal's reason
 */
export const openSide = async (tree: Tree, options: SideOptions): Promise<Side> => {
  const { families, service: wanted, config, signal } = options
  const surveyed = await surveyFolder(tree.root, families)
  const service = chooseService(surveyed.system, wanted, config)
  const session = await openSession({
    ...options,
    ...surveyed,
    ...{ root: tree.root, service, stores: families.stores },
  })
  let leave = async () => {}
  return {
    open: async (seed) => {
      await leave()
      const lab = await session.open({ seed, signal })
      leave = () => lab.close()
      const bench = await openLoadBench(lab, { signal })
      leave = async () => {
        await bench.close()
        await lab.close()
      }
      return bench
    },
    close: async () => {
      await leave()
      await session.close()
    },
  }
}
