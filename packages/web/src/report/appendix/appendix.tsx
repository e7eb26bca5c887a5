import type { ComponentChildren } from 'preact'
import { Scrolled } from '../controls/scrolled.tsx'

/** Facts behind the verdicts: closed at first, printed in full. */
export const Appendix = ({
  id,
  title,
  note,
  open = false,
  children,
}: {
  id: string
  title: string
  note: string
  open?: boolean
  children: ComponentChildren
}) => (
  <details class="appendix" id={id} open={open}>
    <summary>
      <h2>{title}</h2> <span class="meaning">{note}</span>
    </summary>
    {children}
  </details>
)

/** Wider than the page it scrolls by itself. Heads that end in `#` stand over numbers. */
export const Table = ({
  name,
  head,
  children,
}: {
  name: string
  head: readonly string[]
  children: ComponentChildren
}) => (
  <Scrolled name={name}>
    <table>
      <thead>
        <tr>
          {head.map((it) => (
            <th key={it} class={it.endsWith('#') ? 'number' : undefined}>
              {it.replace('#', '')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scrolled>
)
