import { resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { replay } from '../../engine/prove/replay.ts'
import { findVerdict } from '../../engine/runs/find-verdict.ts'
import { listRuns, locateRun } from '../../engine/runs/locate-run.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { loadConfig } from '../../lab/load-config.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import type { ReplayInput } from './index.ts'
import { renderReplay } from './render-replay.ts'

/** The newest Run that holds the id, or the one that was named. */
const find = ({ id, run: named }: ReplayInput, cwd: string) => {
  const places = named === undefined ? listRuns(cwd) : [locateRun(cwd, named)]
  return findVerdict(id, places.length === 0 ? [locateRun(cwd)] : places)
}

/** `plimsoll replay`: exit 1 when the finding is still there, 0 when it is gone. */
export const replayCommand = async (input: ReplayInput, context: CommandContext): Promise<number> => {
  const { run, verdict } = find(input, context.cwd)
  const root = resolve(context.cwd, run.target)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: run.target })
  const { config: given } = await loadConfig(root)
  const config = run.load === undefined ? given : { ...given, load: run.load }
  const replayed = await replay({
    root,
    run,
    verdict,
    config,
    families,
    install: input.install,
    signal: context.signal,
    onProgress: (event) => context.progress?.on(event),
  }).finally(() => context.progress?.done())
  const result = { id: verdict.id, before: verdict.status, ...replayed }
  context.stdout.write(input.json ? `${JSON.stringify(result, null, 2)}\n` : renderReplay(verdict, replayed))
  return replayed.judgement?.status === 'refuted' ? 1 : 0
}
