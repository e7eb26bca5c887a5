import { join } from 'node:path'
import { writeWhole } from '../../instruments/files/write.ts'
import type { Run } from '../../model/run.ts'

/** What a saved rendering needs to be made; the surface hands the reporters in. */
export type Renderings = {
  reporters: readonly {
    file: string | null
    applies?(run: Run): boolean
    render(
      run: Run,
      options: { width: number; color: boolean; runDir: string; asset(name: string): string },
    ): string
  }[]
  readAsset(name: string): string
  runDir: string
}

/** What stands in the file of a Run. */
export const textOfRun = (run: Run): string => `${JSON.stringify(run, null, 1)}\n`

/** The Run first, whole; then every rendering that has a file of its own and something to show. */
export const saveRun = async (
  run: Run,
  dir: string,
  { reporters, readAsset, runDir }: Renderings,
): Promise<void> => {
  await writeWhole(join(dir, 'run.json'), textOfRun(run))
  for (const reporter of reporters) {
    if (reporter.file === null || reporter.file === 'run.json') continue
    if (reporter.applies?.(run) === false) continue
    const text = reporter.render(run, { width: 80, color: false, runDir, asset: readAsset })
    await writeWhole(join(dir, reporter.file), text)
  }
}
