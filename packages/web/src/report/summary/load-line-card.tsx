import { readLoadLine, tellLoad, withinOf } from '../../../../plimsoll/src/model/reading/load-line.ts'
import { formatRate } from '../../../../plimsoll/src/model/reading/load-words.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'
import { Sign } from '../controls/sign.tsx'

/** The number people remember, with what limits it; nothing when no load was sent. */
export const LoadLineCard = ({ run }: { run: Run }) => {
  const found = readLoadLine(run)
  if (found === null) return null
  const { load, verdict } = found
  const { line } = load
  const [said, limit] = tellLoad(load)
  return (
    <section class="load-line-card" aria-labelledby="load-line-title">
      <Sign />
      <h2 id="load-line-title">Load line</h2>
      {line === null ? (
        <p class="carried">{said}</p>
      ) : (
        <p class="carried">
          <b>{formatRate(line.ratePerSecond)}/s</b>{' '}
          <span class="interval">({line.interval.map(formatRate).join('–')})</span> at {withinOf(load)}
        </p>
      )}
      {limit && <p class="limited">{limit}</p>}
      <a href={`#${verdict.id}`}>how it was found</a>
    </section>
  )
}
