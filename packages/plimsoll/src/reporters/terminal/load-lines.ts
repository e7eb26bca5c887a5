import { visibleWidth, wrap } from '../../base/text/wrap.ts'
import { readLoadLine, tellLoad } from '../../model/reading/load-line.ts'
import type { Page } from './sections.ts'

const SIGN = '⦵'

/** What it carries and what limits it: on one line where there is room, the limit on the next where not. */
export const loadLines = ({ run, width, paint }: Page): string[] => {
  const found = readLoadLine(run)
  if (found === null) return []
  const parts = tellLoad(found.load)
  const indent = `  ${'LOAD LINE'.padEnd(13)} ${SIGN} `
  const hanging = ' '.repeat(indent.length)
  const whole = `${indent}${parts.join(' · ')}`
  const lines =
    visibleWidth(whole) <= width
      ? [whole]
      : parts.flatMap((part, at) => wrap(part, { width, indent: at === 0 ? indent : hanging, hanging }))
  // Styles only after the lines are broken, so that none runs over an end.
  const headline = found.load.line === null ? SIGN : /⦵ \S+/
  return lines.map((line) =>
    line.replace('LOAD LINE', (it) => paint('bold', it)).replace(headline, (it) => paint('bold', it)),
  )
}
