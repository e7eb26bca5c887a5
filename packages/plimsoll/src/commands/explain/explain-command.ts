import { fault } from '../../base/errors/fault.ts'
import { nearest } from '../../base/text/nearest.ts'
import { type Explanations, findExplanation, loadExplanations } from '../../engine/explain/explanations.ts'
import { locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import type { CommandContext } from '../define.ts'
import type { ExplainInput } from './index.ts'

const titleOf = (text: string) => /^#+\s*(.+)$/m.exec(text)?.[1] ?? ''

const list = (texts: Explanations): string => {
  const families = [...new Set(Object.keys(texts).map((key) => key.split('/')[0] ?? ''))]
  const rows = (family: string) =>
    Object.entries(texts)
      .filter(([key]) => key.startsWith(`${family}/`))
      .map(([key, text]) => `  ${key.slice(family.length + 1).padEnd(32)} ${titleOf(text)}`.trimEnd())
  return `${families.map((family) => [family, ...rows(family), ''].join('\n')).join('\n')}`
}

/** The probe behind a finding of the newest Run; null when there is no such finding, or no Run. */
const probeOfFinding = (id: string, cwd: string): string | null => {
  try {
    const run = readRun(locateRun(cwd).file)
    return run.verdicts.find((verdict) => verdict.id === id)?.probe ?? null
  } catch {
    return null
  }
}

/** `plimsoll explain`: the readme of whatever has that id. */
export const explainCommand = async ({ id }: ExplainInput, context: CommandContext): Promise<number> => {
  const texts = loadExplanations()
  if (id === undefined) {
    context.stdout.write(list(texts))
    return 0
  }
  const text = findExplanation(texts, id) ?? findExplanation(texts, probeOfFinding(id, context.cwd) ?? '')
  if (text === undefined) {
    const close = nearest(
      id,
      Object.keys(texts).map((key) => key.split('/')[1] ?? ''),
    )
    const candidates = close === null ? 'For the list: plimsoll explain' : `Did you mean "${close}"?`
    throw fault('E_UNKNOWN_ID', { id, candidates })
  }
  context.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}
