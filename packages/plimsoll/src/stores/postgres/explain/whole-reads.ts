import { z } from 'zod'
import type { WholeRead } from '../../define.ts'

/** One step of a plan, as `EXPLAIN (VERBOSE, FORMAT JSON)` says it; the parts that are looked at. */
export type Node = {
  'Node Type': string
  Schema?: string | undefined
  'Relation Name'?: string | undefined
  Filter?: string | undefined
  'Index Cond'?: string | undefined
  'Sort Key'?: string[] | undefined
  'Plan Rows'?: number | undefined
  Plans?: Node[] | undefined
}

export const Node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    Schema: z.string().optional(),
    'Relation Name': z.string().optional(),
    Filter: z.string().optional(),
    'Index Cond': z.string().optional(),
    'Sort Key': z.array(z.string()).optional(),
    'Plan Rows': z.number().optional(),
    Plans: z.array(Node).optional(),
  }),
)

/** What is above a step: only the first rows are wanted, and in which order. */
type Above = { isLimited: boolean; order: string[] }

const NOTHING: Above = { isLimited: false, order: [] }
/** Steps that hand on what they get, row by row. */
const HANDS_ON = /^(?:Gather|Gather Merge|Result|Subquery Scan|LockRows)$/
const SCAN = /^(?:Seq Scan|Index Scan|Index Only Scan)$/

const COLUMN = /^\(*(?:"?[\w$]+"?\.)?"?([\w$]+)"?\)?(?:::[\w ]+)?$/

const columnIn = (text: string): string | null => COLUMN.exec(text.trim())?.[1] ?? null

/** Columns of `((a = 1) AND ((b)::text = 'x'::text))`; none when anything else is asked for. */
export const equalColumns = (filter: string): string[] => {
  const columns = filter.split(/ AND /).map((part) => {
    const [left = '', ...right] = part.split(/ = /)
    return right.length === 1 && !/\b(?:OR|NOT|ANY|SubPlan)\b/.test(part) ? columnIn(left) : null
  })
  return columns.every((column) => column !== null) ? columns : []
}

/** `created_at DESC` of `items.created_at DESC`; none when a key is computed. */
export const orderColumns = (keys: readonly string[]): string[] => {
  const columns = keys.map((key) => {
    const [, value = '', direction = ''] =
      /^(.*?)((?: DESC| ASC)?(?: NULLS (?:FIRST|LAST))?)$/.exec(key) ?? []
    const column = columnIn(value)
    return column === null ? null : `${column}${direction}`
  })
  return columns.every((column) => column !== null) ? columns : []
}

const nextAbove = (node: Node, above: Above): Above => {
  const type = node['Node Type']
  if (type === 'Limit') return { isLimited: true, order: [] }
  if (type === 'Sort' && above.isLimited)
    return { isLimited: false, order: orderColumns(node['Sort Key'] ?? []) }
  return HANDS_ON.test(type) ? above : NOTHING
}

/** A scan that stops at the first rows, or is led by an index, is none of the whole. */
const readOf = (node: Node, above: Above, sizeOf: (schema: string, name: string) => number): WholeRead[] => {
  const name = node['Relation Name']
  const schema = node.Schema ?? 'public'
  const filter = node.Filter ?? null
  if (name === undefined || !SCAN.test(node['Node Type']) || node['Index Cond'] !== undefined) return []
  if (above.isLimited && filter === null) return []
  const rows = sizeOf(schema, name)
  return [
    {
      table: schema === 'public' ? name : `${schema}.${name}`,
      rows,
      kept: Math.min(rows, node['Plan Rows'] ?? rows),
      filter,
      equal: filter === null ? [] : equalColumns(filter),
      order: above.order,
    },
  ]
}

export const wholeReads = (
  node: Node,
  sizeOf: (schema: string, name: string) => number,
  above: Above = NOTHING,
): WholeRead[] => [
  ...readOf(node, above, sizeOf),
  ...(node.Plans ?? []).flatMap((inner) => wholeReads(inner, sizeOf, nextAbove(node, above))),
]
