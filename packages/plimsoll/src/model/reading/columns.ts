import { visibleWidth } from '../../base/text/wrap.ts'

/** Cells under each other, two spaces apart; a column whose number is in `left` begins at the left, others end at the right. */
export const alignColumns = (
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string[] => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => visibleWidth(row[at] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - visibleWidth(cell))
        return left.includes(at) ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
}
