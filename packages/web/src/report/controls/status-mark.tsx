import type { Verdict } from '../../../../plimsoll/src/model/verdict.ts'

export type Look =
  | 'refuted'
  | 'suspicion'
  | 'advice'
  | 'proven'
  | 'inconclusive'
  | 'errored'
  | 'not-applicable'

export const lookOf = (verdict: Verdict): Look => {
  if (verdict.status !== 'refuted') return verdict.status
  return verdict.tier === 'suspicion' || verdict.tier === 'advice' ? verdict.tier : 'refuted'
}

const SHAPES: Record<Look, string> = {
  refuted: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  proven: 'M3.5 8.5l3 3 6-7',
  inconclusive: 'M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.7M8 12.2v.1',
  errored: 'M8 3.5v5.5M8 12.2v.1',
  suspicion: 'M3 9.2c1.4-2.6 3.2-2.6 5-1.2s3.6 1.4 5-1.2',
  advice: 'M6 4l4 4-4 4',
  'not-applicable': 'M4.5 8h7',
}

/** Colour and shape both say it; the word is for those who see neither. */
export const StatusMark = ({ look, silent = false }: { look: Look; silent?: boolean }) => (
  <>
    <svg class={`mark mark-${look}`} viewBox="0 0 16 16" aria-hidden="true">
      <rect width="16" height="16" rx={look === 'proven' ? 8 : 4} />
      <path d={SHAPES[look]} />
    </svg>
    {silent ? null : <span class="unseen">{look.replace('-', ' ')}:</span>}
  </>
)
