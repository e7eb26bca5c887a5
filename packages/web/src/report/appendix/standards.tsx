import { formatCount, formatNumber } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'
import { useReport } from '../state/report-context.ts'
import { Appendix, Table } from './appendix.tsx'
import { thresholdText } from './threshold-text.ts'

/** The promises that were judged, and which of them the configuration changed. */
export const Standards = ({ run }: { run: Run }) => {
  const { explanations, explain } = useReport()
  const changed = Object.keys(run.overrides).length
  const note = `${formatCount(run.standards.length, 'promise')}${changed > 0 ? `, ${changed} changed by the configuration` : ''}`
  return (
    <Appendix id="standards" title="Standards" note={note}>
      <Table name="Standards" head={['standard', 'promise', 'holds when', 'changed']}>
        {run.standards.map((it) => {
          const before = run.overrides[it.id]
          const key = `standards/${it.id}`
          return (
            <tr key={it.id}>
              <th scope="row">
                {key in explanations ? (
                  <button type="button" class="link" onClick={() => explain(key)}>
                    {it.id}
                  </button>
                ) : (
                  <code>{it.id}</code>
                )}
              </th>
              <td>{it.title}</td>
              <td>{thresholdText(it.threshold)}</td>
              <td>
                {before === undefined
                  ? ''
                  : before === null
                    ? 'added'
                    : `default ${it.threshold.unit === 'proportion' ? `${formatNumber(before * 100)} %` : formatNumber(before)}`}
              </td>
            </tr>
          )
        })}
      </Table>
    </Appendix>
  )
}
