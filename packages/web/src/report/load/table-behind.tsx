import { Scrolled } from '../controls/scrolled.tsx'

/** The figures of a drawing, for who cannot see it and for who wants to copy them. */
export const TableBehind = ({
  name,
  heads,
  rows,
}: {
  name: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}) => (
  <details class="table-behind">
    <summary>As a table</summary>
    <Scrolled name={name}>
      <table>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} class={index === 0 ? undefined : 'number'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, index) => (
                <td key={index} class={index === 0 ? undefined : 'number'}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  </details>
)
