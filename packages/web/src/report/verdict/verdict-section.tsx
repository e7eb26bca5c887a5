import type { Verdict } from '../../../../plimsoll/src/model/verdict.ts'
import { VerdictCard } from './verdict-card.tsx'

/** Verdicts under one heading; nothing at all when there is none. */
export const VerdictSection = ({
  id,
  title,
  meaning,
  verdicts,
  keep,
}: {
  id: string
  title: string
  meaning?: string
  verdicts: readonly Verdict[]
  keep: (verdict: Verdict) => boolean
}) => {
  const shown = verdicts.filter(keep)
  if (shown.length === 0) return null
  return (
    <section class="verdicts" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title} <span class="count">{shown.length}</span>
        {meaning && <span class="meaning">{meaning}</span>}
      </h2>
      {shown.map((verdict) => (
        <VerdictCard key={verdict.id} verdict={verdict} />
      ))}
    </section>
  )
}
