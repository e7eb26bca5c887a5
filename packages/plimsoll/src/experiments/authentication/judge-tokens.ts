import type { Evidence } from '../../model/evidence.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen, Trial } from './seen.ts'

type TokenSeen = NonNullable<Seen['token']>
type GateSeen = NonNullable<Seen['gate']>

type Flaw = { kind: string; title: string; cwe: number; repair: string }

/** What it means that a forgery of this kind is accepted. */
const FLAWS: readonly Flaw[] = [
  {
    kind: 'signature',
    title: 'Tokens are accepted whose signature is wrong',
    cwe: 347,
    repair: 'Verify the signature of every token before anything in it is read: verify, never only decode.',
  },
  {
    kind: 'alg none',
    title: 'Tokens are accepted that say they need no signature',
    cwe: 347,
    repair: 'Name the one algorithm that is allowed where tokens are verified; never take it from the token.',
  },
  {
    kind: 'algorithm confusion',
    title: 'Tokens are accepted that are signed with the public key',
    cwe: 347,
    repair: 'Name the one algorithm that is allowed where tokens are verified; never take it from the token.',
  },
  {
    kind: 'embedded key',
    title: 'Tokens are accepted that bring the key they are signed with',
    cwe: 347,
    repair: 'Take keys from configuration only; ignore "jwk", "jku" and "x5u" in tokens.',
  },
  {
    kind: 'key id',
    title: 'The key id of a token chooses a key that anybody knows',
    cwe: 347,
    repair: 'Look the key id up in a fixed list; never make a path or a statement of it.',
  },
  {
    kind: 'expiry',
    title: 'Tokens are accepted after they expired',
    cwe: 613,
    repair: 'Refuse tokens whose "exp" has passed.',
  },
  {
    kind: 'audience and issuer',
    title: 'Tokens are accepted that were made for another service',
    cwe: 345,
    repair: 'Compare "aud" and "iss" with what this service expects.',
  },
]

/** These say the same once no signature is looked at. */
const IMPLIED = ['alg none', 'algorithm confusion', 'embedded key', 'key id', 'signing key']

export const exchanges = (gate: GateSeen, trial: Trial): Evidence[] => [
  { kind: 'exchange', title: 'With the true session', exchange: gate.good },
  { kind: 'exchange', title: 'With a garbled one', exchange: gate.garbage },
  { kind: 'exchange', title: `Forged: ${trial.what}`, exchange: trial.exchange },
]

const told = (gate: GateSeen, trial: Trial) =>
  `${gate.operation} answered ${trial.exchange.status} to a forged token (${trial.what})${trial.asOther ? ', and showed what belongs to the other account' : ''}; it answers ${gate.garbage.status} to a garbled one`

const judgeKind = (gate: GateSeen, token: TokenSeen, flaw: Flaw): Judgement[] => {
  const trials = token.trials.filter(({ kind }) => kind === flaw.kind)
  const subject = `forged token (${flaw.kind})`
  const bad = trials.find(({ asOther }) => asOther) ?? trials.find(({ accepted }) => accepted)
  if (trials.length === 0) return []
  if (bad === undefined)
    return [
      proven({
        subject,
        title: 'Such forged tokens are refused',
        detail: `${gate.operation} refused forged tokens: ${trials.map(({ what }) => what).join('; ')}`,
      }),
    ]
  return [
    refuted({
      subject,
      title: flaw.title,
      detail: told(gate, bad),
      severity: flaw.kind === 'expiry' || flaw.kind === 'audience and issuer' ? 'high' : 'critical',
      cwe: flaw.cwe,
      repairs: [flaw.repair],
      evidence: exchanges(gate, bad),
    }),
  ]
}

const KEYS: Readonly<Record<string, { title: string; cwe: number; tier: 'defect' | 'suspicion' }>> = {
  source: { title: 'The key that signs tokens is written in the source', cwe: 321, tier: 'defect' },
  guess: { title: 'The key that signs tokens is one that anybody guesses', cwe: 1391, tier: 'defect' },
  fallback: {
    title: 'Without its variable, tokens are signed with a key that is written in the source',
    cwe: 321,
    tier: 'suspicion',
  },
}

const judgeKey = (gate: GateSeen, { key, trials }: TokenSeen): Judgement[] => {
  const found = key === null ? undefined : KEYS[key.from]
  const trial = trials.find(({ kind }) => kind === 'signing key')
  if (key === null || found === undefined || trial?.accepted !== true) return []
  const [file, line] = /^(.*):(\d+)$/.exec(key.where)?.slice(1) ?? []
  const where = key.where === '' ? 'it stands in a list of common secrets' : `from ${key.where}`
  return [
    refuted({
      subject: 'forged token (signing key)',
      title: found.title,
      detail: `${told(gate, trial)}; the key is known: ${where}${key.weak && key.where !== '' ? ', and short or common' : ''}`,
      severity: found.tier === 'defect' ? 'critical' : 'high',
      tier: found.tier,
      cwe: found.cwe,
      ...(file !== undefined && { places: [{ file, line: Number(line) }] }),
      repairs: ['Read the key from the environment, at least 32 random bytes, and do not start without it.'],
      evidence: exchanges(gate, trial),
    }),
  ]
}

const judgeLife = ({ lifeSeconds }: TokenSeen): Judgement[] =>
  lifeSeconds !== null
    ? []
    : [
        refuted({
          subject: 'tokens without an end',
          title: 'Tokens never expire',
          detail: 'a token has no "exp": one that is stolen opens for ever',
          severity: 'low',
          tier: 'advice',
          cwe: 613,
          repairs: [
            'Let access tokens expire within the hour, and renew them with a token that can be revoked.',
          ],
        }),
      ]

export const judgeTokens = ({ gate, token }: Seen): Judgement[] => {
  if (gate === null || token === null) return []
  if (!token.steady)
    return [
      inconclusive({
        subject: 'forged token (signature)',
        title: 'Forged tokens could not be told from true ones',
        detail: `${gate.operation} no longer let the true token in, or let everybody in, after the trials`,
      }),
    ]
  const unverified = token.trials.some(({ kind, accepted }) => kind === 'signature' && accepted)
  const flaws = FLAWS.filter(({ kind }) => !unverified || !IMPLIED.includes(kind))
  const judged = [
    ...flaws.flatMap((flaw) => judgeKind(gate, token, flaw)),
    ...(unverified ? [] : judgeKey(gate, token)),
    ...judgeLife(token),
  ]
  return judged.map((one, index) => (index === 0 ? { ...one, notCovered: token.skipped } : one))
}

export const judgeCookies = ({ gate, cookies }: Seen): Judgement[] => {
  if (gate === null || cookies === null) return []
  const subject = 'forged cookie'
  const bad = cookies.find(({ asOther }) => asOther) ?? cookies.find(({ accepted }) => accepted)
  if (bad === undefined)
    return [
      proven({
        subject,
        title: 'A session cookie cannot be made from what is known of an account',
        detail: `${cookies.length === 0 ? 'nothing in it is made of what the app tells of an account' : `${cookies.length} altered cookies were refused`}; a garbled one is refused`,
      }),
    ]
  return [
    refuted({
      subject,
      title: 'A session cookie says who it is, and anybody can write it',
      detail: `${gate.operation} answered ${bad.exchange.status} with ${bad.what}${bad.asOther ? ', and showed what belongs to the other account' : ''}`,
      severity: 'critical',
      tier: bad.asOther ? 'defect' : 'suspicion',
      cwe: 565,
      repairs: ['Give a random session id, or sign the cookie and verify it.'],
      evidence: exchanges(gate, bad),
    }),
  ]
}
