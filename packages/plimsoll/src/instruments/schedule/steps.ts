import type { StatementRecord } from '../../model/evidence.ts'
import type { Actor, PlayedStep } from '../../model/schedule.ts'
import type { Facts } from './point.ts'

const TEXT_CHARACTERS = 200

type Unit = readonly StatementRecord[]

/** Writes down what happens, in order. */
export type Steps = {
  sent(actor: Actor, label: string): void
  /** went to the store without having stood at a point */
  passed(actor: Actor, unit: Unit): void
  held(actor: Actor, unit: Unit): void
  released(actor: Actor, unit: Unit): void
  /** said once of a statement */
  blocked(actor: Actor, statement: StatementRecord): void
  answered(actor: Actor, text: string): void
  /** with what the store has answered until now */
  all(): PlayedStep[]
}

const cut = (text: string) =>
  text.length > TEXT_CHARACTERS ? `${text.slice(0, TEXT_CHARACTERS - 1)}…` : text

const joined = (unit: Unit) => cut(unit.map(({ sql }) => sql).join('; '))

export const createSteps = (facts: Facts, nowMs: () => number): Steps => {
  const steps: { step: PlayedStep; record: StatementRecord | null }[] = []
  const blocked = new Set<StatementRecord>()
  let startMs: number | null = null

  const add = (
    actor: Actor,
    what: PlayedStep['what'],
    {
      text,
      record = null,
      answered = false,
    }: { text: string; record?: StatementRecord | null; answered?: boolean },
  ) => {
    const now = nowMs()
    startMs ??= now
    const statement = record && { kind: facts(record.sql).kind, connection: record.connection }
    const step = { atMs: Math.round((now - startMs) * 10) / 10, actor, what, text, ...statement }
    steps.push({ step, record: answered ? record : null })
  }

  const each = (actor: Actor, unit: Unit, first: 'statement' | 'released') => {
    for (const [index, record] of unit.entries())
      add(actor, index === 0 ? first : 'statement', { text: cut(record.sql), record, answered: true })
  }

  const finish = ({ step, record }: (typeof steps)[number]): PlayedStep => {
    if (!record) return step
    const sqlstate = record.sqlstate === undefined ? {} : { sqlstate: record.sqlstate }
    return { ...step, rows: record.rows, ...sqlstate }
  }

  return {
    sent: (actor, label) => add(actor, 'sent', { text: label }),
    passed: (actor, unit) => each(actor, unit, 'statement'),
    held: (actor, unit) => add(actor, 'held', { text: joined(unit), record: unit.at(-1) ?? null }),
    released: (actor, unit) => each(actor, unit, 'released'),
    blocked: (actor, record) => {
      if (blocked.has(record)) return
      blocked.add(record)
      add(actor, 'blocked', { text: cut(record.sql), record })
    },
    answered: (actor, text) => add(actor, 'answered', { text }),
    all: () => steps.map(finish),
  }
}
