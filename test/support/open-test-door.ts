import type { Door } from '../../packages/plimsoll/src/engine/door/door.ts'
import { type DoorOptions, openDoor } from '../../packages/plimsoll/src/engine/door/open-door.ts'
import { saveRun } from '../../packages/plimsoll/src/engine/save/save-run.ts'

/** The real engine on a folder, with nothing rendered beside a Run. */
export const openTestDoor = (
  root: string,
  options: Partial<DoorOptions> & Pick<DoorOptions, 'families'>,
): Promise<Door> =>
  openDoor({
    root,
    fixers: [],
    save: (run, dir) => saveRun(run, dir, { reporters: [], readAsset: () => '', runDir: dir }),
    ...options,
  })
