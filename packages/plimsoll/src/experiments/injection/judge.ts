import { cutTo } from '../../base/text/fit.ts'
import type { Evidence } from '../../model/evidence.ts'
import { RATE_LIMITED } from '../../model/reading/rate-limit.ts'
import { inconclusive, type Judgement, notApplicable, proven, refuted } from '../../model/verdict.ts'
import { excerpt } from './answers.ts'
import { familyOf } from './families/all.ts'
import type { Family, Proof, Sighting } from './family.ts'
import type { Seen } from './index.ts'
import { crashSubjectOf, subjectOf } from './subject.ts'

type Attempt = Seen['attempts'][number]
type Proved = { attempt: Attempt; family: Family; proof: Proof }

const CAPTIONS: Readonly<Record<string, string>> = {
  control: 'The same request as it usually is',
  attack: 'The request that does it, and its answer',
  write: 'The request that does it, and its answer',
  again: 'Once more, in a form that runs',
}

const textIn = (sighting: Sighting): string | undefined =>
  [...sighting.products, sighting.mark].find((text) => sighting.exchange.body.includes(text))

const exchangeOf = (sighting: Sighting): Evidence => ({
  kind: 'exchange',
  title: CAPTIONS[sighting.role] ?? sighting.role,
  exchange: excerpt(sighting.exchange, textIn(sighting)),
})

const evidenceOf = ({ attempt, proof }: Proved): Evidence[] => {
  const statements = proof.show.flatMap((sighting) => sighting.statements.slice(0, 1))
  return [
    ...proof.show.slice(0, 6).map(exchangeOf),
    ...(statements.length === 0
      ? []
      : [
          { kind: 'statements' as const, title: 'The statements, as the database was sent them', statements },
        ]),
    ...(attempt.origin === null
      ? []
      : [{ kind: 'source' as const, title: 'Where the statement is written', ...attempt.origin }]),
  ]
}

const placesOf = (all: readonly Proved[]) => {
  const places = all.map(({ attempt }) => attempt.origin?.place ?? attempt.place)
  return places.filter(
    ({ file, line }, at) => places.findIndex((one) => one.file === file && one.line === line) === at,
  )
}

const RANKS = ['critical', 'high', 'medium', 'low']
const worst = (all: readonly Proved[]) =>
  [...all].sort(
    (a, b) =>
      Number(a.proof.tier === 'suspicion') - Number(b.proof.tier === 'suspicion') ||
      RANKS.indexOf(a.proof.severity) - RANKS.indexOf(b.proof.severity),
  )

/** One finding for an operation and a family, however many of its inputs lead there. */
const accuse = (all: readonly Proved[], seen: Seen): Judgement[] => {
  const [first, ...others] = worst(all)
  if (first === undefined) return []
  const { attempt, family, proof } = first
  const inputs = [first, ...others].map((one) => one.attempt.input)
  return [
    refuted({
      subject: subjectOf(attempt.operation, family.title),
      title: `${attempt.operation} ${family.harm}`,
      detail: `${inputs.join(', ')}: ${proof.says}`,
      severity: proof.severity,
      tier: proof.tier ?? 'defect',
      cwe: proof.cwe ?? family.cwe,
      places: placesOf([first, ...others]),
      repairs: [...family.repairs],
      evidence: evidenceOf(first),
      notCovered: notCoveredBy(seen),
    }),
  ]
}

const notCoveredBy = (seen: Seen): string[] => {
  const limited = [...new Set(seen.losses.filter(({ why }) => why === 'limited').map((one) => one.operation))]
  return [
    ...seen.left.map(
      ({ family, places }) => `${family} at ${places} more ${places === 1 ? 'input' : 'inputs'}`,
    ),
    ...(limited.length === 0 ? [] : [`${limited.join(', ')} after the app answered 429`]),
    ...(seen.canary ? [] : ['commands, files and addresses: nothing could be put where they would be found']),
  ]
}

const MOST_SHOWN = 60

