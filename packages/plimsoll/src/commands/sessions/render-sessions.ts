import type { Entry } from '../../agent/journal/journal.ts'
import type { SessionSummary } from '../../agent/journal/summarise.ts'
import { FROM_ENGINE } from '../../agent/session/compaction-note.ts'
import { formatCount, formatNumber } from '../../base/text/numbers.ts'
import { truncate } from '../../base/text/wrap.ts'

const dateOf = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 16)}`

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

export const renderList = (sessions: readonly SessionSummary[], width: number): string => {
  if (sessions.length === 0)
    return 'No session yet. Give the agent a task: plimsoll "add refunds to orders"\n'
  const lines = sessions.map(({ id, at, outcome, task }) =>
    truncate(`  ${id}  ${dateOf(at)}  ${outcome.padEnd(11)} ${oneLine(task)}`, width),
  )
  return `${lines.join('\n')}\n\n  show    plimsoll sessions show ${sessions[0]?.id}\n  resume  plimsoll do --resume ${sessions[0]?.id}\n`
}

type Line = { label: string; text: string }

const messageLine = ({ message }: Extract<Entry, { kind: 'message' }>): Line => {
  if (message.role === 'user') {
    const isEngine = message.text.startsWith(FROM_ENGINE)
    return {
      label: isEngine ? 'engine' : 'you',
      text: isEngine ? message.text.slice(FROM_ENGINE.length) : message.text,
    }
  }
  if (message.role === 'tool')
    return { label: message.tool, text: `${message.failed ? '✖ ' : ''}${message.text}` }
  const calls = message.calls.map(({ tool }) => tool).join(', ')
  return { label: 'agent', text: `${message.text}${calls === '' ? '' : ` → ${calls}`}` }
}

/** Null for what is only bookkeeping. */
const lineOf = (entry: Entry): Line | null => {
  switch (entry.kind) {
    case 'begin':
      return { label: 'begin', text: `${entry.task} · @${entry.agent} · ${entry.model}` }
    case 'message':
      return messageLine(entry)
    case 'checkpoint':
      return entry.files.length === 0 ? null : { label: 'step', text: entry.files.join(', ') }
    case 'compacted':
      return { label: 'summed up', text: entry.summary }
    case 'note':
      return { label: 'note', text: entry.text }
    case 'end':
      return { label: 'end', text: `${entry.outcome}, exit ${entry.exitCode}` }
    default:
      return null
  }
}

export type Shown = {
  id: string
  summary: SessionSummary | null
  entries: readonly Entry[]
  branch: readonly Entry[]
  torn: readonly number[]
}

export const renderSession = ({ id, summary, entries, branch, torn }: Shown, width: number): string => {
  const onBranch = new Set(branch.map((entry) => entry.id))
  const head =
    summary === null
      ? [`⦵ ${id}`, 'It ended before anything was written.']
      : [
          truncate(`⦵ ${id}  ${oneLine(summary.task)}`, width),
          [
            `@${summary.agent}`,
            summary.model,
            dateOf(summary.at),
            summary.outcome,
            formatCount(summary.steps, 'step'),
            `${formatNumber(summary.tokens)} tokens`,
            ...(summary.dollars === null ? [] : [`$${summary.dollars.toFixed(2)}`]),
          ].join(' · '),
        ]
  const lines = entries.flatMap((entry) => {
    const line = lineOf(entry)
    if (line === null) return []
    const mark = onBranch.has(entry.id) ? ' ' : '┊'
    return [
      truncate(` ${mark}${entry.id.padEnd(6)}${line.label.padEnd(11)}${oneLine(line.text)}`.trimEnd(), width),
    ]
  })
  const notes =
    torn.length === 0
      ? []
      : ['', `  ${formatCount(torn.length, 'line was', 'lines were')} cut short by a crash and passed over.`]
  const next = [
    '',
    `  undo    plimsoll undo ${id}`,
    `  resume  plimsoll do --resume ${id}`,
    `  fork    plimsoll do --fork ${id} --at <entry> "…"`,
  ]
  return `${[...head, '', ...lines, ...notes, ...next].join('\n')}\n`
}
