import { truncate, wrap } from '../../base/text/wrap.ts'
import type { Played } from '../schedule.ts'
import { ACTORS, type LaneState, labelOf, type ScheduleRow, scheduleRows } from './schedule-rows.ts'
import { shortenSql } from './shorten-sql.ts'
import { tellSchedule } from './tell-schedule.ts'

const TIME_COLUMNS = 8
const GAP_COLUMNS = 2
const WORD_COLUMNS = 6

/** The line of a lane beside a step of the other one. */
const RAILS: Readonly<Record<LaneState, string>> = {
  none: ' ',
  running: '│',
  held: '┆',
  blocked: '┊',
  done: ' ',
}

const nodeOf = ({ step, before }: ScheduleRow): string => {
  if (step.what === 'sent') return '┬'
  if (step.what === 'answered') return '┴'
  return before[step.actor] === 'done' ? '·' : '├'
}

/** A step in its lane: what was done, to what, and what came of it at the right edge. */
const cell = (row: ScheduleRow, columns: number): string => {
  const word = row.word === '' ? '' : row.word.padEnd(WORD_COLUMNS)
  const result = row.result === '' ? '' : `  ${row.result}`
  const room = columns - 2 - word.length - result.length
  const said =
    row.step.what === 'sent' ? '' : row.isSql ? shortenSql(row.text, room) : truncate(row.text, room)
  return `${nodeOf(row)} ${word}${said.padEnd(result === '' ? 0 : room)}${result}`
}

const line = (row: ScheduleRow, columns: number): string => {
  const time = row.time.padStart(TIME_COLUMNS)
  const lanes = ACTORS.map((actor) =>
    (row.step.actor === actor ? cell(row, columns) : RAILS[row.after[actor]]).padEnd(columns),
  )
  return [time, ...lanes].join(' '.repeat(GAP_COLUMNS)).trimEnd()
}

/** What a sign means that is in this drawing. */
const legend = (rows: readonly ScheduleRow[]): string => {
  const states = new Set(rows.flatMap(({ after }) => Object.values(after)))
  return [
    ...(states.has('held') ? ['┆ kept back at the wire'] : []),
    ...(states.has('blocked') ? ['┊ waits in the store'] : []),
  ].join('   ')
}

/**
 * Two lanes side by side, time downwards, a line for each step:
 *
 * ```
 *             A  POST /orders            B  POST /orders
 *      0 ms   ┬ sent
 *    1.9 ms   ├ read  SELECT …
 *    2.4 ms   ├ held  UPDATE …
 *    2.5 ms   ┆                          ┬ sent
 * ```
 * No line is wider than `width` columns, of which 60 are the least.
 */
export const drawSchedule = (played: Played, width = 80): string[] => {
  const rows = scheduleRows(played)
  const columns = Math.floor((Math.max(60, width) - TIME_COLUMNS - 2 * GAP_COLUMNS) / 2)
  const heads = ACTORS.map((actor) => truncate(`${actor}  ${labelOf(rows, actor)}`, columns).padEnd(columns))
  const indent = ' '.repeat(TIME_COLUMNS + GAP_COLUMNS)
  const said = [tellSchedule(played), played.reason].filter((text) => text !== '')
  const below = [...said.flatMap((text) => wrap(text, { width: Math.max(60, width), indent })), legend(rows)]
  return [
    `${indent}${heads.join(' '.repeat(GAP_COLUMNS))}`.trimEnd(),
    ...rows.map((row) => line(row, columns)),
    '',
    ...below
      .filter((text) => text !== '')
      .map((text) => (text.startsWith(indent) ? text : `${indent}${text}`)),
  ]
}
