import { truncate } from '../../base/text/wrap.ts'
import type { Played } from '../schedule.ts'
import { ACTORS, labelOf, type ScheduleRow, scheduleRows } from './schedule-rows.ts'
import {
  BAD,
  COLORS,
  DIM,
  FOOT_PX,
  HEAD_PX,
  INK,
  type LanePlace,
  type Layout,
  LETTER_PX,
  layOut,
  MONO,
  ROW_PX,
  SANS,
  TEXT_PX,
  WORD_PX,
  yOf,
} from './schedule-svg-layout.ts'
import { mark, passing, rail } from './schedule-svg-marks.ts'
import { shortenSql } from './shorten-sql.ts'
import { type SvgNode, svg } from './svg.ts'
import { tellSchedule } from './tell-schedule.ts'

const saidOf = (row: ScheduleRow, px: number): string => {
  const letters = Math.max(4, Math.floor(px / LETTER_PX))
  return row.isSql ? shortenSql(row.text, letters) : truncate(row.text, letters)
}

const words = (row: ScheduleRow, { textX, textPx }: LanePlace, y: number, labelled: boolean): SvgNode[] => {
  const { word, result, failed, step } = row
  const base = { y: y + 4, 'font-size': TEXT_PX }
  const strong = { ...base, 'font-family': SANS, 'font-weight': 600 }
  const wordPx = word === '' ? 0 : WORD_PX
  const resultPx = result === '' ? 0 : result.length * LETTER_PX + 10
  const said = labelled && step.what === 'sent' ? '' : saidOf(row, textPx - wordPx - resultPx)
  const isPlain = row.isSql && word !== 'wrote'
  return [
    ...(word === '' ? [] : [svg('text', { ...strong, x: textX, fill: COLORS[step.actor] }, word)]),
    ...(said === ''
      ? []
      : [
          svg(
            'text',
            {
              ...(row.isSql ? { ...base, 'font-family': MONO } : strong),
              ...{ x: textX + wordPx, fill: failed ? BAD : isPlain ? DIM : INK },
            },
            said,
          ),
        ]),
    ...(result === ''
      ? []
      : [
          svg(
            'text',
            {
              ...base,
              'font-family': SANS,
              x: textX + textPx,
              'text-anchor': 'end',
              fill: failed ? BAD : DIM,
            },
            result,
          ),
        ]),
  ]
}

const stepOf = (row: ScheduleRow, index: number, { timeX, lanes }: Layout): SvgNode => {
  const lane = lanes[row.step.actor]
  const y = yOf(index)
  const time = {
    x: timeX ?? 0,
    y: y + 4,
    'text-anchor': 'end',
    'font-size': 11,
    'font-family': SANS,
    fill: DIM,
  }
  const whole = [row.step.actor, row.word, row.text, row.result].filter((text) => text !== '').join(' ')
  return svg(
    'g',
    { class: `step ${row.step.what}` },
    svg('title', {}, `${row.time}: ${whole}`),
    ...(timeX === null ? [] : [svg('text', time, row.time)]),
    mark(row, lane.lineX, y),
    ...words(row, lane, y, timeX !== null),
  )
}

const heads = (rows: readonly ScheduleRow[], { lanes, timeX }: Layout): SvgNode[] =>
  ACTORS.flatMap((actor) => {
    const { lineX, textX, textPx } = lanes[actor]
    const text = { y: 15, 'font-size': TEXT_PX, 'font-family': SANS, 'font-weight': 600 }
    const badge = svg('text', { ...text, x: lineX, 'text-anchor': 'middle', fill: COLORS[actor] }, actor)
    // In one column there is no room for two labels: each stands where the request is sent.
    if (timeX === null) return [badge]
    return [
      badge,
      svg(
        'text',
        { ...text, x: textX, fill: INK },
        truncate(labelOf(rows, actor), Math.floor(textPx / LETTER_PX)),
      ),
    ]
  })

/** `A read, B read, B wrote, A wrote`, and why an order could not be had. */
const captionOf = (played: Played): string =>
  [tellSchedule(played), played.reason].filter((text) => text !== '').join('. ')

/**
 * Two lanes, time downwards, an arrow wherever the turn passes: the same picture as `drawSchedule`, in the colours
 * of the page that it stands in, readable by itself too.
 */
export const drawScheduleSvg = (played: Played, widthPx = 720): SvgNode => {
  const rows = scheduleRows(played)
  const layout = layOut(widthPx)
  const heightPx = HEAD_PX + rows.length * ROW_PX + FOOT_PX
  return svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${widthPx} ${heightPx}`,
      ...{ width: widthPx, height: heightPx, role: 'img' },
      'aria-label': `Two requests in the order that was forced. ${captionOf(played)}`,
    },
    ...heads(rows, layout),
    ...passing(rows, layout.lanes),
    ...ACTORS.flatMap((actor) => rail(actor, rows, layout.lanes[actor])),
    ...rows.map((row, index) => stepOf(row, index, layout)),
  )
}
