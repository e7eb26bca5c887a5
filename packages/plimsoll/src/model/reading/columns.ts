import { truncate, visibleWidth } from '../../base/text/wrap.ts'

const GAP = '  '

export type Columns = {
  /** of a line; what does not fit is cut from the first column */
  width: number
  /** columns that begin at the left; the others end at the right */
  left?: readonly number[]
}

/** Cells under each other. */
export const alignColumns = (
  rows: readonly (readonly string[])[],
  { width, left = [0] }: Columns,
): string[] => {
  const wanted = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => visibleWidth(row[at] ?? ''))))
  const others = wanted.slice(1).reduce((sum, columns) => sum + columns + GAP.length, 0)
  const widths = wanted.with(0, Math.min(wanted[0] ?? 0, width - others))
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const columns = widths[at] ?? 0
        const text = truncate(cell, columns)
        return left.includes(at) ? text.padEnd(columns) : text.padStart(columns)
      })
      .join(GAP)
      .trimEnd(),
  )
}
