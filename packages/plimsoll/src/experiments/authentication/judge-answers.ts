import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen } from './seen.ts'

export const judgeEnumeration = ({ enumeration }: Seen): Judgement[] =>
  enumeration.map(({ operation, existing, missing, differs }) => {
    const subject = `${operation}: enumeration`
    if (differs === '')
      return proven({
        subject,
        title: 'It does not tell which accounts exist',
        detail: `${operation} answered ${existing.status} alike for an account that exists and for one that does not`,
        notCovered: ['the time that answers take'],
      })
    return refuted({
      subject,
      title: 'It tells which accounts exist',
      detail: `the answers differ each time by ${differs}`,
      severity: 'low',
      cwe: 204,
      repairs: ['Answer alike whether the account exists or not.'],
      evidence: [
        { kind: 'exchange', title: 'An account that exists', exchange: existing },
        { kind: 'exchange', title: 'An account that does not', exchange: missing },
      ],
    })
  })

export const judgeThrottle = ({ throttle }: Seen): Judgement[] => {
  if (throttle === null) return []
  const { operation, attempts, limitedBy, rightOpens, switches, wrong, right } = throttle
  const said = { subject: `${operation}: throttle`, standard: 'security.limits' }
  const after = `after ${attempts} wrong passwords for one account in a row`
  if (limitedBy !== '')
    return [proven({ ...said, title: 'Guessing passwords is slowed down', detail: `${after}: ${limitedBy}` })]
  if (!rightOpens) return []
  if (switches.length > 0)
    return [
      inconclusive({
        ...said,
        title: 'Whether guessing passwords is slowed down could not be said',
        detail: `nothing stopped us ${after}, but ${switches.join(', ')} may have turned that off here`,
      }),
    ]
  return [
    refuted({
      ...said,
      title: 'Passwords can be guessed without a limit',
      detail: `${after}, each answered ${wrong.status} at once, the right one was answered ${right.status} and let in`,
      severity: 'medium',
      cwe: 307,
      repairs: ['Count failed logins by account and by address, and answer 429 after a few.'],
      evidence: [
        { kind: 'exchange', title: `The first of ${attempts} wrong passwords`, exchange: wrong },
        { kind: 'exchange', title: 'The right one afterwards', exchange: right },
      ],
      notCovered: ['a limit that stands in front of the service'],
    }),
  ]
}

export const judgeRecoveries = ({ recoveries }: Seen): Judgement[] =>
  recoveries.flatMap(({ operation, attempts, limitedBy, last, switches }) => {
    const said = { subject: `${operation}: throttle`, standard: 'security.limits' }
    const after = `after ${attempts} requests for a new password of one account in a row`
    if (limitedBy !== '')
      return [
        proven({
          ...said,
          title: 'Requests for new passwords are limited',
          detail: `${after}: ${limitedBy}`,
        }),
      ]
    if (switches.length > 0) return []
    return [
      refuted({
        ...said,
        title: 'New passwords can be asked for without a limit',
        detail: `${after} it still answered ${last.status}: whoever knows an address may fill its mailbox, and try codes`,
        severity: 'low',
        tier: 'suspicion',
        cwe: 799,
        repairs: ['Count requests by account and by address, and send one message in a few minutes.'],
        evidence: [{ kind: 'exchange', title: `The last of ${attempts}`, exchange: last }],
        notCovered: ['whether each of them sends a message', 'a limit that stands in front of the service'],
      }),
    ]
  })

const WHAT = { password: 'a password in plain text', hash: 'the hash of a password' }

export const judgeExposures = ({ exposures, searched }: Seen): Judgement[] => {
  if (exposures.length === 0)
    return searched === 0
      ? []
      : [
          proven({
            subject: 'answers: passwords',
            title: 'No answer shows a password or its hash',
            detail: `${searched} operations were searched for the passwords of our accounts and for hashes`,
          }),
        ]
  return exposures.map(({ operation, what, anonymous, exchange }) =>
    refuted({
      subject: `${operation}: passwords`,
      title: `It shows ${WHAT[what]}`,
      detail: `the answer of ${operation} holds ${WHAT[what]}${anonymous ? ', and needs no session' : ''}`,
      severity: anonymous ? 'critical' : exchange.method === 'POST' ? 'medium' : 'high',
      cwe: 200,
      repairs: ['Name the fields that an answer shows; never answer with the whole record.'],
      evidence: [{ kind: 'exchange', title: 'The answer', exchange }],
    }),
  )
}

export const judgeOpenings = ({ openings, guarded }: Seen): Judgement[] => {
  if (openings.length === 0)
    return guarded === 0
      ? []
      : [
          proven({
            subject: 'operations: open to anybody',
            title: 'What should ask for a session asks for one',
            detail: `${guarded} operations with a guarded neighbour were looked at`,
          }),
        ]
  return openings.map(({ operation, because, before, attempt, after, place, sure }) =>
    refuted({
      subject: `${operation}: open to anybody`,
      title:
        after === null ? 'It answers whoever has no session' : 'It lets whoever has no session change things',
      detail: `${because}; ${operation} answered ${attempt.status} without one${after === null ? '' : ', and the account sees the change'}`,
      severity: sure ? 'high' : 'medium',
      tier: sure ? 'defect' : 'suspicion',
      cwe: 306,
      ...(place !== null && { places: [place] }),
      repairs: ['Put the guard of its neighbours before this operation.'],
      evidence: [
        ...(before === null
          ? []
          : [{ kind: 'exchange' as const, title: 'As its account', exchange: before }]),
        { kind: 'exchange', title: 'Without a session', exchange: attempt },
        ...(after === null
          ? []
          : [{ kind: 'exchange' as const, title: 'As its account, afterwards', exchange: after }]),
      ],
    }),
  )
}
