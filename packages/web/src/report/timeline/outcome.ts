import type { Timeline } from '../../../../plimsoll/src/model/evidence.ts'

export type Dot = Timeline['requests'][number]
export type Outcome = 'ok' | 'error' | 'none'

/** Answered well, answered with an error, or never answered. */
export const outcomeOf = ({ status }: Pick<Dot, 'status'>): Outcome => {
  if (status === null) return 'none'
  return status < 400 ? 'ok' : 'error'
}
