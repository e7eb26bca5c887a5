import type { Evidence } from '../../model/evidence.ts'
import { tellSchedule } from '../../model/reading/tell-schedule.ts'
import type { Standard } from '../../model/standard.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import { nameAnomaly, updates } from './anomaly.ts'
import { describeOutcomes } from './describe.ts'
import type { Outcome, Reference } from './outcome.ts'
import { SAID, TAKEN_BY_A_ROW } from './repairs.ts'
import type { AnomalySeen, ChanceSeen, PairSeen, Seen } from './seen.ts'

const NOT_COVERED = ['races between three and more requests', 'what the app changes outside of its store']

const both = ({ A, B }: Outcome['statuses']) => `${A ?? 'no answer'} and ${B ?? 'no answer'}`

const serialOrders = (references: readonly Reference[]) =>
  references.filter(({ order }) => order === 'A, then B' || order === 'B, then A')

const evidenceOf = (anomaly: AnomalySeen): Evidence[] => {
  const { requests, played, read, write, origin } = anomaly
  const line = (actor: 'A' | 'B') => {
    const { method, path, body } = requests[actor] ?? { method: '', path: '' }
    return `${actor}: ${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`
  }
  const first =
    anomaly.before.length === 0 ? [] : [`first, one after the other: ${anomaly.before.length} × A`]
  return [
    {
      kind: 'text',
      title: 'The two requests',
      text: [...first, line('A'), line('B'), `(${anomaly.situation})`].join('\n'),
    },
    { kind: 'schedule', title: 'The order that shows it', played },
    { kind: 'text', title: 'Expected and got', text: describeOutcomes(anomaly.got, anomaly.references) },
    { kind: 'text', title: 'Read, then written', text: `${read}\n${write}` },
    ...(origin === null
      ? []
      : [{ kind: 'source' as const, title: 'Written here', place: origin.place, excerpt: origin.excerpt }]),
  ]
}

