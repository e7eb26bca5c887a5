import type { Spent } from '../../agent/loop/events.ts'
import { formatDuration } from '../../base/text/numbers.ts'
import { spentText } from '../../commands/session-lines.ts'

/** What goes on, and for how long: the last line of the block. */
export const stateLine = (parts: {
  spent: Spent
  doing: string | null
  sinceMs: number
  nowMs: number
}): string => {
  const { spent, doing, sinceMs, nowMs } = parts
  const seconds = Math.max(0, Math.floor((nowMs - sinceMs) / 1000))
  const time = seconds === 0 ? '0 s' : formatDuration(seconds * 1000)
  return `  … ${doing ?? 'thinking'} · ${time}${spent.turns === 0 ? '' : ` · ${spentText(spent)}`}`
}
