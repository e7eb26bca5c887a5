import type { StatementRecord } from '../../model/evidence.ts'
import type { Actor } from '../../model/schedule.ts'
import type { Facts } from './point.ts'

type Owner = Actor | 'background'

/** Says whose statements these are that go to the store in one piece; null for work without any request. */
export type Attribute = (unit: readonly StatementRecord[]) => Actor | null

export type AttributeOptions = {
  facts: Facts
  marks: Readonly<Record<Actor, readonly string[]>>
  background: ReadonlySet<string>
  /** who it is when nothing else tells */
  otherwise: (unit: readonly StatementRecord[]) => Actor | null
}

const ACTORS: readonly Actor[] = ['A', 'B']

/** Kinds that surround work and say nothing of whose it is. */
const AROUND: ReadonlySet<string> = new Set(['begin', 'commit', 'rollback', 'savepoint', 'setting'])

const carries = ({ sql, parameters }: StatementRecord, mark: string) =>
  sql.includes(mark) || parameters.some((value) => value?.includes(mark))

/** By its mark; else by its connection, while a transaction or an answer is open there; else whoever has the turn. */
export const createAttribute = ({ facts, marks, background, otherwise }: AttributeOptions): Attribute => {
  const last = new Map<number, { owner: Owner; record: StatementRecord }>()
  /** connections on which a transaction was begun inside another one: both requests use them at once */
  const shared = new Set<number>()

  const marked = (unit: readonly StatementRecord[]) =>
    ACTORS.find((actor) => unit.some((one) => marks[actor].some((mark) => carries(one, mark))))

  const holder = (connection: number): Owner | null => {
    const before = last.get(connection)
    return before && before.record.transaction !== 'I' && !shared.has(connection) ? before.owner : null
  }

  const isBackground = (unit: readonly StatementRecord[], held: Owner | null) => {
    const known = unit.some(({ shape }) => background.has(shape))
    const telling = unit.filter(({ sql, shape }) => !background.has(shape) && !AROUND.has(facts(sql).kind))
    return telling.length === 0 && (known || held === 'background')
  }

  const ownerOf = (unit: readonly StatementRecord[], connection: number): Owner | null => {
    const actor = marked(unit)
    if (actor) return actor
    if (facts(unit[0]?.sql ?? '').kind === 'begin' && last.get(connection)?.record.transaction === 'T')
      shared.add(connection)
    const held = holder(connection)
    if (held === 'A' || held === 'B') return held
    return isBackground(unit, held) ? 'background' : otherwise(unit)
  }

  return (unit) => {
    const record = unit.at(-1)
    if (!record) return null
    const owner = ownerOf(unit, record.connection)
    if (owner) last.set(record.connection, { owner, record })
    return owner === 'background' ? null : owner
  }
}