const sums = /\bsum\s*\(/i

const found = (pair: PairSeen, anomaly: AnomalySeen): Judgement => {
  const named = nameAnomaly(anomaly.got, anomaly.references, anomaly.apart)
  const name = named === 'duplicate' && sums.test(anomaly.read) ? 'double spend' : named
  const said = SAID[name]
  const isRow = name === 'double spend' && !updates(anomaly.got.changes)
  const [first] = serialOrders(anomaly.references)
  const place = anomaly.origin === null ? '' : `${anomaly.origin.place.file}:${anomaly.origin.place.line} · `
  const order = tellSchedule(anomaly.played)
  const common = {
    subject: pair.subject,
    evidence: evidenceOf(anomaly),
    notCovered: NOT_COVERED,
    repairs: isRow ? [...TAKEN_BY_A_ROW] : said.repairs,
  }
  const answers = `${both(anomaly.got.statuses)}${first ? `; one after the other ${both(first.statuses)}` : ''}`
  if (anomaly.kind === 'answers') {
    return refuted({
      ...common,
      title:
        anomaly.got.accepted.A && anomaly.got.accepted.B
          ? 'Two requests at once are both told yes, where one of them would be told no'
          : 'A request that meets another one is told no, and done all the same',
      detail: `${place}the rows are right, the answers are not · ${order}: ${answers}`,
      severity: 'low',
      tier: 'suspicion',
    })
  }
  if (anomaly.kind === 'journal') {
    return refuted({
      ...common,
      title: 'A change that was made once is recorded more than once',
      detail: `${place}${order}: ${answers}`,
      severity: 'low',
      tier: 'suspicion',
    })
  }
  if (anomaly.kind === 'traces') {
    return refuted({
      ...common,
      title: 'A request that loses to another one is refused, and leaves rows all the same',
      detail: `${place}${order}: ${answers}`,
      severity: 'low',
      tier: 'suspicion',
    })
  }
  return refuted({
    ...common,
    title: said.title,
    detail: `${place}${name} · ${order}: ${answers}`,
    severity: said.severity,
  })
}

const safe = ({ subject, situations, trials, guarded, played, tables }: PairSeen): Judgement =>
  proven({
    subject,
    title:
      guarded > 0 && played === 0 ? 'A lock keeps the two apart' : 'Every forced order comes to a serial one',
    detail: `${trials} forced orders over ${tables.join(', ')}: ${guarded} held apart by a lock, ${played} as ordered · ${situations.join('; ')}`,
    notCovered: NOT_COVERED,
  })

const pairJudgement = (pair: PairSeen): Judgement => {
  if (pair.anomaly !== null && pair.anomaly.kind === 'rows') return found(pair, pair.anomaly)
  const gone = /^DELETE \S+ × itself$/.test(pair.subject)
  if (pair.anomaly !== null && !gone) return found(pair, pair.anomaly)
  if (pair.doubts.length > 0) {
    return inconclusive({
      subject: pair.subject,
      title: 'One after the other, it does not always come to the same here',
      detail: pair.doubts.join('; '),
      notCovered: [`races of ${pair.subject}`],
    })
  }
  if (pair.played + pair.guarded > 0 && pair.unforced.length === 0) return safe(pair)
  const what = pair.unforced.length === 0 ? '' : `${pair.unforced.join('; ')}: `
  return inconclusive({
    subject: pair.subject,
    title: 'These two could not be brought into the order that counts',
    detail: `${what}${pair.reasons.join('; ') || 'no order could be forced'}`,
    notCovered: [`races of ${pair.subject}`],
  })
}

const accepted = (statuses: readonly (number | null)[]) =>
  statuses.filter((status) => status !== null && status < 400).length

/** Luck shows an anomaly and never its absence. */
const chanceJudgement = ({ label, serial, statuses }: ChanceSeen): Judgement[] => {
  const yes = accepted(statuses)
  if (accepted(serial) !== 1 || yes <= 1) return []
  return [
    refuted({
      subject: `${label} × itself`,
      title: 'The same request is accepted more than once when many come at once',
      detail: `probabilistic: ${yes} of ${statuses.length} at once accepted; one after the other only the first`,
      severity: 'high',
      tier: 'suspicion',
      repairs: SAID.duplicate.repairs,
    }),
  ]
}

const rest = ({ operations, pairs, harmless, leftOut }: Seen): Judgement[] => {
  const profiled = operations.filter(({ reason }) => reason === '')
  const unknown = operations.filter(({ reason }) => reason !== '')
  const said: Judgement[] = []
  if (profiled.length > 0 && harmless > 0) {
    said.push(
      proven({
        subject: 'pairs that cannot meet',
        title: 'No operation rests a write on rows that its partner writes',
        detail: `${harmless} of ${harmless + pairs.length + leftOut.length} pairs of ${profiled.length} operations, by the statements that they make`,
        notCovered: NOT_COVERED,
      }),
    )
  }
  const left = [...unknown.map(({ label, reason }) => `${label}: ${reason}`), ...leftOut]
  if (left.length > 0) {
    said.push(
      inconclusive({
        subject: 'operations not raced',
        title: 'Some operations were not raced',
        detail: `${left.slice(0, 6).join(' · ')}${left.length > 6 ? ` · ${left.length - 6} more` : ''}`,
        notCovered: left.map((one) => `races of ${one}`).slice(0, 12),
      }),
    )
  }
  return said
}

const orderless = ({ reason, chances }: Seen) =>
  chances.length === 0
    ? reason
    : `${reason}; ${chances.length} operations were sent many times at once instead, which proves nothing when nothing shows`

export const judge = (seen: Seen, _standard: Standard): Judgement[] => {
  const subject = 'races'
  if (seen.reason !== '')
    return [
      ...seen.chances.flatMap(chanceJudgement),
      inconclusive({ subject, title: 'Requests could not be ordered', detail: orderless(seen) }),
    ]
  if (seen.operations.length === 0)
    return [
      notApplicable({ subject, title: 'Nothing to race', detail: 'no request was found that changes data' }),
    ]
  return [...seen.pairs.map(pairJudgement), ...rest(seen)]
}
