import type { Outcome } from '../../agent/loop/events.ts'
import { spentText } from '../session-lines.ts'

/** What a session came to, for the end of an answer in an editor. */
export const outcomeMarkdown = (outcome: Outcome): string => {
  const { kind, reason, obligations, weakened, changed, session, spent } = outcome
  const rows = obligations.map(
    ({ probe, state, subjects, detail }) =>
      `| ${state.replace('-', ' ')} | ${probe} | ${[subjects.join(', '), detail].filter((it) => it !== '').join(': ')} |`,
  )
  const table =
    rows.length === 0 ? [] : ['| state | experiment | about |', '| --- | --- | --- |', ...rows, '']
  const eased = weakened.map(({ file, how }) => `- weakened: ${file}: ${how}`)
  const undo = changed.length === 0 ? '' : ` · undo: \`plimsoll undo ${session}\``
  return [...table, ...eased, `**${kind}**: ${reason} ${spentText(spent)}${undo}`, ''].join('\n')
}
