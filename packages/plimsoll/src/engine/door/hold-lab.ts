import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import { treeHash } from '../../instruments/source/hash-tree.ts'
import type { Lab } from '../../lab/lab.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { chooseService } from '../prove/choose-service.ts'
import type { Families } from '../prove/families.ts'
import { openSession } from '../prove/session.ts'
import { tellProgress } from './tell-progress.ts'

/** The lab that stays open between questions, so that the first pays for the boot. */
export type HeldLab = {
  /** one use at a time; the lab is that of the source as it is now */
  use<T>(call: HeldCall, work: (lab: Lab) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** `onProgress`: told while the lab is opened for this call. */
export type HeldCall = { signal: AbortSignal; onProgress?(line: string): void }

export type HoldOptions = {
  root: string
  families: Families
  config: Config
  service?: string
  install: boolean
  onProgress(event: ProgressEvent): void
}

type Opened = { tree: string; lab: Lab; close(): Promise<void> }

const SEED = 1

const open = async (options: HoldOptions, tree: string, signal: AbortSignal): Promise<Opened> => {
  const { root, families, config } = options
  const supervisor = await openSupervisor()
  try {
    const surveyed = await surveyFolder(root, families)
    const service = chooseService(surveyed.system, options.service, config)
    const asked = {
      ...options,
      ...surveyed,
      service,
      stores: families.stores,
      seed: SEED,
      supervisor,
      signal,
    }
    const session = await openSession(asked)
    const lab = await session.open({ seed: SEED, signal })
    const close = async () => {
      await lab.close()
      await session.close()
      await supervisor.close()
    }
    return { tree, lab, close }
  } catch (thrown) {
    await supervisor.close()
    throw thrown
  }
}

/** Waits for the work no longer than the signal allows; the work itself goes on. */
const until = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  signal.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Opened at the first use, renewed at the first after a change of the source. */
export const holdLab = (options: HoldOptions): HeldLab => {
  const life = new AbortController()
  let held: Opened | null = null
  let last: Promise<unknown> = Promise.resolve()

  const fresh = async (onLine: HeldCall['onProgress']): Promise<Lab> => {
    life.signal.throwIfAborted()
    const tree = await treeHash(options.root)
    if (held?.tree === tree && held.lab.target.exit() === null) return held.lab
    const old = held
    held = null
    await old?.close()
    const onProgress = (event: ProgressEvent) => {
      options.onProgress(event)
      const line = tellProgress(event)
      if (line !== null) onLine?.(line)
    }
    held = await open({ ...options, onProgress }, tree, life.signal)
    return held.lab
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    use: ({ signal, onProgress }, work) =>
      until(
        inTurn(async () => {
          signal.throwIfAborted()
          return work(await fresh(onProgress))
        }),
        signal,
      ),
    async close() {
      life.abort(new Error('the door was closed'))
      await last
      const old = held
      held = null
      await old?.close()
    },
  }
}
