import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import { chooseService } from '../../packages/plimsoll/src/engine/prove/choose-service.ts'
import { openSession } from '../../packages/plimsoll/src/engine/prove/session.ts'
import type { Ground } from '../../packages/plimsoll/src/experiments/race/trial.ts'
import { openSupervisor } from '../../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import { controlStore } from '../../packages/plimsoll/src/lab/operations/controlled-store.ts'
import { watchBackground } from '../../packages/plimsoll/src/lab/operations/settle.ts'
import { surveyFolder } from '../../packages/plimsoll/src/survey/survey-folder.ts'

/** A backend of this repository, booted in a lab with its store under control. */
export const openGround = async (
  root: string,
  folder: string,
): Promise<{ ground: Ground; close(): Promise<void> }> => {
  const supervisor = await openSupervisor()
  const { signal } = new AbortController()
  // Hundreds of requests are sent under this one signal.
  setMaxListeners(0, signal)
  try {
    const surveyed = await surveyFolder(join(root, folder), families)
    const session = await openSession({
      ...surveyed,
      root: join(root, folder),
      service: chooseService(surveyed.system, undefined, {}),
      ...{ config: {}, stores: families.stores, install: false, seed: 1, supervisor, signal },
      onProgress: () => undefined,
    })
    const lab = await session.open({ seed: 1, signal })
    const found = await controlStore(lab)
    if ('reason' in found) throw new Error(`${folder}: ${found.reason}`)
    const { controlled } = found
    const background = await watchBackground(lab, controlled.wire)
    return {
      ground: { lab, controlled, background, ambient: new Set(), signal },
      close: async () => {
        await lab.close()
        await session.close()
        await supervisor.close()
      },
    }
  } catch (thrown) {
    await supervisor.close()
    throw thrown
  }
}
