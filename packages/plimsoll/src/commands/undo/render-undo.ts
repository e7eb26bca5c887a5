import type { Change } from '../../agent/checkpoint/store.ts'
import { formatCount } from '../../base/text/numbers.ts'
import { truncate, wrap } from '../../base/text/wrap.ts'

export type Undone = {
  session: string
  task: string
  to: string | null
  changes: readonly Change[]
  /** entry that holds the files as they were before; null when nothing was done */
  again: string | null
  notes: readonly string[]
}

/** From the present back to then: what was added since is removed. */
const WORDS: Readonly<Record<Change['how'], string>> = {
  added: 'put back',
  removed: 'removed',
  changed: 'restored',
}

export const renderUndo = (undone: Undone, width: number): string => {
  const { session, task, to, changes, again, notes } = undone
  const when = to === null ? 'before the session' : `at ${to}`
  const said =
    changes.length === 0
      ? `Nothing to undo: the files are as they were ${when}.`
      : `${formatCount(changes.length, 'file is', 'files are')} as ${changes.length === 1 ? 'it was' : 'they were'} ${when}.`
  const lines = [
    truncate(`⦵ undo ${session}  ${task}`.trimEnd(), width),
    '',
    ...changes.map(({ file, how }) => `  ${WORDS[how].padEnd(9)} ${file}`),
    ...(changes.length === 0 ? [] : ['']),
    `  ${said}`,
    ...notes.flatMap((note) => wrap(note, { width, indent: '  ' })),
    ...(again === null ? [] : [`  back again  plimsoll undo ${session} --to ${again}`]),
  ]
  return `${lines.join('\n')}\n`
}
