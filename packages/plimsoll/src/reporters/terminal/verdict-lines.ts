import { wrap } from '../../base/text/wrap.ts'
import { detailOf } from '../../model/reading/detail.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Paint } from './paint.ts'

type Look = { sign: string; style: Parameters<Paint>[0] }

export const LOOKS = {
  defect: { sign: '✖', style: 'red' },
  suspicion: { sign: '~', style: 'yellow' },
  advice: { sign: '›', style: 'cyan' },
  inconclusive: { sign: '?', style: 'yellow' },
  errored: { sign: '!', style: 'magenta' },
} as const satisfies Record<string, Look>

const INDENT = ' '.repeat(10)

const last = (verdict: Verdict) => {
  const { passed, of } = verdict.confirmations
  const again = of > 0 ? `${passed} of ${of}` : ''
  return [verdict.severity ?? '', again].filter((part) => part !== '').join(', ')
}

/** Sign, id and title; what was measured; the command that executes it again. */
export const verdictLines = (
  verdict: Verdict,
  { look, paint, width }: { look: Look; paint: Paint; width: number },
): string[] => {
  const head = `  ${paint(look.style, look.sign)} ${paint('bold', verdict.id.padEnd(4))}  `
  const [first = '', ...more] = wrap(verdict.title, { width, indent: INDENT })
  const refuted = verdict.status === 'refuted'
  const detail = refuted ? `${detailOf(verdict)} · ${last(verdict)}` : detailOf(verdict)
  return [
    `${head}${paint('bold', first.slice(INDENT.length))}`,
    ...more.map((line) => paint('bold', line)),
    ...wrap(detail, { width, indent: INDENT }),
    ...(refuted && verdict.replay ? [`${INDENT}${paint('dim', 'replay')}  ${verdict.replay}`] : []),
  ]
}
