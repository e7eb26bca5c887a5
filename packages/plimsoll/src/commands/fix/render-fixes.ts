import type { Spent } from '../../agent/loop/events.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { Fixed } from '../../engine/fix/fix.ts'
import { spentText } from '../session-lines.ts'

const SIGNS: Readonly<Record<Fixed['outcome'], string>> = {
  fixed: '✔',
  refused: '✖',
  'no-fixer': '–',
  'not-a-defect': '–',
  gone: '✔',
}
const SAID: Readonly<Record<Fixed['outcome'], string>> = {
  fixed: 'fixed and proven',
  refused: 'refused',
  'no-fixer': 'no fixer',
  'not-a-defect': 'no defect',
  gone: 'gone',
}

const countLines = ({ patch }: Fixed) =>
  patch === null ? [] : [`${patch.by}: ${patch.title} · ${patch.changes.map(({ file }) => file).join(', ')}`]

const rowOf = (one: Fixed, width: number): string[] => {
  const indent = '          '
  const facts = [
    ...countLines(one),
    `${SAID[one.outcome]}: ${one.reason}`,
    ...(one.test === null ? [] : [`test   ${one.test}`]),
    ...(one.file === null ? [] : [`patch  ${one.file}`]),
    ...(one.commit === null ? [] : [`commit ${one.commit.slice(0, 12)}`]),
  ]
  return [
    ...wrap(one.title, {
      width,
      indent: `  ${SIGNS[one.outcome]} ${one.finding.padEnd(4)}  `,
      hanging: indent,
    }),
    ...facts.flatMap((fact) => wrap(fact, { width, indent })),
  ]
}

const count = (fixed: readonly Fixed[], outcome: Fixed['outcome']) =>
  fixed.filter((one) => one.outcome === outcome).length

const totals = (fixed: readonly Fixed[]) =>
  [
    `${count(fixed, 'fixed')} of ${fixed.length} fixed and proven`,
    ...(count(fixed, 'gone') > 0 ? [`${count(fixed, 'gone')} gone already`] : []),
    ...(count(fixed, 'refused') > 0 ? [`${count(fixed, 'refused')} refused`] : []),
    ...(count(fixed, 'no-fixer') > 0 ? [`${count(fixed, 'no-fixer')} without a fixer`] : []),
  ].join(' · ')

const MODEL = 'plimsoll fix --model lets a model write what no fixer has'

/**
 * What became of each finding, and what to do next.
 * @param spent by a model; null where none was asked
 */
export const renderFixes = (
  fixed: readonly Fixed[],
  { next, width, spent }: { next: string | null; width: number; spent: Spent | null },
): string => {
  const rows = fixed.flatMap((one) => rowOf(one, width))
  const isLeft = fixed.some(({ outcome }) => outcome === 'no-fixer' || outcome === 'refused')
  const below = [
    totals(fixed),
    ...(spent === null ? [] : [`model  ${spentText(spent)}`]),
    ...(next === null ? [] : [`next   ${next}`]),
    ...(spent === null && isLeft ? [`left   ${MODEL}`] : []),
  ]
  return `${[...rows, '', ...below.map((line) => `  ${line}`)].join('\n')}\n`
}
