import { countStates } from '../../agent/obligations/feedback.ts'
import type { Obligation } from '../../agent/obligations/obligation.ts'
import { truncate, wrap } from '../../base/text/wrap.ts'
import type { Base } from '../../instruments/source/read-earlier.ts'
import type { Checked } from './check-work.ts'

const MARKS: Readonly<Record<Obligation['state'], string>> = {
  proven: '✔',
  refuted: '✖',
  inconclusive: '?',
  'not-run': '–',
  'not-applicable': '·',
}
const MOST_CHANGES = 12

export const nameSince = (since: Base | null): string =>
  since === null ? 'the beginning' : `${since.ref} (${since.commit.slice(0, 7)})`

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
const isQuiet = ({ state, subjects }: Obligation) =>
  state === 'not-applicable' || (state === 'proven' && subjects.length === 0)

const obligationRows = (obligations: readonly Obligation[], width: number): string[] => {
  const shown = obligations.filter((one) => !isQuiet(one))
  const quiet = obligations.filter((one) => isQuiet(one) && one.state === 'proven')
  const widest = Math.max(0, ...shown.map(({ probe }) => probe.length))
  return [
    ...shown.flatMap(({ state, probe, detail, findings }) =>
      wrap(
        `${MARKS[state]} ${probe.padEnd(widest)}  ${[findings.join(', '), detail].filter((text) => text !== '').join('  ')}`,
        {
          width,
          indent: '    ',
          hanging: ' '.repeat(widest + 8),
        },
      ).slice(0, state === 'proven' ? 1 : 3),
    ),
    ...(quiet.length > 0
      ? [
          `    ✔ ${counted(quiet.length, 'other')}: ${truncate(quiet.map(({ probe }) => probe).join(', '), width - 20)}`,
        ]
      : []),
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
export const renderGate = (checked: Checked, since: Base | null, width: number): string => {
  const { state, duty, ledger } = checked
  const section = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : ['', `  ${title}`, ...rows]
  const lines = [
    `⦵ ${state} · ${counted(duty.files.length, 'file')} changed since ${nameSince(since)}`,
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
    ...section('due', obligationRows(ledger.obligations, width)),
    ...(ledger.apart.length > 0
      ? [
          '',
          ...wrap(`there before, and not held against the change: ${ledger.apart.join(', ')}`, {
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
