import type { Run } from '../../../../plimsoll/src/model/run.ts'
import { Appendix, Table } from './appendix.tsx'

const isReached = ({ status }: Run['lab']['reach'][number]) => status !== null && status < 400

/** How each route answered when it was first spoken to: what was never reached was never proved. */
export const Routes = ({ run }: { run: Run }) => {
  const { reach } = run.lab
  if (reach.length === 0) return null
  const reached = reach.filter(isReached).length
  return (
    <Appendix id="routes" title="Routes reached" note={`${reached} of ${reach.length} answered well`}>
      <Table name="Routes" head={['route', 'answer', 'statements#', 'request']}>
        {reach.map((it) => (
          <tr key={it.route}>
            <th scope="row">
              <code>{it.route}</code>
            </th>
            <td class={isReached(it) ? 'ink-proven' : 'ink-inconclusive'}>{it.status ?? 'no answer'}</td>
            <td class="number">{it.statements}</td>
            <td>{it.how}</td>
          </tr>
        ))}
      </Table>
    </Appendix>
  )
}
