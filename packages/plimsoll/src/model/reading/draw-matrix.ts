import type { AccessMatrix } from '../evidence.ts'
import { alignColumns } from './columns.ts'

type Cell = AccessMatrix['rows'][number]['cells'][number]

const SIGNS = { allowed: '✓', refused: '–', leak: '✖', open: '○', unclear: '?' } as const

/** `✖ 200`: what came of it, and the status that was answered. */
export const tellCell = (cell: Cell | undefined): string =>
  cell == null ? '' : `${SIGNS[cell.outcome]} ${cell.status ?? 'none'}`

export const MATRIX_LEGEND = '✓ allowed  – refused  ✖ proved to be wrong  ○ open to everybody  ? undecided'

/** Who may do what to whose things, as lines of text no wider than `width` columns. */
export const drawMatrix = ({ principals, rows }: AccessMatrix, width: number): string[] => [
  ...alignColumns(
    [
      ['', ...principals],
      ...rows.map(({ operation, object, cells }) => [
        object === 'none' ? operation : `${operation} · ${object}`,
        ...principals.map((_, at) => tellCell(cells[at])),
      ]),
    ],
    { width, left: principals.map((_, at) => at).concat(principals.length) },
  ),
  MATRIX_LEGEND,
]
