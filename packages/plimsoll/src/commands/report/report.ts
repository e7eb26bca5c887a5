import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import { locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { openFile } from '../../instruments/desktop/open-file.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { Reporter } from '../../reporters/define.ts'
import type { CommandContext } from '../define.ts'

export type ReportInput = { run?: string; format?: string; open?: boolean; out?: string }

const chosen = ({ format, open }: ReportInput): Reporter => {
  const id = format ?? (open ? 'html' : 'terminal')
  const found = reporters.find((reporter) => reporter.id === id)
  if (found !== undefined) return found
  const candidates = `Formats: ${reporters.map((reporter) => reporter.id).join(', ')}.`
  throw fault('E_UNKNOWN_ID', { id, candidates })
}

const wantsColor = ({ stdout, env }: CommandContext) =>
  !env.NO_COLOR && (env.FORCE_COLOR !== undefined ? env.FORCE_COLOR !== '0' : stdout.isTTY === true)

/** Prints, saves or opens a rendering; the exit code is 0, for the gate was `prove`'s to decide. */
export const report = async (input: ReportInput, context: CommandContext): Promise<number> => {
  const { cwd, stdout, stderr } = context
  const reporter = chosen(input)
  const place = locateRun(cwd, input.run)
  const text = reporter.render(readRun(place.file), {
    width: stdout.columns ?? 80,
    color: input.out === undefined && wantsColor(context),
    runDir: place.shown,
    asset: readAsset,
  })
  if (input.out === undefined && !input.open) {
    stdout.write(text)
    return 0
  }
  const name = reporter.file ?? `report.${reporter.id}.txt`
  const shown = input.out ?? join(place.shown, name)
  const file = resolve(cwd, shown)
  if (input.out !== undefined || reporter.id !== 'json' || !existsSync(file)) await writeWhole(file, text)
  const opened = input.open === true && (await openFile(file, context.env))
  stderr.write(`${opened ? 'opened' : 'written'}  ${shown}\n`)
  return 0
}
