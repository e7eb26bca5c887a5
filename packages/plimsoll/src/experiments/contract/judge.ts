import type { Evidence } from '../../model/evidence.ts'
import { bySeverity } from '../../model/priority.ts'
import type { Standard } from '../../model/standard.ts'
import { type Judgement, refuted } from '../../model/verdict.ts'
import { judgeReach } from './judge-reach.ts'
import { judgeWhole } from './judge-whole.ts'
import type { Anomaly, Seen } from './seen.ts'
import { EXPECTED, severityOf, short, subjectOf, tierOf, WORDS } from './words.ts'

/** More than that are one line: whoever mends these finds the rest on the way. */
const MOST = 10
export const FURTHER = 'further operations'

const BOUNDS = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['pattern', 'enum', 'const', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
])

/** What was wrongly taken in comes out again: that is no second cause. */
const withoutEchoes = (anomalies: readonly Anomaly[]): readonly Anomaly[] => {
  const letsIn = anomalies.some(({ check }) => check === 'accepted' || check === 'repeat-put')
  return letsIn
    ? anomalies.filter(({ check, broken }) => check !== 'response' || !BOUNDS.has(broken ?? ''))
    : anomalies
}

/** What is wrong with an answer, wherever in it: one serialiser gives the same thing to many operations. */
const complaint = ({ problem, broken }: Anomaly) => {
  const [, place, what] = /^(the body|\/\S*) (.*)$/.exec(problem) ?? []
  if (broken === null || place === undefined || what === undefined) return problem
  const field = place.startsWith('/') ? place.split('/').at(-1) : '*'
  return field === '*' ? what : `${field} ${what}`
}

/** One unchecked part that one statement is given is one cause, whatever the store says of each value. */
const causeOf = (anomaly: Anomaly) =>
  anomaly.statement === null || anomaly.input === null
    ? subjectOf(anomaly)
    : JSON.stringify([anomaly.operation, anomaly.input.part, anomaly.statement.shape])

/** Anomalies with one key are one finding: those of a subject, leaks of everything, the same complaint about answers. */
const keysOf = (anomalies: readonly Anomaly[]): Map<Anomaly, string> => {
  const complaints = new Map<string, Set<string>>()
  for (const anomaly of anomalies) {
    const subject = subjectOf(anomaly)
    complaints.set(subject, (complaints.get(subject) ?? new Set()).add(complaint(anomaly)))
  }
  return new Map(
    anomalies.map((anomaly) => {
      const subject = subjectOf(anomaly)
      if (anomaly.check === 'leak') return [anomaly, 'leak']
      if (anomaly.check === 'server-error') return [anomaly, causeOf(anomaly)]
      const isShared = anomaly.check === 'response' && anomaly.broken !== null
      return [anomaly, isShared ? [...(complaints.get(subject) ?? [])].sort().join('\n') : subject]
    }),
  )
}

/** Failures, and what several operations share, stay in the order in which they were found: so does their subject. */
const grouped = (anomalies: readonly Anomaly[]): Anomaly[][] => {
  const keys = keysOf(anomalies)
  const groups = new Map<string, Anomaly[]>()
  for (const anomaly of anomalies) {
    const key = keys.get(anomaly) ?? ''
    groups.set(key, [...(groups.get(key) ?? []), anomaly])
  }
  return [...groups.values()].map((group) =>
    new Set(group.map(({ operation }) => operation)).size > 1 || group[0]?.check === 'server-error'
      ? group
      : [...group].sort((a, b) => bySeverity(severityOf(a), severityOf(b))),
  )
}

const gravestOf = (group: readonly Anomaly[]) => group.map(severityOf).sort(bySeverity)[0] ?? 'low'

