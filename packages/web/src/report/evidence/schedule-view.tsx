import { type ComponentChild, h } from 'preact'
import { drawScheduleSvg } from '../../../../plimsoll/src/model/reading/draw-schedule-svg.ts'
import type { SvgNode } from '../../../../plimsoll/src/model/reading/svg.ts'
import { tellSchedule } from '../../../../plimsoll/src/model/reading/tell-schedule.ts'
import type { Played } from '../../../../plimsoll/src/model/schedule.ts'
import { useWidth } from '../state/use-width.ts'

const OUTCOMES: Record<Played['outcome'], string> = {
  played: 'played as ordered',
  guarded: 'the store lets them in one after the other',
  unschedulable: 'could not be ordered',
}

const view = (node: SvgNode | string): ComponentChild =>
  typeof node === 'string' ? node : h(node.tag, node.attributes, ...node.children.map(view))

/** Two requests in the order in which their statements reached the store. */
export const ScheduleView = ({ played }: { played: Played }) => {
  const { ref, widthPx } = useWidth<HTMLDivElement>(720)
  const told = tellSchedule(played)
  return (
    <div class="schedule" ref={ref}>
      <p class="told">
        <b>{told === '' ? 'Nothing reached the store' : told}</b>
        <span class="dim"> · {played.reason === '' ? OUTCOMES[played.outcome] : played.reason}</span>
      </p>
      {view(drawScheduleSvg(played, widthPx))}
    </div>
  )
}
