import { tellOutbound } from '../../../../plimsoll/src/model/reading/outbound.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'

/** Said as plainly as what was proved. */
export const NotCovered = ({ run }: { run: Run }) => {
  const items = [...run.notCovered, ...run.lab.limits, ...tellOutbound(run)]
  if (items.length === 0) return null
  return (
    <section class="not-covered" id="not-covered" aria-labelledby="not-covered-title">
      <h2 id="not-covered-title">Not covered</h2>
      <p class="meaning">Nothing here says anything about these.</p>
      <ul>
        {items.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </section>
  )
}
