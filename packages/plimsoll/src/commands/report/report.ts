import { join, resolve } from 'node:path'
import { locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { openFile } from '../../instruments/desktop/open-file.ts'
import { writeWhole } from '../../instruments/files/write.ts'
import { reporters } from '../../reporters/catalogue.generated.ts'
import type { CommandContext } from '../define.ts'
import { renderRun } from '../render-run.ts'

export type ReportInput = { run?: string; format?: string; open?: boolean; out?: string }

/** A file is read later and elsewhere: never coloured, and as wide as a terminal is by custom. */
const FOR_A_FILE = { env: { NO_COLOR: '1' }, stdout: { write: () => true, columns: 80 } }

const fileNameOf = (format: string) =>
  reporters.find(({ id }) => id === format)?.file ?? `report.${format}.txt`

/** Prints, saves or opens a rendering; the exit code is 0, for the gate was `prove`'s to decide. */
export const report = async (input: ReportInput, context: CommandContext): Promise<number> => {
  const { cwd, stdout, stderr } = context
  const format = input.format ?? (input.open ? 'html' : 'terminal')
  const toFile = input.out !== undefined || input.open === true
  const place = locateRun(cwd, input.run)
  const text = renderRun(readRun(place.file), format, place.shown, toFile ? FOR_A_FILE : context)
  if (!toFile) {
    stdout.write(text)
    return 0
  }
  const shown = input.out ?? join(place.shown, fileNameOf(format))
  const file = resolve(cwd, shown)
  // The Run itself is the source of everything else: opening it never writes it again.
  if (file !== place.file) await writeWhole(file, text)
  const opened = input.open === true && (await openFile(file, context.env))
  stderr.write(`${opened ? 'opened' : 'written'}  ${shown}\n`)
  return 0
}
