import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement } from '../../model/verdict.ts'
import {
  judgeEnumeration,
  judgeExposures,
  judgeOpenings,
  judgeRecoveries,
  judgeThrottle,
} from './judge-answers.ts'
import { judgeFixation, judgeLogout, judgePasswordChange } from './judge-sessions.ts'
import { judgeCookies, judgeTokens } from './judge-tokens.ts'
import type { Seen } from './seen.ts'

const JUDGES: readonly ((seen: Seen) => Judgement[])[] = [
  judgeTokens,
  judgeCookies,
  judgeOpenings,
  judgeExposures,
  judgeFixation,
  judgeLogout,
  judgePasswordChange,
  judgeEnumeration,
  judgeThrottle,
  judgeRecoveries,
]

const unasked = ({ reason }: Seen): Judgement[] =>
  reason === ''
    ? []
    : [inconclusive({ subject: 'sessions', title: 'Sessions could not be looked at', detail: reason })]

/** A judgement on a standard that was left out is dropped; without the others being told, none is. */
const keeps = (all: readonly Standard[] | undefined) => (judged: Judgement) =>
  judged.standard === undefined || all === undefined || all.some(({ id }) => id === judged.standard)

export const judge = (seen: Seen, _standard: Standard, all?: readonly Standard[]): Judgement[] =>
  [...JUDGES.flatMap((one) => one(seen)), ...unasked(seen)].filter(keeps(all))
