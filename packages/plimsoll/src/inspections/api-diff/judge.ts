import type { Evidence } from '../../model/evidence.ts'
import { type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import type { Break, Comparison, Seen } from './seen.ts'

const MOST_SHOWN = 25
const MOST_CHARACTERS = 2_000

const REPAIRS = [
  'keep what clients use: accept the old form beside the new one, and keep the fields that answers had',
  'where it has to change, offer the new form under a new path or media type, and mark the old one deprecated first',
  'where no client is left that uses it, raise the first number of info.version: the break is then announced',
]

const subjectOf = ({ operations: [first = ''], part, at, rule }: Break) =>
  [first, part, at, rule].filter((word) => word !== '').join(' ')

const titleOf = ({ operations: [first = ''], part, what }: Break) => {
  const where = part === '' ? first : `${first}, ${part}`
  return `${where}: ${what}`
}

const shared = ({ operations }: Break) =>
  operations.length < 2
    ? ''
    : ` · also ${operations.slice(1, 6).join(', ')}${operations.length > 6 ? ' …' : ''}`

const evidenceOf = ({ witness }: Break, base: string): Evidence[] => {
  if (witness === null) return []
  const text = (JSON.stringify(witness.value, null, 2) ?? '').slice(0, MOST_CHARACTERS)
  const title =
    witness.as === 'request'
      ? 'A request that was valid, and is refused'
      : 'An answer that clients do not know'
  const [good, bad] = witness.as === 'request' ? [base, 'now'] : ['now', base]
  return [{ kind: 'text', title, text: `${text}\n\n${good}: valid\n${bad}: ${witness.refusal}` }]
}

const judgeBreak = (found: Break, { document, base, announced }: Comparison): Judgement => {
  const sure = found.witness !== null
  return refuted({
    subject: subjectOf(found),
    severity: sure ? found.severity : 'low',
    tier: announced ? 'advice' : sure ? 'defect' : 'suspicion',
    title: titleOf(found),
    detail: `${document} against ${base}${shared(found)}${announced ? ' · a new major version' : ''}`,
    repairs: REPAIRS,
    evidence: evidenceOf(found, base ?? ''),
    ...(found.place !== null && { places: [found.place] }),
  })
}

const judgeComparison = (comparison: Comparison): Judgement[] => {
  const { document, base, operations, breaks, unread } = comparison
  const found = breaks.slice(0, MOST_SHOWN).map((one) => judgeBreak(one, comparison))
  if (found.some(({ tier }) => tier === 'defect')) return found
  const left = breaks.length > MOST_SHOWN ? [`${breaks.length - MOST_SHOWN} more changes`] : []
  return [
    proven({
      subject: document,
      title: 'Clients of the API as it was can go on as they do',
      detail: `${operations} operations of ${base} held against the document`,
      notCovered: [
        ...left,
        ...unread,
        'whether the service does what the document says: the experiments with the contract show that',
        'clients that rely on what the document does not say',
      ],
    }),
    ...found,
  ]
}

export const judge = ({ comparisons }: Seen): Judgement[] => {
  const subject = 'the API'
  if (comparisons.length === 0)
    return [
      notApplicable({
        ...{ subject, title: 'No OpenAPI document of this backend was found' },
        detail: 'contract.document in the configuration names one',
      }),
    ]
  const held = comparisons.filter(({ base }) => base !== null)
  if (held.length > 0) return held.flatMap(judgeComparison)
  const files = comparisons.map(({ document }) => document).join(', ')
  return [
    notApplicable({
      ...{ subject, title: 'There is no earlier state of the API to hold it against' },
      detail: `${files}: no other commit has it; contract.base in the configuration names a file or a git ref`,
    }),
  ]
}
