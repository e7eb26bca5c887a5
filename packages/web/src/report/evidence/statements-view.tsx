import { formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { StatementRecord } from '../../../../plimsoll/src/model/evidence.ts'
import { Scrolled } from '../controls/scrolled.tsx'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Connections by letters, in the order in which they speak: an interleaving reads as A, B, A, B. */
const letterFor = (statements: readonly StatementRecord[]) => {
  const order = [...new Set(statements.map((it) => it.connection))]
  return (connection: number) => LETTERS[order.indexOf(connection)] ?? String(connection)
}

const STATES = { I: 'idle', T: 'in a transaction', E: 'in a failed transaction' } as const

const Row = ({ it, letter, startMs }: { it: StatementRecord; letter: string; startMs: number }) => (
  <tr class={`connection-${letter}`}>
    <td class="number">{formatDuration(it.atMs - startMs)}</td>
    <td>
      <span class="letter">{letter}</span>
    </td>
    <td class="sql">
      <code>{it.sql}</code>
      {it.parameters.length > 0 && (
        <span class="parameters">
          {it.parameters.map((value, index) => `$${index + 1} = ${value ?? 'NULL'}`).join(', ')}
        </span>
      )}
    </td>
    <td class="number">{it.sqlstate ?? (it.rows === null ? '–' : it.rows)}</td>
    <td class="number">{it.durationMs === null ? 'no answer' : formatDuration(it.durationMs)}</td>
    <td class="narrow-off">{it.transaction === null ? '–' : STATES[it.transaction]}</td>
  </tr>
)

export const StatementsView = ({ statements }: { statements: readonly StatementRecord[] }) => {
  const letter = letterFor(statements)
  const startMs = statements[0]?.atMs ?? 0
  return (
    <Scrolled name="Statements">
      <table class="statements">
        <thead>
          <tr>
            <th class="number">at</th>
            <th>connection</th>
            <th>statement</th>
            <th class="number">rows</th>
            <th class="number">took</th>
            <th class="narrow-off">then</th>
          </tr>
        </thead>
        <tbody>
          {statements.map((it, index) => (
            <Row key={index} it={it} letter={letter(it.connection)} startMs={startMs} />
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}
