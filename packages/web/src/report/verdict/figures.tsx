import { formatFigure } from '../../../../plimsoll/src/model/reading/figure.ts'
import type { Figure } from '../../../../plimsoll/src/model/verdict.ts'

/** A number never stands without its interval, n and method. */
export const Figures = ({ figures }: { figures: readonly Figure[] }) =>
  figures.length === 0 ? null : (
    <dl class="figures">
      {figures.map((figure) => {
        const { name, value, interval, n, method } = formatFigure(figure)
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="value">
              {value} {interval !== null && <span class="interval">({interval})</span>}
            </dd>
            <dd class="method">
              {n} · {method}
            </dd>
          </div>
        )
      })}
    </dl>
  )
