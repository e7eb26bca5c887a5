import type { Lab } from '../../lab/lab.ts'
import { type Ground, openGround } from '../../lab/operations/ground.ts'
import { type Operation, operationsOf } from '../../lab/operations/operation.ts'
import { type Profile, profile } from '../../lab/operations/profile.ts'
import { defineExperiment } from '../define.ts'
import { leaveToChance } from './chance.ts'
import { conflictOf, readsBeforeWrites, writtenTables } from './conflicts.ts'
import { judge } from './judge.ts'
import { type Pair, racePair, type Side } from './race-pair.ts'
import { Seen } from './seen.ts'
import { crossSituations, selfSituations } from './situations.ts'
import { accepts } from './trial.ts'

/** No pair begins after that time, */
const LIMIT_MS = 60_000
/** and no new situation of a pair after that: well before the engine ends an execution. */
const LAST_MS = 100_000
const OPERATIONS = 24
const NOT_TRIED = `not tried, because at most ${OPERATIONS} operations are`

const NOTHING: Omit<Seen, 'reason'> = { operations: [], pairs: [], harmless: 0, leftOut: [], chances: [] }

const reasonAgainst = (one: Profile | null): string => {
  if (one === null) return 'the data could not be put back'
  const { exchange, settled, statements, changes } = one
  if (!accepts(exchange)) return `it answered ${exchange.status ?? exchange.error ?? 'nothing'} in this lab`
  if (!settled) return 'it leaves a transaction open, or work that does not end'
  if (statements.length === 0) return 'it makes no statement'
  return Object.keys(changes).length > 0 && writtenTables(statements).size === 0
    ? 'it writes through a function of the database, and what that reads cannot be seen'
    : ''
}

type Profiled = { sides: Side[]; operations: Seen['operations'] }

/** Each operation alone, from the same state. */
const profileAll = async (ground: Ground, operations: readonly Operation[]): Promise<Profiled> => {
  const profiled: Profiled = { sides: [], operations: [] }
  const { lab, controlled, background, signal } = ground
  for (const operation of operations.slice(0, OPERATIONS)) {
    if (signal.aborted) break
    const alone = await profile(lab, operation.request, controlled, { background, signal })
    const reason = reasonAgainst(alone)
    profiled.operations.push({
      label: operation.label,
      reason,
      statements: alone?.statements.length ?? 0,
      rests: alone === null ? [] : [...readsBeforeWrites(alone.statements)].sort(),
    })
    if (alone !== null && reason === '') profiled.sides.push({ operation, profile: alone })
  }
  for (const { label } of operations.slice(profiled.operations.length))
    profiled.operations.push({ label, reason: NOT_TRIED, statements: 0, rests: [] })
  return profiled
}

const pairUp = (ground: Ground, sides: readonly Side[]): { pairs: Pair[]; harmless: number } => {
  const pairs: Pair[] = []
  let harmless = 0
  for (const [index, a] of sides.entries()) {
    for (const b of sides.slice(index)) {
      const conflict = conflictOf(a.profile.statements, b.profile.statements)
      if (conflict === null) {
        harmless += 1
        continue
      }
      const self = a === b
      pairs.push({
        ...{ a, b, conflict },
        subject: self ? `${a.operation.label} × itself` : `${a.operation.label} × ${b.operation.label}`,
        situations: self
          ? () => selfSituations(ground, a.operation, a.profile)
          : () => Promise.resolve(crossSituations(a, b)),
      })
    }
  }
  const rank = ({ a, b, conflict }: Pair) => (a === b ? 0 : 2) + (conflict.unguarded ? 0 : 1)
  return { pairs: pairs.sort((a, b) => rank(a) - rank(b)), harmless }
}

const raceAll = async (
  ground: Ground,
  focus: readonly string[] | undefined,
): Promise<Omit<Seen, 'reason'>> => {
  const { lab } = ground
  const fromMs = lab.nowMs()
  const { sides, operations } = await profileAll(ground, operationsOf(lab))
  const { pairs, harmless } = pairUp(ground, sides)
  const seen: Omit<Seen, 'reason'> = { operations, pairs: [], harmless, leftOut: [], chances: [] }
  for (const pair of pairs) {
    if (focus !== undefined && !focus.includes(pair.subject)) continue
    if (ground.signal.aborted || lab.nowMs() - fromMs > LIMIT_MS) seen.leftOut.push(pair.subject)
    else seen.pairs.push(await racePair(ground, pair, fromMs + LAST_MS))
  }
  return seen
}

/**
 * **Contract:** orders statements only at the proxy, and puts the store back after every trial; the app itself is
 * neither changed nor restarted.
 */
export default defineExperiment<Seen>({
  id: 'race',
  title: 'two requests at once come to what one after the other would',
  standard: 'integrity.acid',
  needs: ['http'],
  answersFor: ['write-route'],
  effect: 'writes',
  cost: { seconds: 20 },
  observes: Seen,
  async run(lab: Lab, { signal, focus }) {
    const found = await openGround(lab, signal)
    if ('reason' in found)
      return { ...NOTHING, reason: found.reason, chances: await leaveToChance(lab, signal, focus) }
    const { ground } = found
    try {
      return { ...(await raceAll(ground, focus)), reason: '' }
    } finally {
      await ground.controlled.checkpoint.close().catch(() => undefined)
    }
  },
  judge,
})