const evidenceOf = ([first, ...more]: readonly Anomaly[]): Evidence[] => {
  if (first === undefined) return []
  const also = [...first.also, ...more.map(({ operation, problem }) => `${operation}: ${problem}`)]
  return [
    ...first.exchanges.map(({ title, exchange }): Evidence => ({ kind: 'exchange', title, exchange })),
    ...(first.statement === null
      ? []
      : [{ kind: 'statements', title: 'The statement', statements: [first.statement] } satisfies Evidence]),
    ...(first.source === null
      ? []
      : [{ kind: 'source', title: 'Where it is written', ...first.source } satisfies Evidence]),
    ...(first.log.length === 0
      ? []
      : [{ kind: 'log', title: 'What the app said', lines: first.log } satisfies Evidence]),
    ...(also.length === 0
      ? []
      : [{ kind: 'text', title: 'The same with', text: [...new Set(also)].join('\n') } satisfies Evidence]),
  ]
}

const phaseOf = ({ input }: Anomaly) =>
  input === null || input.part === '' ? null : `${input.part}: ${input.note} (${input.phase})`

const detailOf = (group: readonly Anomaly[]): string => {
  const [first] = group
  if (first === undefined) return ''
  const what = first.check === 'accepted' ? null : phaseOf(first)
  const where = first.places[0]
  const more = group.reduce((sum, { also }) => sum + also.length, group.length - 1)
  return [
    what === null ? first.problem : `${what}: ${first.problem}`,
    where === undefined ? null : `${where.file}:${where.line}`,
    more === 0 ? null : `${more} more with the same cause`,
  ]
    .filter((part) => part !== null)
    .map((part) => short(part))
    .join(' · ')
}

const titleOf = (anomaly: Anomaly): string => {
  const { title } = WORDS[anomaly.check]
  if (anomaly.check === 'server-error' && severityOf(anomaly) === 'high')
    return 'Valid input makes it fail with a 5xx'
  return title
}

const judgeGroup = (group: readonly Anomaly[]): Judgement[] => {
  const [first] = group
  if (first === undefined) return []
  const { repairs, cwe, standard } = WORDS[first.check]
  const status = first.exchanges.length > 0 ? EXPECTED[first.check] : undefined
  return [
    refuted({
      subject: subjectOf(first),
      title: titleOf(first),
      detail: detailOf(group),
      severity: gravestOf(group),
      tier: tierOf(group),
      repairs,
      evidence: evidenceOf(group),
      ...(cwe !== undefined && { cwe }),
      ...(standard !== undefined && { standard }),
      ...(first.places.length > 0 && { places: first.places }),
      ...(status !== undefined && { expects: { evidence: 0, status } }),
    }),
  ]
}

const TIERS = ['defect', 'suspicion', 'advice']

const byWeight = (a: Judgement, b: Judgement) =>
  TIERS.indexOf(a.tier ?? '') - TIERS.indexOf(b.tier ?? '') ||
  bySeverity(a.severity ?? 'low', b.severity ?? 'low') ||
  (a.subject < b.subject ? -1 : 1)

const fold = (rest: readonly Judgement[]): Judgement[] => {
  const [gravest] = rest
  if (gravest === undefined) return []
  const titles = [...new Set(rest.map(({ title }) => title))].join('; ')
  return [
    refuted({
      subject: FURTHER,
      title: `And ${rest.length} more of the same kinds`,
      detail: short(`${titles}: ${rest.map(({ subject }) => subject).join(', ')}`, 400),
      severity: gravest.severity ?? 'low',
      tier: gravest.tier ?? 'defect',
      repairs: gravest.repairs,
      evidence: [
        {
          kind: 'text',
          title: 'All of them',
          text: rest.map(({ subject, detail }) => `${subject}\n  ${detail}`).join('\n'),
        },
      ],
    }),
  ]
}

export const judge = (seen: Seen, standard: Standard, all?: readonly Standard[]): Judgement[] => {
  const wanted = (one: Judgement) =>
    all === undefined || all.some(({ id }) => id === (one.standard ?? standard.id))
  const found = grouped(withoutEchoes(seen.anomalies)).flatMap(judgeGroup).filter(wanted).sort(byWeight)
  // In a second execution fewer operations are asked, so nothing is folded away that was shown in the first.
  const shown = seen.focused ? found : found.slice(0, MOST)
  const folded = found.slice(MOST)
  return [...shown, ...fold(folded), ...judgeWhole(seen).filter(wanted), ...judgeReach(seen)]
}
