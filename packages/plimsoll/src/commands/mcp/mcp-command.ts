import { realpath } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { openDoor } from '../../engine/door/open-door.ts'
import { saveRun } from '../../engine/save/save-run.ts'
import { fixers } from '../../fixers/catalogue.generated.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { loadConfig } from '../../lab/load-config.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import { tools } from '../../tools/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { reserveOutput } from '../reserve-output.ts'
import type { McpInput } from './index.ts'
import { openSurface } from './open-surface.ts'
import { serveSurface } from './serve-surface.ts'

/** `plimsoll mcp`: serves one workspace until the client is gone, or we are told to end. */
export const mcpCommand = async ({ dir, http }: McpInput, context: CommandContext): Promise<number> => {
  context.progress?.done()
  const given = resolve(context.cwd, dir)
  if (!(await isFolder(given))) throw fault('E_NOT_A_FOLDER', { dir })
  // From here on the protocol alone may write to stdout: a configuration is a program, and may print.
  const output = http === undefined ? reserveOutput(context) : null
  const root = await realpath(given)
  const config = await loadConfig(root)
  const door = await openDoor({
    root,
    families,
    fixers,
    config,
    sandbox: true,
    save: (run, runDir) =>
      saveRun(run, runDir, { reporters, readAsset, runDir: relative(root, runDir) || '.' }),
  })
  const surface = await openSurface({ root, config, door, tools }, context)
  return serveSurface(surface, { http, output }, context)
}
