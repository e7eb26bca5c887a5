import type { Lab } from '../../lab/lab.ts'
import type { LoadBench } from '../../lab/load/window.ts'
import type { Seen } from './seen.ts'

/** Where the statements that may be named as a limit are written; those that cannot be found are left out. */
export const placesOf = (
  lab: Pick<Lab, 'origin'>,
  { workload: { operations } }: LoadBench,
  { pressed }: Pick<Seen, 'pressed'>,
): Seen['places'] => {
  const places: Seen['places'] = {}
  for (const { known, cost } of operations) {
    for (const sql of [cost.repeated?.shape, cost.slowest?.shape]) {
      const found = sql === undefined ? null : lab.origin(sql, known.route)
      if (sql !== undefined && found !== null) places[sql] = found
    }
  }
  for (const { sql } of pressed?.sessions?.statements ?? []) {
    for (const { known } of operations) {
      const found = lab.origin(sql, known.route)
      if (found !== null) places[sql] ??= found
    }
  }
  return places
}
