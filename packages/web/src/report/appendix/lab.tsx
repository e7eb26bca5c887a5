import { formatCount, formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Run } from '../../../../plimsoll/src/model/run.ts'
import { Appendix, Table } from './appendix.tsx'

const noteFor = ({ lab }: Run) => {
  if (lab.command === null && lab.steps.length === 0) return 'nothing was booted'
  const stores = lab.stores.map((it) => it.how).join(', ') || 'no store'
  return lab.readyMs === null
    ? `${stores} · never ready`
    : `${stores} · ready in ${formatDuration(lab.readyMs)}`
}

export const Lab = ({ run }: { run: Run }) => {
  const { lab } = run
  const env = Object.entries(lab.env)
  return (
    <Appendix id="lab" title="The lab" note={noteFor(run)} open={run.end === 'not-ready'}>
      {lab.steps.length > 0 && (
        <Table name="Steps of the boot" head={['step', 'command', 'outcome', 'took#']}>
          {lab.steps.map((it) => (
            <tr key={it.step + it.command}>
              <th scope="row">{it.step}</th>
              <td>
                <code>{it.command}</code>
              </td>
              <td>{it.outcome}</td>
              <td class="number">{formatDuration(it.durationMs)}</td>
            </tr>
          ))}
        </Table>
      )}
      {env.length > 0 && (
        <Table name="Environment" head={[formatCount(env.length, 'variable'), 'value']}>
          {env.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                <code>{value}</code>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Appendix>
  )
}
