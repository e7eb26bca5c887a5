import type { Lab } from '../lab.ts'
import type { Harvest } from './harvest.ts'
import { logIn, logInAnother, type Session } from './log-in.ts'
import { declaredOthers, type Other, seededOthers } from './others.ts'
import type { SpeakSources } from './speak.ts'

export type Met = { session: Session | null; another: Session | null; others: readonly Other[] }

/** Two of one role, where there are two; those without special rights first. */
const pairOf = (others: readonly Other[]): Other[] => {
  const plain = others.filter(({ role }) => role === 'user')
  const pool = [...plain, ...others.filter(({ role }) => role !== 'user')]
  const like = (first: Other) =>
    pool.filter(
      (one) => one !== first && one.role === first.role && one.session.rights === first.session.rights,
    )
  const first = pool.find((one) => like(one).length > 0) ?? pool[0]
  return first === undefined ? [] : [first, ...like(first)]
}

/**
 * Everybody who can be spoken as: two accounts that register, those that the configuration declares, and those that
 * the repo gives away. Where nobody can register, two others of one role speak in their place.
 */
export const meet = async (lab: Lab, sources: SpeakSources, harvest: Harvest): Promise<Met> => {
  const session = await logIn(lab, sources, harvest)
  const another = session === null ? null : await logInAnother(lab, session)
  const declared = await declaredOthers(lab, sources, session)
  const knowsAdmin = declared.some(({ role }) => role !== 'user')
  const seeded = knowsAdmin ? [] : await seededOthers(lab, sources, session)
  const others = [...declared, ...seeded]
  if (session !== null) return { session, another, others }
  const [first, second] = pairOf(others)
  return {
    session: first?.session ?? null,
    another: second?.session ?? null,
    others: others.filter((one) => one !== first && one !== second),
  }
}
