import type { AccessMatrix } from '../../../../plimsoll/src/model/evidence.ts'
import { MATRIX_LEGEND, tellCell } from '../../../../plimsoll/src/model/reading/draw-matrix.ts'

/** Who may do what to whose things; scrolls by itself where the page is narrow. */
export const MatrixView = ({ matrix: { principals, rows } }: { matrix: AccessMatrix }) => (
  <>
    <div class="matrix">
      <table>
        <thead>
          <tr>
            <th scope="col">operation</th>
            <th scope="col">object</th>
            {principals.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ operation, object, cells }) => (
            <tr key={`${operation} ${object}`}>
              <th scope="row">{operation}</th>
              <td>{object === 'none' ? '' : object}</td>
              {principals.map((name, at) => (
                <td key={name} class={cells[at]?.outcome}>
                  {tellCell(cells[at])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    <p class="legend">{MATRIX_LEGEND}</p>
  </>
)
