import type { Actor } from '../schedule.ts'
import type { LaneState, ScheduleRow } from './schedule-rows.ts'
import { BAD, COLORS, DIM, GROUND, type LanePlace, type Layout, ROW_PX, yOf } from './schedule-svg-layout.ts'
import { type SvgNode, svg } from './svg.ts'

const LINES: Readonly<Partial<Record<LaneState, Record<string, string | number>>>> = {
  running: { 'stroke-width': 2 },
  held: { 'stroke-width': 2, 'stroke-dasharray': '1 5', 'stroke-linecap': 'round' },
  blocked: { 'stroke-width': 2, 'stroke-dasharray': '6 5' },
}

/** The line of one request, from step to step of its own, drawn by how it stands between them. */
export const rail = (actor: Actor, rows: readonly ScheduleRow[], { lineX }: LanePlace): SvgNode[] => {
  const own = rows.flatMap((row, index) => (row.step.actor === actor ? [{ row, index }] : []))
  return own.flatMap(({ row, index }, at) => {
    const next = own[at + 1]
    const look = LINES[row.after[actor]]
    if (!next || !look) return []
    const place = { x1: lineX, x2: lineX, y1: yOf(index), y2: yOf(next.index) }
    return [svg('line', { class: `rail ${row.after[actor]}`, ...place, stroke: COLORS[actor], ...look })]
  })
}

/** Where the turn passes from one request to the other. */
export const passing = (rows: readonly ScheduleRow[], lanes: Layout['lanes']): SvgNode[] =>
  rows.flatMap(({ step }, index) => {
    const before = rows[index - 1]?.step.actor
    if (before === undefined || before === step.actor) return []
    const [from, to] = [lanes[before].lineX, lanes[step.actor].lineX]
    const side = to > from ? 1 : -1
    const [top, between, tipX, tipY] = [
      yOf(index - 1),
      yOf(index) - ROW_PX / 2,
      to - side * 6,
      yOf(index) - 5,
    ]
    const start = `M${from + side * 7} ${top + 5}Q${from + side * 7} ${between} ${from + side * 11} ${between}`
    // Between two rows it crosses no text.
    const end = `H${to - side * 11}Q${to - side * 8} ${between} ${tipX} ${tipY}`
    const head = `M${tipX - side * 5} ${tipY - 2}L${tipX} ${tipY}L${tipX + side} ${tipY - 5}`
    const look = { fill: 'none', stroke: DIM, 'stroke-width': 1, opacity: 0.8 }
    return [svg('path', { class: 'passing', d: `${start}${end}${head}`, ...look })]
  })

/** Open for a read, full for a write, a bar where it is kept back, a cross where it waits or is refused. */
export const mark = ({ step, failed }: ScheduleRow, x: number, y: number): SvgNode => {
  const color = COLORS[step.actor]
  const ring = { cx: x, cy: y, stroke: color, 'stroke-width': 2 }
  if (failed && step.what !== 'answered') {
    return svg('path', {
      d: `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`,
      ...{ fill: 'none', stroke: BAD, 'stroke-width': 2.4, 'stroke-linecap': 'round' },
    })
  }
  if (step.what === 'held' || step.what === 'blocked') {
    const bars = step.what === 'held' ? `M${x - 2.5} ${y - 4}v8M${x + 2.5} ${y - 4}v8` : `M${x - 4} ${y}h8`
    return svg(
      'g',
      {},
      svg('circle', { cx: x, cy: y, r: 7, fill: GROUND }),
      svg('path', { d: bars, stroke: color, 'stroke-width': 2.4 }),
    )
  }
  if (step.what === 'sent') return svg('path', { d: `M${x - 5} ${y - 4}h10l-5 8z`, fill: color })
  if (step.what === 'answered') {
    return svg('rect', { x: x - 5, y: y - 5, width: 10, height: 10, rx: 2, fill: failed ? BAD : color })
  }
  if (step.kind === 'write') return svg('circle', { ...ring, r: 5, fill: color })
  return svg('circle', { ...ring, r: step.kind === 'read' ? 5 : 3, fill: GROUND })
}
