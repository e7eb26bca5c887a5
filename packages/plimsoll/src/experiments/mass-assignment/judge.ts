import { formatCount } from '../../base/text/numbers.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Severity } from '../../model/priority.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import type { Effect, Seen, Stuck, Tried } from './seen.ts'
import { subjectOf } from './subject.ts'

const CWE = 915

const REPAIRS = [
  'Take the fields that a client may set by name, or validate the body against a schema that refuses all others.',
  'Set owner, role, amounts and states on the server, from the session and its own data, after the body is read.',
]

const POWERFUL = /admin|super|root|owner|true|\*/i

const rightsProved = ({ effects }: Tried, field: string) =>
  effects.some(({ fields }) => fields.includes(field))

type Weight = 'defect' | 'suspicion' | null

const CHANGE = /^(?:PUT|PATCH) (.+)$/
const OF_ONESELF = /\/(?:me|self|profile|account)$/

/** `PATCH /users/:id` beside `POST /users` or `POST /users/register`: what changes the account that is logged in. */
const changesAccount = ({ operation }: Tried, { tried }: Pick<Seen, 'tried'>): boolean => {
  const path = CHANGE.exec(operation)?.[1]
  if (path === undefined) return false
  const accounts = path.replace(/\/:\w+$/, '')
  const registers = tried.filter((one) => one.registers).map((one) => one.operation.replace(/^\w+ /, ''))
  return (
    OF_ONESELF.test(path) ||
    (accounts !== path && registers.some((one) => one === accounts || one.startsWith(`${accounts}/`)))
  )
}

/** A documented role of an account is by design, unless anybody can become an administrator that way. */
const weighRights = (stuck: Stuck, tried: Tried, seen: Pick<Seen, 'tried'>): Weight => {
  if (rightsProved(tried, stuck.field)) return 'defect'
  if (!stuck.documented) return 'defect'
  const isOwn = tried.registers || changesAccount(tried, seen)
  return isOwn && POWERFUL.test(stuck.sent) ? 'defect' : null
}

const weigh = (stuck: Stuck, tried: Tried, seen: Pick<Seen, 'tried'>): Weight => {
  if (stuck.kind === 'rights') return weighRights(stuck, tried, seen)
  if (stuck.documented) return null
  if (stuck.kind === 'state') return 'suspicion'
  // Prices are often the client's to say, and nothing tells what this operation takes.
  if (stuck.kind === 'price' && !tried.described) return 'suspicion'
  return 'defect'
}

const SEVERITY: Record<Stuck['kind'], Severity> = {
  ...{ rights: 'critical', secret: 'critical', ledger: 'critical', price: 'high' },
  ...{ verified: 'high', owner: 'high', tenant: 'high', state: 'medium' },
}
const ORDER: readonly Severity[] = ['critical', 'high', 'medium']

const severest = (stuck: readonly Stuck[], effects: readonly Effect[]): Severity => {
  const all = stuck.map(({ kind }) => SEVERITY[kind])
  return ORDER.find((one) => all.includes(one) || (one === 'critical' && effects.length > 0)) ?? 'high'
}

const tell = ({ field, sent, usual, place }: Stuck) =>
  `${field} became ${sent} instead of ${usual} (${place})`

const tellEffect = ({ fields, operation, before, after }: Effect) =>
  `with ${fields.join(', ')} ${operation} answers ${after.status} instead of ${before.status}`

const evidenceOf = (stuck: readonly Stuck[], { effects, origin }: Tried): Evidence[] => {
  const [first] = stuck
  const [effect] = effects
  const exchange = (title: string, one: Stuck['read']): Evidence[] =>
    one === null || one === undefined ? [] : [{ kind: 'exchange', title, exchange: one }]
  return [
    ...exchange('The request with the field', first?.request ?? effect?.request ?? null),
    ...exchange('The same request without it', first?.control ?? null),
    ...exchange('Read again, with the field', first?.read ?? null),
    ...exchange('Read again, without it', first?.controlRead ?? null),
    ...(first?.row == null
      ? []
      : [{ kind: 'text' as const, title: `Kept in ${first.place}`, text: first.row }]),
    ...(first?.statement == null
      ? []
      : [
          { kind: 'statements' as const, title: 'The statement that kept it', statements: [first.statement] },
        ]),
    ...exchange('Answered to an account made without the field', effect?.before ?? null),
    ...exchange('Answered to the one made with it', effect?.after ?? null),
    ...(origin === null || origin.excerpt === ''
      ? []
      : [{ kind: 'source' as const, title: 'Where it is written', ...origin }]),
  ]
}

/** What is documented, or validated, is the client's to say. */
const keptOf = ({ stuck }: Tried) => {
  const fields = [...new Set(stuck.map(({ field }) => field))]
  return fields.length === 0 ? 'none was kept' : `kept, as documented: ${fields.join(', ')}; no other`
}

const judgeOne = (tried: Tried, seen: Seen): Judgement => {
  const { operation, reason, fields, refused, effects, origin } = tried
  const subject = subjectOf(operation)
  if (reason !== '')
    return inconclusive({ subject, title: `Could not be tried: ${operation}`, detail: reason })
  const weighed = tried.stuck.map((stuck) => ({ stuck, weight: weigh(stuck, tried, seen) }))
  const defects = weighed.filter(({ weight }) => weight === 'defect').map(({ stuck }) => stuck)
  const suspected = weighed.filter(({ weight }) => weight === 'suspicion').map(({ stuck }) => stuck)
  const proved = defects.length > 0 || effects.length > 0
  const stuck = proved ? defects : suspected
  if (!proved && suspected.length === 0) {
    const detail =
      fields.length === 0
        ? 'it shows no field that only the service may decide'
        : `${formatCount(fields.length, 'field')} beyond its own: ${keptOf(tried)}${refused > 0 ? `, ${formatCount(refused, 'request')} refused` : ''}`
    return proven({ subject, title: `Decides for itself what it keeps: ${operation}`, detail })
  }
  // Without accounts nobody has fewer rights than anybody else.
  const tier = proved && seen.accounts > 0 ? 'defect' : 'suspicion'
  return refuted({
    subject,
    title: 'A client sets what only the service may decide',
    detail: [...stuck.map(tell), ...effects.map(tellEffect)].join('; '),
    severity: severest(stuck, effects),
    tier,
    cwe: CWE,
    places: origin === null ? [] : [origin.place],
    repairs: REPAIRS,
    evidence: evidenceOf(stuck, tried),
  })
}

/** Pure: what was seen, weighed. */
export const judge = (seen: Seen): Judgement[] => {
  if (seen.tried.length === 0 && seen.notReached.length === 0)
    return [
      notApplicable({
        subject: 'writes',
        title: 'No write was found that takes fields',
        detail: 'no accepted POST, PUT or PATCH with a JSON body is known',
      }),
    ]
  const judged = seen.tried.map((tried) => judgeOne(tried, seen))
  if (seen.notReached.length === 0) return judged
  return [
    ...judged,
    inconclusive({
      subject: 'writes that were not reached',
      title: 'Some writes were not tried',
      detail: seen.notReached.join(', '),
    }),
  ]
}
