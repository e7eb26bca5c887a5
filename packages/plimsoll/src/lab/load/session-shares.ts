import type { SessionActivity } from '../../stores/define.ts'
import type { SessionShares } from './window.ts'

const MOST_STATEMENTS = 5

const mean = (total: number, samples: number) => (samples === 0 ? 0 : total / samples)

type Spent = { active: number; lock: number }

const byStatement = (active: readonly SessionActivity[], shapeOf: (sql: string) => string) => {
  const spent = new Map<string, Spent>()
  for (const { sql, waits } of active) {
    const shape = shapeOf(sql)
    const before = spent.get(shape) ?? { active: 0, lock: 0 }
    spent.set(shape, { active: before.active + 1, lock: before.lock + Number(waits === 'lock') })
  }
  return [...spent]
    .sort(([, a], [, b]) => b.active - a.active)
    .slice(0, MOST_STATEMENTS)
    .map(([sql, of]) => ({ sql, share: of.active / active.length, lock: of.lock / of.active }))
}

/**
 * What sessions did, from looks at all of them; pure.
 * @param shapeOf masks the values of a statement
 */
export const sharesOf = (
  samples: readonly (readonly SessionActivity[])[],
  shapeOf: (sql: string) => string,
): SessionShares => {
  const all = samples.flat()
  const active = all.filter(({ state }) => state === 'active')
  const busy = samples.filter((one) => one.length > 0 && one.every(({ state }) => state !== 'idle'))
  const { length } = samples
  return {
    samples: length,
    sessions: Math.max(0, ...samples.map((one) => one.length)),
    active: mean(active.length, length),
    held: mean(all.filter(({ state }) => state === 'held').length, length),
    waitingForLock: mean(active.filter(({ waits }) => waits === 'lock').length, length),
    allBusy: mean(busy.length, length),
    statements: byStatement(active, shapeOf),
  }
}
