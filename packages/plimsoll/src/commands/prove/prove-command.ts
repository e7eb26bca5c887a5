import { relative, resolve } from 'node:path'
import { asFault, fault } from '../../base/errors/fault.ts'
import { prove } from '../../engine/prove/prove.ts'
import { reserveRunDir } from '../../engine/save/run-dir.ts'
import { saveRun } from '../../engine/save/save-run.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { appendLine } from '../../instruments/files/write.ts'
import { headCommit } from '../../instruments/source/git.ts'
import { loadConfig } from '../../lab/load-config.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { renderRun } from '../render-run.ts'
import type { ProveInput } from './index.ts'
import { wishForLoad } from './wish-for-load.ts'

const DEFAULT_BUDGET_SECONDS = 600

/** `plimsoll prove`: one proof, saved, printed. */
export const proveCommand = async (input: ProveInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const { config: given, file } = await loadConfig(root)
  const configFile = file ?? 'plimsoll.config.json'
  const load = await wishForLoad(input, given, { root, cwd: context.cwd, configFile })
  const config = load === undefined ? given : { ...given, load }
  const runsDir = resolve(context.cwd, input.out ?? '.plimsoll/runs')
  const place = await reserveRunDir(runsDir, new Date(), await headCommit(root))
  try {
    const run = await prove({
      root,
      target: relative(context.cwd, root) || '.',
      runId: place.id,
      config,
      configFile,
      families,
      ...(input.service !== undefined && { service: input.service }),
      choice: { only: input.only, skip: input.skip },
      seed: input.seed,
      budgetSeconds: input.budget ?? config.budgetSeconds ?? DEFAULT_BUDGET_SECONDS,
      failOn: input.failOn ?? config.failOn ?? 'low',
      strict: input.strict,
      install: input.install,
      signal: context.signal,
      onProgress: (event) => context.progress?.on(event),
      onRecord: (record) => {
        // What cannot be saved now is said when the whole Run cannot be saved either.
        const line = JSON.stringify(record)
        appendLine(`${place.dir}/observations.ndjson`, line).catch(() => undefined)
      },
    })
    const runDir = relative(context.cwd, place.dir) || '.'
    const unsaved = await saveRun(run, place.dir, { reporters, readAsset, runDir }).then(() => null, asFault)
    context.progress?.done()
    context.stdout.write(
      input.json ? `${JSON.stringify(run, null, 2)}\n` : renderRun(run, 'terminal', runDir, context),
    )
    if (unsaved !== null) throw unsaved
    return run.exitCode
  } catch (thrown) {
    await place.discardIfEmpty()
    throw thrown
  } finally {
    context.progress?.done()
  }
}
