import { asFault, type Fault } from '../../base/errors/fault.ts'
import { appendLine } from '../../instruments/files/write.ts'
import { headCommit } from '../../instruments/source/git.ts'
import type { Run } from '../../model/run.ts'
import { reserveRunDir } from '../save/run-dir.ts'
import { textOfRun } from '../save/save-run.ts'
import { sealRun } from '../seal/seal.ts'
import { type ProveOptions, prove } from './prove.ts'

export type SavingOptions = Omit<ProveOptions, 'runId' | 'onRecord'> & {
  /** absolute */
  runsDir: string
  /** handed in by the surface, which has the reporters */
  save: SaveRun
  /** the id that the Run will have, before anything is started */
  onRun?(id: string): void
}

/** Writes a Run and what is made of it into its folder. */
export type SaveRun = (run: Run, dir: string) => Promise<void>

/** `unsaved`: why the Run is not in its folder; null where it is. */
export type Proof = { run: Run; dir: string; unsaved: Fault | null }

/** One proof in a folder of its own, which is there before anything is started and gone again when nothing came of it. */
export const proveAndSave = async ({ runsDir, save, onRun, ...options }: SavingOptions): Promise<Proof> => {
  const place = await reserveRunDir(runsDir, new Date(), await headCommit(options.root))
  try {
    onRun?.(place.id)
    const run = await prove({
      ...options,
      runId: place.id,
      onRecord: (record) => {
        // What cannot be saved now is said when the whole Run cannot be saved either.
        const line = JSON.stringify(record)
        appendLine(`${place.dir}/observations.ndjson`, line).catch(() => undefined)
      },
    })
    const unsaved = await save(run, place.dir).then(() => null, asFault)
    if (unsaved === null) await sealRun(textOfRun(run), place.dir, options.root)
    return { run, dir: place.dir, unsaved }
  } catch (thrown) {
    await place.discardIfEmpty()
    throw thrown
  }
}
