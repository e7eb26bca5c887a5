import type { AgentEvent } from '../../agent/loop/events.ts'
import { formatDuration } from '../../base/text/numbers.ts'
import { truncate, wrap } from '../../base/text/wrap.ts'
import { obligationCounts } from '../../commands/session-lines.ts'
import { countDiff, drawDiff, type Paint } from './draw-diff.ts'

const LABEL = 9
const MOST_DIFF_LINES = 12

export type Drawing = {
  width: number
  paint: Paint
  /** title of a call that was begun, by its id */
  titleOf(id: string): { title: string; agent: string } | undefined
  /** agent that speaks, so that a child's calls can be told apart */
  agent: string
}

const labelled = (label: string, text: string, { width, paint }: Drawing): string[] => {
  const [first = '', ...rest] = wrap(text, { width: width - LABEL - 2 })
  const head = `  ${paint('dim', label.padEnd(LABEL - 1))} ${first}`
  return [head.trimEnd(), ...rest.map((line) => `${' '.repeat(LABEL + 2)}${line}`)]
}

type Sign = { sign: string; tone: 'green' | 'red' | 'yellow' }

/** One line for a call: what it was, and at the right what came of it. */
const callLine = ({ sign, tone }: Sign, title: string, end: string, { width, paint }: Drawing): string => {
  const room = width - 4 - (end === '' ? 0 : end.length + 2)
  const said = truncate(title, Math.max(10, room))
  return `  ${paint(tone, sign)} ${said}${end === '' ? '' : `${' '.repeat(Math.max(2, room - [...said].length + 2))}${paint('dim', end)}`}`
}

const firstLine = (text: string) =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? ''

const titled = (event: { id: string; tool: string }, drawing: Drawing): string => {
  const call = drawing.titleOf(event.id)
  const by = call === undefined || call.agent === drawing.agent ? '' : `@${call.agent} `
  return `${by}${call?.title ?? event.tool}`
}

const answerLines = (event: Extract<AgentEvent, { kind: 'answer' }>, drawing: Drawing): string[] => {
  const { width, paint } = drawing
  const title = titled(event, drawing)
  if (event.failed) {
    const reason = truncate(firstLine(event.text), width - 6)
    return [
      callLine({ sign: '✖', tone: 'yellow' }, title, '', drawing),
      ...(reason === '' ? [] : [`      ${paint('dim', reason)}`]),
    ]
  }
  const line = callLine({ sign: '✓', tone: 'green' }, title, countDiff(event.diff ?? ''), drawing)
  const diff = event.diff === null ? [] : drawDiff(event.diff, { width, most: MOST_DIFF_LINES, paint })
  return [line, ...diff]
}

/** What of an event stays on the screen, line by line. Text is not here: it comes in pieces. */
export const eventLines = (event: AgentEvent, drawing: Drawing): string[] => {
  const { paint } = drawing
  switch (event.kind) {
    case 'begin':
      return [
        `${paint('bold', '⦵')} ${event.agent} · ${event.model} · session ${event.session}`,
        '',
        ...event.enforcement.flatMap((gap) => labelled('note', gap, drawing)),
      ]
    case 'answer':
      return answerLines(event, drawing)
    case 'denied':
      return [
        callLine({ sign: '✖', tone: 'red' }, `${titled(event, drawing)} · not allowed`, '', drawing),
        ...wrap(event.reason, { width: drawing.width, indent: '      ' }),
      ]
    case 'retry':
      return labelled('wait', `${formatDuration(event.waitMs)}, then again: ${event.reason}`, drawing)
    case 'compacted':
      return labelled(
        'note',
        `Earlier messages were summed up: ${event.before} tokens are ${event.after} now.`,
        drawing,
      )
    case 'note':
      return labelled('note', event.text, drawing)
    case 'obligations': {
      const counts = obligationCounts(event.obligations, event.weakened)
      return counts === '' ? [] : labelled('prove', counts, drawing)
    }
    default:
      return []
  }
}
