import type { JsonSchema } from '../api.ts'
import type { Change } from './change.ts'
import { describeNarrowing } from './describe-narrowing.ts'
import { findNarrowings } from './find-narrowings.ts'
import { type Narrowing, shownPath } from './narrowing.ts'
import { type Space, visitOnce } from './space.ts'
import { type Pair, verify } from './verify.ts'

export type Found = Pick<Change, 'rule' | 'at' | 'what' | 'severity' | 'witness'> & {
  definition?: string | null
}

type Schemas = Pick<Pair, 'isRefused'> & {
  before: JsonSchema
  after: JsonSchema
  /** what the value is called: `the body` */
  whole: string
}

const severityOf = ({ rule }: Narrowing, proved: boolean): Change['severity'] => {
  if (!proved) return 'low'
  return rule === 'bound' || rule === 'enum' || rule === 'unknown-property' ? 'medium' : 'high'
}

/**
 * What breaks between two schemas of the same place. In a request what was valid has to stay so; in an answer what
 * may come now has to be what could come before.
 */
export const diffSchemas = (space: Space, { before, after, whole, isRefused }: Schemas): Found[] => {
  const [old, fresh] = [space.of('before', before), space.of('after', after)]
  const [from, to] = space.direction === 'request' ? [old, fresh] : [fresh, old]
  if (space.same(old, fresh)) return []
  const pair: Pair = { from, to, space, ...(isRefused && { isRefused }) }
  const judge = (narrowing: Narrowing): Found[] => {
    const outcome = narrowing.rule === 'field-removed' ? 'unknown' : verify(narrowing, pair)
    if (outcome === 'harmless') return []
    if (outcome === 'unknown' && narrowing.rule === 'other') return []
    const proved = outcome !== 'unknown'
    return [
      {
        rule: narrowing.rule,
        definition: narrowing.definition,
        at: shownPath(narrowing.steps),
        what: describeNarrowing(narrowing, space.direction, whole),
        severity: severityOf(narrowing, proved),
        witness: proved ? { as: space.direction, ...outcome } : null,
      },
    ]
  }
  // A parameter is checked in its own way, so that what is known of a body says nothing of it.
  const visit = isRefused === undefined ? space.visit : visitOnce()
  return findNarrowings(from, to, space, visit).flatMap(judge)
}
