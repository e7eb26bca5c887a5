import { relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { DEFAULT_BUDGET_SECONDS } from '../../engine/prove/prove.ts'
import { proveAndSave } from '../../engine/prove/prove-and-save.ts'
import { saveRun } from '../../engine/save/save-run.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { loadConfig } from '../../lab/load-config.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { renderRun } from '../render-run.ts'
import type { ProveInput } from './index.ts'
import { wishForLoad } from './wish-for-load.ts'

/** `plimsoll prove`: one proof, saved, printed. */
export const proveCommand = async (input: ProveInput, context: CommandContext): Promise<number> => {
  const root = resolve(context.cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const { config: given, file } = await loadConfig(root)
  const configFile = file ?? 'plimsoll.config.json'
  const load = await wishForLoad(input, given, { root, cwd: context.cwd, configFile })
  const config = {
    ...given,
    ...(load !== undefined && { load }),
    ...(input.sandbox && { sandbox: true }),
  }
  const shown = (dir: string) => relative(context.cwd, dir) || '.'
  try {
    const { run, dir, unsaved } = await proveAndSave({
      root,
      target: relative(context.cwd, root) || '.',
      runsDir: resolve(context.cwd, input.out ?? '.plimsoll/runs'),
      save: (made, to) => saveRun(made, to, { reporters, readAsset, runDir: shown(to) }),
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
    })
    context.progress?.done()
    context.stdout.write(
      input.json ? `${JSON.stringify(run, null, 2)}\n` : renderRun(run, 'terminal', shown(dir), context),
    )
    if (unsaved !== null) throw unsaved
    return run.exitCode
  } finally {
    context.progress?.done()
  }
}
