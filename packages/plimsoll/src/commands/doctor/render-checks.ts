import { wrap } from '../../base/text/wrap.ts'
import type { Check } from './check.ts'

const MARKS: Record<Check['state'], string> = { good: '✔', bad: '✖', note: '·' }
const NAME_WIDTH = 15
const MARGIN = ' '.repeat(4 + NAME_WIDTH)

const renderCheck = ({ about, state, found, mend }: Check, width: number): string[] => {
  const indent = `  ${MARKS[state]} ${about.padEnd(NAME_WIDTH)}`
  const line = wrap(found, { width, indent, hanging: MARGIN })
  return mend === undefined
    ? line
    : [...line, ...wrap(mend, { width, indent: `${MARGIN}→ `, hanging: `${MARGIN}  ` })]
}

/** The checks as lines, and what to do next. */
export const renderChecks = (
  checks: readonly Check[],
  { target, columns }: { target: string; columns: number },
): string => {
  const bad = checks.filter(({ state }) => state === 'bad').length
  const dir = target === '.' ? '' : ` ${target}`
  const next = bad === 0 ? `  ready  plimsoll prove${dir}` : `  ${bad} to mend before a proof can start`
  const lines = checks.flatMap((check) => renderCheck(check, columns))
  return [`⦵ plimsoll doctor${dir}`, '', ...lines, '', next, ''].join('\n')
}
