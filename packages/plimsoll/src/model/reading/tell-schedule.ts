import type { Played } from '../schedule.ts'
import { type ScheduleRow, scheduleRows } from './schedule-rows.ts'

const saying = ({ step, word }: ScheduleRow): string => {
  const { actor, what, sqlstate } = step
  if (what === 'blocked') return `${actor} waited`
  if (what !== 'statement' && what !== 'released') return ''
  if (sqlstate !== undefined) return `${actor} was refused (${sqlstate})`
  return word === '' ? '' : `${actor} ${word}`
}

/** The order in a few words: `A read, B read, B wrote, A wrote`. */
export const tellSchedule = (played: Pick<Played, 'steps'>): string =>
  scheduleRows(played)
    .map(saying)
    .filter((text, index, all) => text !== '' && text !== all.slice(0, index).findLast((it) => it !== ''))
    .join(', ')
