import { countStates, tellUnreached } from '../../agent/obligations/feedback.ts'
import type { Obligation } from '../../agent/obligations/obligation.ts'
import { truncate, wrap } from '../../base/text/wrap.ts'
import { ORIGIN_WORDS, type Origins } from '../../engine/digest/origin.ts'
import type { Checked } from './check-work.ts'
import type { Since } from './find-since.ts'

const MARKS: Readonly<Record<Obligation['state'], string>> = {
  proven: '✔',
  refuted: '✖',
  inconclusive: '?',
  'not-run': '–',
  'not-applicable': '·',
}
const MOST_CHANGES = 12

export const nameSince = ({ base }: Since): string => {
  if (base === null) return 'the beginning'
  const short = base.commit.slice(0, 7)
  return base.ref === 'HEAD' ? short : `${base.ref} (${short})`
}

/** Why that, in a line of its own. */
export const whyRows = ({ why }: Since, width: number): string[] =>
  wrap(`held against: ${why}`, { width, indent: '  ', hanging: '    ' })

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

const changeRows = ({ duty: { changes } }: Checked, width: number): string[] => {
  const widest = Math.max(...changes.map(({ change }) => change.length))
  const rows = changes.map(({ change, what, place }) => {
    const where = place === null || what.includes(place.file) ? '' : `  ${place.file}:${place.line}`
    return truncate(`    ${change.padEnd(widest)}  ${what}${where}`, width)
  })
  const left = rows.length - MOST_CHANGES
  return [...rows.slice(0, MOST_CHANGES), ...(left > 0 ? [`    (${left} more)`] : [])]
}

/** What is proven and names no operation of the change is told as one number. */
const isQuiet = ({ state, subjects }: Obligation) => state === 'proven' && subjects.length === 0

/** `a1b2, c3d4 (new); e5f6 (there before, on what was changed)` */
const tellIds = (ids: readonly string[], origins: Origins): string => {
  const words = (id: string) => ORIGIN_WORDS[origins.get(id) ?? 'unknown']
  return [...new Set(ids.map(words))]
    .map((word) => `${ids.filter((id) => words(id) === word).join(', ')} (${word})`)
    .join('; ')
}

/** `✖ race    a1b2  What is there once can be taken twice`, further lines below its words. */
const rowOf = (
  { state, probe, detail, findings }: Obligation,
  origins: Origins,
  widest: number,
  width: number,
): string[] => {
  const margin = `    ${MARKS[state]} ${probe.padEnd(widest)}  `
  const said = [...(findings.length > 0 ? [tellIds(findings, origins)] : []), detail].join('  ')
  const lines = wrap(said, { width: width - margin.length })
  const shown = state === 'proven' ? lines.slice(0, 1) : lines.slice(0, 4)
  return shown.map((line, at) => `${at === 0 ? margin : ' '.repeat(margin.length)}${line}`)
}

const namesOf = (mark: string, obligations: readonly Obligation[], note: string, width: number): string[] =>
  obligations.length === 0
    ? []
    : wrap(`${mark} ${obligations.map(({ probe }) => probe).join(', ')}${note}`, {
        ...{ width, indent: '    ', hanging: '      ' },
      })

const notRunRows = (obligations: readonly Obligation[], width: number): string[] => {
  const reasons = [...new Set(obligations.map(({ detail }) => detail))]
  return reasons.flatMap((reason) =>
    namesOf(
      MARKS['not-run'],
      obligations.filter(({ detail }) => detail === reason),
      `: ${reason}`,
      width,
    ),
  )
}

const obligationRows = ({ ledger: { obligations }, origins }: Checked, width: number): string[] => {
  const within = (...states: Obligation['state'][]) =>
    obligations.filter(({ state }) => states.includes(state))
  const shown = within('refuted', 'inconclusive', 'proven').filter((one) => !isQuiet(one))
  const widest = Math.max(0, ...shown.map(({ probe }) => probe.length))
  return [
    ...shown.flatMap((one) => rowOf(one, origins, widest, width)),
    ...namesOf(MARKS.proven, obligations.filter(isQuiet), '', width),
    ...namesOf(MARKS['not-applicable'], within('not-applicable'), ': nothing here to prove', width),
    ...notRunRows(within('not-run'), width),
  ]
}

const nextOf = ({ ledger }: Checked): string => {
  const [finding] = ledger.obligations.flatMap(({ findings }) => findings)
  if (ledger.problem !== null) return 'plimsoll doctor'
  if (finding !== undefined) return `plimsoll replay ${finding}`
  const open = ledger.obligations.filter(({ state }) => state === 'not-run').map(({ probe }) => probe)
  return open.length > 0 ? 'plimsoll gate --budget 900' : 'plimsoll report'
}

/** How the work stands, for people: in as many columns as there are. */
export const renderGate = (checked: Checked, since: Since, width: number): string => {
  const { state, duty, ledger } = checked
  const section = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : ['', `  ${title}`, ...rows]
  const lines = [
    `⦵ ${state} · ${counted(duty.files.length, 'file')} changed since ${nameSince(since)}`,
    ...whyRows(since, width),
    `  ${countStates(ledger)}`,
    ...(ledger.problem === null ? [] : wrap(ledger.problem, { width, indent: '  ' }).slice(0, 6)),
    ...section(
      'weakened',
      ledger.weakened.flatMap(({ file, how, place }) =>
        wrap(`✖ ${file}${place === null ? '' : `:${place.line}`}: ${how}`, {
          width,
          indent: '    ',
          hanging: '      ',
        }),
      ),
    ),
    ...section('changed', duty.changes.length === 0 ? [] : changeRows(checked, width)),
    ...section('due', obligationRows(checked, width)),
    ...section(
      'not reached',
      tellUnreached(ledger.obligations).flatMap((text) =>
        wrap(`? ${text}`, { width, indent: '    ', hanging: '      ' }),
      ),
    ),
    ...(ledger.apart.length > 0
      ? [
          '',
          ...wrap(`not held against the change: ${tellIds(ledger.apart, checked.origins)}`, {
            width,
            indent: '  ',
            hanging: '    ',
          }),
        ]
      : []),
    ...(state === 'refuted' || state === 'unproven' ? ['', `  next: ${nextOf(checked)}`] : []),
  ]
  return `${lines.join('\n')}\n`
}
