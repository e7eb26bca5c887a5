import { relative } from 'node:path'
import type { Door } from '../../engine/door/door.ts'
import { openDoor } from '../../engine/door/open-door.ts'
import { saveRun } from '../../engine/save/save-run.ts'
import { fixers } from '../../fixers/catalogue.generated.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'

/** The real engine for one folder; its Runs are kept below it. */
export const openHere = (root: string, { progress }: Pick<CommandContext, 'progress'>): Promise<Door> =>
  openDoor({
    ...{ root, families, fixers },
    // What is held back by a gate was written by an agent, as often as not.
    sandbox: true,
    save: (run, dir) => saveRun(run, dir, { reporters, readAsset, runDir: relative(root, dir) || '.' }),
    onProgress: (event) => progress?.on(event),
  })
