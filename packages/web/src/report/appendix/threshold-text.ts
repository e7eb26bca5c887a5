import { formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Standard } from '../../../../plimsoll/src/model/standard.ts'

const SIGNS = { '<': '<', '<=': '≤', '>=': '≥', '>': '>', '=': '=' } as const

/** `P(statement ≥ 100 ms) < 1 %`, `0 lost writes`, `≤ 300 s` */
export const thresholdText = ({ comparator, value, unit, of }: Standard['threshold'], is = value): string => {
  const what = of?.replaceAll('>=', '≥').replaceAll('<=', '≤')
  if (unit === 'proportion')
    return `P(${what ?? 'it happens'}) ${SIGNS[comparator]} ${formatNumber(is * 100)} %`
  const sign = comparator === '=' ? '' : `${SIGNS[comparator]} `
  return `${sign}${formatNumber(is)} ${unit === 'count' ? (what ?? '') : unit}`.trim()
}
