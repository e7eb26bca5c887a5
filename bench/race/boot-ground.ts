import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import { chooseService } from '../../packages/plimsoll/src/engine/prove/choose-service.ts'
import { openSession } from '../../packages/plimsoll/src/engine/prove/session.ts'
import { openSupervisor } from '../../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import { type Ground, openGround } from '../../packages/plimsoll/src/lab/operations/ground.ts'
import { surveyFolder } from '../../packages/plimsoll/src/survey/survey-folder.ts'

/** A backend of this repository, booted in a lab with its store under control. */
export const bootGround = async (
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
    const found = await openGround(lab, signal)
    if ('reason' in found) throw new Error(`${folder}: ${found.reason}`)
    return {
      ground: found.ground,
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
