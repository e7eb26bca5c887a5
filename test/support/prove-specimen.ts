import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import { prove } from '../../packages/plimsoll/src/engine/prove/prove.ts'
import { loadConfig } from '../../packages/plimsoll/src/lab/load-config.ts'
import type { Run } from '../../packages/plimsoll/src/model/run.ts'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** One probe on one folder of this repository (or an absolute one), for real: survey, lab, experiment, confirmations, judge. */
export const proveFolder = async (folder: string, only: readonly string[], seed = 1): Promise<Run> => {
  const { config, file } = await loadConfig(resolve(root, folder))
  return prove({
    root: resolve(root, folder),
    target: folder,
    runId: 'test',
    config,
    configFile: file ?? 'plimsoll.config.json',
    families,
    choice: { only, skip: [] },
    seed,
    budgetSeconds: 280,
    failOn: 'low',
    strict: false,
    install: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onRecord: () => undefined,
  })
}
