import { join, relative } from 'node:path'
import type { Door } from '../../engine/door/door.ts'
import { prove } from '../../engine/prove/prove.ts'
import { reserveRunDir } from '../../engine/save/run-dir.ts'
import { saveRun } from '../../engine/save/save-run.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { headCommit } from '../../instruments/source/git.ts'
import { loadConfig } from '../../lab/load-config.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'

/** Proofs of one folder, saved where its other Runs are. */
export const proveHere = (
  root: string,
  { cwd, progress }: Pick<CommandContext, 'cwd' | 'progress'>,
): Pick<Door, 'prove'> => ({
  prove: async ({ only = [], skip = [], budgetSeconds, seed, signal }) => {
    const { config, file } = await loadConfig(root)
    const place = await reserveRunDir(join(root, '.plimsoll/runs'), new Date(), await headCommit(root))
    try {
      const run = await prove({
        ...{ root, families, config, signal },
        target: relative(cwd, root) || '.',
        runId: place.id,
        configFile: file ?? 'plimsoll.config.json',
        choice: { only, skip },
        seed: seed ?? 1,
        budgetSeconds: budgetSeconds ?? config.budgetSeconds ?? 480,
        failOn: config.failOn ?? 'low',
        strict: false,
        install: false,
        onProgress: (event) => progress?.on(event),
        onRecord: () => undefined,
      })
      await saveRun(run, place.dir, { reporters, readAsset, runDir: relative(cwd, place.dir) || '.' })
      return { run, dir: place.dir }
    } finally {
      progress?.done()
      await place.discardIfEmpty()
    }
  },
})
