import { z } from 'zod'
import { cutTo, fitRows } from '../../base/text/fit.ts'
import { formatCount } from '../../base/text/numbers.ts'
import type { QueryAnswer } from '../../engine/door/door.ts'
import { MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { asking, withDoor } from '../refuse.ts'

const MOST_CELL = 200

const Input = z.strictObject({
  sql: z.string().min(1).max(20_000).describe('one statement that reads: SELECT, EXPLAIN, SHOW, WITH …'),
})
type Input = z.infer<typeof Input>

const cell = (value: string | null) =>
  value === null ? 'NULL' : cutTo(value.replaceAll('\n', '\\n').replaceAll('\t', '\\t'), MOST_CELL)

const tell = ({ columns, rows, more, store }: QueryAnswer): string => {
  const head = [`${formatCount(rows.length + more, 'row')} · ${store}`, columns.join('\t')]
  const { rows: kept, left } = fitRows(
    rows.map((row) => row.map(cell).join('\t')),
    MOST_BYTES - 400,
  )
  const missing = left + more
  return [
    ...head,
    ...kept,
    ...(missing > 0 ? [`(${formatCount(missing, 'more row')}: narrow it with WHERE or LIMIT)`] : []),
  ].join('\n')
}

/** **Contract:** reads a disposable copy in the lab and nothing else; the store itself refuses writes. */
export default defineTool<Input>({
  id: 'query',
  title: 'Query the lab database',
  description:
    "Runs one reading statement on a disposable copy of the database in the lab: the project's migrations and seed, and what exploring the API left. Use it to see tables, columns, constraints, indexes (pg_catalog, information_schema) or a plan (EXPLAIN). Never reaches a database of the project; writes are refused and nothing stays. At most 200 rows, 10 s. The first call boots the lab.",
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: ({ sql }) => [{ kind: 'query', text: sql }],
  run: ({ sql }, context) =>
    withDoor(context, async (door) => {
      const answer = await door.query(sql, asking(context))
      return { text: tell(answer), data: answer }
    }),
})
