import { byteLength, cutTo, fitRows } from '../../base/text/fit.ts'
import { placesOf } from '../../engine/digest/digest-run.ts'
import type { Run } from '../../model/run.ts'
import type { Ledger, Obligation, Reason, Weakened } from './obligation.ts'

/** What a model, or a host's hook, takes in at once. */
const MOST_BYTES = 4_000

const spell = (reason: Reason): string => {
  const place = reason.place === null ? '' : ` (${reason.place.file}:${reason.place.line})`
  return `${reason.change} ${reason.what}${place}`
}

const tellFinding = (id: string, obligation: Obligation, run: Run | null): string => {
  const verdict = run?.verdicts.find((one) => one.id === id)
  if (run === null || verdict === undefined) return `✖ ${id} · ${obligation.probe} · ${obligation.detail}`
  const [reason] = obligation.reasons
  const where = placesOf(run, verdict).slice(0, 3).join(' · ')
  const { passed, of } = verdict.confirmations
  const times = of > 1 ? ` (${passed} of ${of})` : ''
  return [
    `✖ ${id} · ${verdict.severity ?? 'low'} · ${obligation.probe} on ${cutTo(verdict.subject, 120)} · ${cutTo(verdict.title, 160)}`,
    `  why   ${cutTo(verdict.detail, 320)}${times}`,
    ...(where === '' ? [] : [`  where ${where}`]),
    ...(verdict.repairs[0] === undefined ? [] : [`  mend  ${cutTo(verdict.repairs[0], 220)}`]),
    ...(reason === undefined ? [] : [`  due   ${cutTo(spell(reason), 160)}`]),
  ].join('\n')
}

const tellWeakened = ({ file, how, place }: Weakened): string =>
  `✖ ${file}${place === null ? '' : `:${place.line}`} · ${cutTo(how, 200)}`

/** Obligations that one reason keeps open, in one row. */
const tellOpen = (obligations: readonly Obligation[]): string[] => {
  const byDetail = new Map<string, string[]>()
  for (const { probe, state, detail } of obligations) {
    const key = `${state === 'inconclusive' ? '?' : '–'} ${detail}`
    byDetail.set(key, [...(byDetail.get(key) ?? []), probe])
  }
  return [...byDetail].map(
    ([key, probes]) => `${key.slice(0, 2)}${probes.join(', ')}: ${cutTo(key.slice(2), 240)}`,
  )
}

const of = (ledger: Ledger, ...states: Obligation['state'][]) =>
  ledger.obligations.filter(({ state }) => states.includes(state))

/** `2 refuted · 9 proven · 1 inconclusive · 3 not run`, without what there is none of. */
export const countStates = (ledger: Ledger): string => {
  const counts = [
    [ledger.weakened.length, ledger.weakened.length === 1 ? 'gate weakened' : 'gates weakened'],
    [of(ledger, 'refuted').length, 'refuted'],
    [of(ledger, 'proven').length, 'proven'],
    [of(ledger, 'inconclusive').length, 'inconclusive'],
    [of(ledger, 'not-run').length, 'not run'],
  ] as const
  const shown = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return shown.length === 0 ? 'nothing is due' : shown.join(' · ')
}

/** Operations of the change that proven statements say nothing of, each with why and with those statements. */
export const tellUnreached = (obligations: readonly Obligation[]): string[] => {
  const byNote = new Map<string, string[]>()
  for (const { state, unreached, probe } of obligations)
    for (const note of state === 'proven' ? unreached : [])
      byNote.set(note, [...(byNote.get(note) ?? []), probe])
  return [...byNote].map(([note, probes]) => `${cutTo(note, 200)} (${probes.join(', ')})`)
}

const nextStep = (ledger: Ledger): string => {
  if (ledger.problem !== null) return 'Next: let the app start; until then nothing can be proved.'
  if (ledger.weakened.length > 0)
    return 'Next: put the weakened gates back as they were; say so in your answer if one of them is wrong.'
  const refuted = of(ledger, 'refuted')
  const probes = [...new Set(refuted.map(({ probe }) => probe))].slice(0, 4)
  if (probes.length > 0) {
    const first = refuted[0]?.findings[0]
    const again = first === undefined ? '' : `; plimsoll replay ${first} repeats the first`
    return `Next: mend the cause, then prove ${probes.join(', ')} again${again}.`
  }
  const open = of(ledger, 'not-run', 'inconclusive')
  if (open.some(({ detail }) => detail.includes('accepted no request')))
    return 'Next: the lab found no request that works. Look with http why it is refused; a request that must be just so belongs into the OpenAPI document, as an example of the body.'
  return open.length > 0
    ? 'Next: what was not run, or stayed inconclusive, is not proven. Its line says what is missing; where nothing in the code can change that, say so and stop again.'
    : 'Everything that is due is proven.'
}

const section = (title: string, rows: readonly string[], most: number): string[] => {
  if (rows.length === 0) return []
  const { rows: kept, left } = fitRows(rows, most - byteLength(title) - 20)
  return [title, ...kept, ...(left > 0 ? [`  (${left} more)`] : [])]
}

/**
 * What is left to do, for whoever does it: at most so many bytes, the most important first.
 * @param run the Run that the ledger's newest states are from; null where nothing was run
 */
export const feedbackOf = (ledger: Ledger, run: Run | null, mostBytes = MOST_BYTES): string => {
  const head = [
    `${countStates(ledger)}.`,
    ...(ledger.problem === null ? [] : [`The app did not get ready: ${cutTo(ledger.problem, 900)}`]),
  ]
  const findings = of(ledger, 'refuted').flatMap((obligation) =>
    obligation.findings.map((id) => tellFinding(id, obligation, run)),
  )
  const apart = ledger.apart.slice(0, 12).join(', ')
  const end = [
    ...(apart === '' ? [] : [`There before, and not held against the change: ${apart}`]),
    nextStep(ledger),
  ]
  let room = mostBytes - byteLength([...head, ...end].join('\n')) - 2
  const take = (title: string, rows: readonly string[], share: number) => {
    const lines = section(title, rows, Math.floor(room * share))
    room -= lines.length === 0 ? 0 : byteLength(lines.join('\n')) + 1
    return lines
  }
  return [
    ...head,
    ...take('Weakened', ledger.weakened.map(tellWeakened), 0.4),
    ...take('Refuted', findings, 0.75),
    ...take(
      'Not reached',
      tellUnreached(ledger.obligations).map((text) => `? ${text}`),
      0.5,
    ),
    ...take('Open', tellOpen(of(ledger, 'inconclusive', 'not-run')), 1),
    ...end,
  ].join('\n')
}