/** The way down is judged elsewhere; that one of these requests led there is worth saying. */
const crashes = (seen: Seen): Judgement[] => {
  const exits = seen.losses.filter(({ why }) => why === 'exited')
  return [...new Set(exits.map(({ operation }) => operation))].map((operation) => {
    const loss = exits.find((one) => one.operation === operation)
    return refuted({
      subject: crashSubjectOf(operation),
      title: `The process ended after odd input to ${operation}`,
      detail: `${loss?.input}: ${JSON.stringify(cutTo(loss?.sent ?? '', MOST_SHOWN))}`,
      severity: 'high',
      tier: 'suspicion',
      repairs: ['Catch errors of the request path and answer 4xx; never let one reach the process.'],
    })
  })
}

/** What was tried less than this says too little. */
const ENOUGH = 0.8

/** On a large API the time does not reach for all: then they are one line. */
const MOST_LINES = 3
const HARDLY_TRIED = 'operations not tried enough'

const foldHardlyTried = (judgements: readonly Judgement[]): Judgement[] => {
  const hardly = judgements.filter(({ status }) => status === 'inconclusive')
  if (hardly.length <= MOST_LINES) return [...judgements]
  const names = hardly.map(({ subject }) => subject)
  return [
    ...judgements.filter(({ status }) => status !== 'inconclusive'),
    inconclusive({
      subject: HARDLY_TRIED,
      title: `${hardly.length} operations were not tried enough`,
      detail: `${names.slice(0, MOST_LINES).join(', ')} and ${names.length - MOST_LINES} more: the time was used up, or the app limits requests`,
      evidence: [
        {
          kind: 'text',
          title: 'What was tried',
          text: hardly.map(({ subject, detail }) => `${subject}: ${detail}`).join('\n'),
        },
      ],
      notCovered: names.map((name) => `input of ${name}`),
    }),
  ]
}

const held = (seen: Seen, accused: ReadonlySet<string>): Judgement[] =>
  seen.tried
    .filter(({ operation, reached, attempts }) => (reached || attempts === 0) && !accused.has(operation))
    .map(({ operation, inputs, attempts, left }) => {
      const detail = attempts === 0 ? 'not tried' : `tried in ${attempts} ways at ${inputs.join(', ')}`
      const notCovered = notCoveredBy(seen)
      if (attempts >= ENOUGH * (attempts + left))
        return proven({ subject: operation, title: `${operation} takes input as data`, detail, notCovered })
      const isLimited = seen.losses.some((one) => one.operation === operation && one.why === 'limited')
      const why = isLimited ? RATE_LIMITED : `${left} more were left out`
      return inconclusive({
        subject: operation,
        title: `${operation} was not tried enough`,
        detail: `${detail}; ${why}`,
        notCovered,
      })
    })

const unreached = (seen: Seen, accused: ReadonlySet<string>): Judgement[] => {
  const away = seen.tried.filter(
    ({ operation, reached, attempts }) => !reached && attempts > 0 && !accused.has(operation),
  )
  if (away.length === 0) return []
  const names = away.map(({ operation }) => operation)
  return [
    inconclusive({
      subject: 'operations out of reach',
      title: 'Some operations turned every request away',
      detail: `${names.join(', ')}: no request is known that they take`,
      notCovered: names.map((name) => `input of ${name}`),
    }),
  ]
}

export const judge = (seen: Seen): Judgement[] => {
  if (seen.tried.length === 0) {
    const detail = 'no operation was found that takes a value of the caller'
    return [notApplicable({ subject: 'input', title: 'Input', detail })]
  }
  const proved = seen.attempts.flatMap((attempt): Proved[] => {
    const family = familyOf(attempt.family)
    const proof = family?.weigh(attempt.sightings) ?? null
    return family === undefined || proof === null ? [] : [{ attempt, family, proof }]
  })
  const groups = new Map<string, Proved[]>()
  for (const one of proved) {
    const subject = subjectOf(one.attempt.operation, one.family.title)
    groups.set(subject, [...(groups.get(subject) ?? []), one])
  }
  const found = [...groups.values()].flatMap((all) => accuse(all, seen))
  const accused = new Set(proved.map(({ attempt }) => attempt.operation))
  return [...found, ...crashes(seen), ...foldHardlyTried(held(seen, accused)), ...unreached(seen, accused)]
}
