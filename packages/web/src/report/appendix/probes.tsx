import { formatCount, formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'
import { Appendix, Table } from './appendix.tsx'

/** What was carried out, how often and for how long, and what was not and why. */
export const Probes = ({ run }: { run: Run }) =>
  run.probes.length === 0 ? null : (
    <Appendix
      id="probes"
      title="What ran"
      note={formatCount(run.probes.length, 'experiment or inspection', 'experiments and inspections')}
    >
      <Table name="Probes" head={['probe', 'outcome', 'executions#', 'took#']}>
        {run.probes.map((it) => (
          <tr key={it.probe}>
            <th scope="row">
              {it.title} <code class="dim">{it.probe}</code>
            </th>
            <td>
              {it.outcome.replace('-', ' ')}
              {it.reason && <span class="dim">: {it.reason}</span>}
            </td>
            <td class="number">{it.executions.length}</td>
            <td class="number">{formatDuration(it.durationMs)}</td>
          </tr>
        ))}
      </Table>
    </Appendix>
  )
