import { formatCount } from '../../base/text/numbers.ts'
import { describeRows } from '../../base/text/rows.ts'
import { isAcknowledged } from '../../lab/operations/acknowledged.ts'
import { isSideTable } from '../../lab/operations/side-table.ts'
import type { Evidence } from '../../model/evidence.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import { describeLack, describeLeft, isStep, lacks, outcomeOf, remains } from './effect.ts'
import type { Seen, Torn, Try } from './index.ts'

/** From the worst; only the worst of an operation is said. */
const FLAWS = ['lost', 'acknowledged', 'torn', 'step', 'repeatable', 'side'] as const
type Flaw = (typeof FLAWS)[number]

/** What is wrong after this failure; null when nothing, or everything, of the operation is there. */
const flawOf = (one: Try, torn: Torn): Flaw | null => {
  if (!one.struck || torn.undisturbed === null) return null
  const outcome = outcomeOf(one.left)
  const promised = isAcknowledged(one.exchange, torn.undisturbed)
  if (outcome === 'everything' || (outcome === 'nothing' && !promised)) return null
  const missing = lacks(one.left)
  if (missing.every(({ table }) => isSideTable(table))) return 'side'
  if (promised && one.exchange.status === 202) return 'side'
  if (promised) return outcome === 'nothing' ? 'lost' : 'acknowledged'
  if (remains(one.left).every(({ table }) => isSideTable(table))) return 'side'
  if (isStep(one.left)) return 'step'
  return one.again === 'whole' ? 'repeatable' : 'torn'
}

const SAID: Record<
  Flaw,
  {
    title: (route: string) => string
    severity: 'critical' | 'high' | 'medium' | 'low'
    tier: 'defect' | 'suspicion'
  }
> = {
  lost: {
    title: (route) => `${route} says that it is done when its write failed`,
    severity: 'critical',
    tier: 'defect',
  },
  acknowledged: {
    title: (route) => `${route} says that it is done when only a part of it is there`,
    severity: 'critical',
    tier: 'defect',
  },
  torn: {
    title: (route) => `${route} is left half done when a write fails`,
    severity: 'high',
    tier: 'defect',
  },
  step: {
    title: (route) => `${route} stays at a step in between when a write fails`,
    severity: 'medium',
    tier: 'suspicion',
  },
  repeatable: {
    title: (route) => `${route} is left half done until it is sent again`,
    severity: 'medium',
    tier: 'suspicion',
  },
  side: {
    title: (route) => `${route} and what it writes beside it do not agree when a write fails`,
    severity: 'low',
    tier: 'suspicion',
  },
}

const REPAIRS = [
  'Put the writes into one transaction, all on one connection, and roll it back on any error.',
  'What must happen outside of the database (mail, payment, another service): write it down in the same transaction (an outbox), and do it after the commit.',
]
const PROMISE =
  'Answer with a success only after every write, and the commit, has succeeded; let their errors through.'

const answerOf = ({ exchange: { status, error } }: Try) =>
  status === null ? `no answer (${error ?? 'none'})` : `answered ${status}`

const failureOf = ({ fault, place }: Try) =>
  fault === 'fail' ? `${place} failed` : `connection cut before ${place}`

const describeTry = (one: Try): string => {
  const there = remains(one.left).map(describeLeft)
  const missing = lacks(one.left).map(describeLack)
  return [
    `${failureOf(one)}: ${answerOf(one)}`,
    `  there:   ${there.join('; ') || 'nothing'}`,
    `  missing: ${missing.join('; ')}`,
  ].join('\n')
}

const detailOf = (one: Try, flawed: number, struck: number): string => {
  const tables = one.left.map(({ table, there }) => `${table} ${describeRows(there)}`).join(', ')
  const times = `${flawed} of ${formatCount(struck, 'failure')} left it so`
  const ended = one.exited ? ' · the process ended' : ''
  return `${failureOf(one)}, ${answerOf(one)}: ${tables} · ${times}${ended}`
}

const evidenceOf = (one: Try, flawed: readonly Try[]): Evidence[] => [
  {
    kind: 'text',
    title: 'What was there afterwards',
    text: flawed.slice(0, 6).map(describeTry).join('\n\n'),
  },
  { kind: 'text', title: 'The statement that failed', text: one.sql },
  ...(one.origin === null ? [] : [{ kind: 'source' as const, title: 'Where it is written', ...one.origin }]),
  { kind: 'exchange', title: 'The request and its answer', exchange: one.exchange },
  ...(one.statements.length === 0
    ? []
    : [{ kind: 'statements' as const, title: 'Statements of this request', statements: one.statements }]),
]

const judgeOperation = (torn: Torn): Judgement => {
  const subject = torn.route
  const struck = torn.tries.filter((one) => one.struck)
  if (struck.length === 0) {
    const detail = torn.reason || 'the statements of the undisturbed request did not come again'
    return inconclusive({
      subject,
      title: `${torn.route} could not be torn`,
      detail,
      notCovered: [`a failure in the middle of ${torn.route}`],
    })
  }
  const flaws = struck.map((one) => ({ one, flaw: flawOf(one, torn) }))
  const worst = FLAWS.find((flaw) => flaws.some((found) => found.flaw === flaw))
  const flawed = flaws.filter(({ flaw }) => flaw === worst).map(({ one }) => one)
  const [first] = flawed
  if (worst === undefined || first === undefined) {
    return proven({
      subject,
      title: `${torn.route} leaves nothing half done when a write fails`,
      detail: `${formatCount(torn.writes, 'write')}, ${formatCount(struck.length, 'failure')}: nothing or everything was there each time`,
      notCovered: ['two failures in one request'],
    })
  }
  const said = SAID[worst]
  const promised = worst === 'lost' || worst === 'acknowledged'
  return refuted({
    subject,
    title: said.title(torn.route),
    detail: detailOf(first, flawed.length, struck.length),
    severity: said.severity,
    tier: said.tier,
    repairs: promised ? [PROMISE, ...REPAIRS] : REPAIRS,
    evidence: evidenceOf(first, flawed),
  })
}

export const judge = (seen: Seen): Judgement[] => {
  const subject = `${seen.store}: operations`
  if (seen.reason !== '')
    return [
      inconclusive({
        subject,
        title: 'No operation could be torn',
        detail: seen.reason,
        notCovered: ['failures in the middle of an operation'],
      }),
    ]
  if (seen.operations.length === 0) {
    const detail =
      seen.single.length === 0
        ? 'no operation is known that writes'
        : `${seen.single.join(', ')}: one write each, which the database makes whole by itself`
    return [notApplicable({ subject, title: 'No operation writes more than once', detail })]
  }
  return seen.operations.map(judgeOperation)
}
