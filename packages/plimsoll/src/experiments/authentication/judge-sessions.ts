import { type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './seen.ts'

/** A token that cannot be taken back should be over soon. */
const SHORT_SECONDS = 3_600

type Ended = NonNullable<Seen['logout']>

const minutes = (seconds: number) => `${Math.max(1, Math.round(seconds / 60))} min`

const evidenceOf = ({ before, act, after }: Ended, what: string) => [
  { kind: 'exchange' as const, title: 'The session before', exchange: before },
  { kind: 'exchange' as const, title: what, exchange: act },
  { kind: 'exchange' as const, title: 'The same session after', exchange: after },
]

type Words = { subject: string; what: string; over: string; still: string; repair: string }

const judgeEnding = (ended: Ended | null, { subject, what, over, still, repair }: Words): Judgement[] => {
  if (ended === null) return []
  const { operation, act, after, opens, isToken, tokenLifeSeconds } = ended
  const said = { subject: `${operation}: ${subject}` }
  const facts = `${operation} answered ${act.status}; the session was answered ${after.status} afterwards`
  if (!opens) return [proven({ ...said, title: over, detail: facts })]
  if (isToken && tokenLifeSeconds !== null && tokenLifeSeconds <= SHORT_SECONDS)
    return [
      proven({
        ...said,
        title: 'A token that stays valid is over soon',
        detail: `${facts}, and its token ends by itself within ${minutes(tokenLifeSeconds)}`,
        notCovered: ['revoking a token before it ends'],
      }),
    ]
  return [
    refuted({
      ...said,
      title: still,
      detail: isToken
        ? `${facts}; its token ${tokenLifeSeconds === null ? 'never ends' : `ends after ${minutes(tokenLifeSeconds)}`}`
        : facts,
      severity: isToken ? 'low' : 'medium',
      tier: isToken ? 'suspicion' : 'defect',
      cwe: 613,
      repairs: [repair],
      evidence: evidenceOf(ended, what),
    }),
  ]
}

export const judgeLogout = ({ logout }: Seen): Judgement[] =>
  judgeEnding(logout, {
    subject: 'logout',
    what: 'The logout',
    over: 'After a logout the session is over',
    still: 'After a logout the session still opens',
    repair: 'Delete the session where it is kept when it is logged out; clearing the cookie is not enough.',
  })

export const judgePasswordChange = ({ passwordChange }: Seen): Judgement[] =>
  judgeEnding(passwordChange, {
    subject: 'password change',
    what: 'The change, in another session',
    over: 'Changing the password ends the other sessions',
    still: 'Changing the password leaves other sessions alive',
    repair: 'End every other session of the account when its password changes.',
  })

export const judgeFixation = ({ fixation }: Seen): Judgement[] => {
  const [first] = fixation ?? []
  if (fixation === null || first === undefined) return []
  const bad = fixation.find(({ fixed }) => fixed)
  const subject = `${first.operation}: session fixation`
  if (bad === undefined)
    return [
      proven({
        subject,
        title: 'A login gives a new session',
        detail: `a session id ${fixation.map(({ how }) => how).join(', or one ')} opened nothing after the login`,
      }),
    ]
  return [
    refuted({
      subject,
      title: 'A login keeps the session id from before',
      detail: `somebody logged in with a session id ${bad.how}; the same id was answered ${bad.before.status} before and ${bad.after.status} afterwards`,
      severity: 'high',
      cwe: 384,
      repairs: ['Give a new session id at every login.'],
      evidence: [
        { kind: 'exchange', title: 'The session id before the login', exchange: bad.before },
        { kind: 'exchange', title: 'Somebody logs in with it', exchange: bad.login },
        { kind: 'exchange', title: 'The same id afterwards', exchange: bad.after },
      ],
    }),
  ]
}
