import { wrap } from '../../base/text/wrap.ts'
import type { Fixed } from '../../engine/fix/fix.ts'

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

/** What became of each finding, and what to do next. */
export const renderFixes = (
  fixed: readonly Fixed[],
  { next, width }: { next: string | null; width: number },
): string => {
  const rows = fixed.flatMap((one) => rowOf(one, width))
  return `${[...rows, '', `  ${totals(fixed)}`, ...(next === null ? [] : [`  next   ${next}`])].join('\n')}\n`
}
