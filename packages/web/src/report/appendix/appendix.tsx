import type { ComponentChildren } from 'preact'

/** Facts behind the verdicts: closed at first, printed in full. */
export const Appendix = ({
  id,
  title,
  note,
  children,
}: {
  id: string
  title: string
  note: string
  children: ComponentChildren
}) => (
  <details class="appendix" id={id}>
    <summary>
      <h2>{title}</h2> <span class="meaning">{note}</span>
    </summary>
    {children}
  </details>
)

export const Table = ({
  name,
  head,
  children,
}: {
  name: string
  head: string[]
  children: ComponentChildren
}) => (
  <section class="scroll" aria-label={name} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {head.map((it) => (
            <th key={it}>{it}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
)
