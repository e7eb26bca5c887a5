import type { Severity } from '../../model/priority.ts'
import type { Anomaly } from './anomaly.ts'

type Said = { title: string; severity: Severity; repairs: string[] }

const SERIALIZABLE =
  'Or run the whole in a SERIALIZABLE transaction and retry it, a bounded number of times, on SQLSTATE 40001.'

/** Where a thing is taken by a row that says so, there is no row to lock, and none to decrement, before the first. */
export const TAKEN_BY_A_ROW: readonly string[] = [
  'Lock what is taken, which is there already, before the check and in the same transaction: SELECT … FOR UPDATE on those rows, in the order of their ids. On the check itself it holds nothing, as long as the check finds no row.',
  'Or let the database refuse the second: a unique index over what may be taken once (partial, where rows that were cancelled stay), and answer 409 on SQLSTATE 23505.',
  SERIALIZABLE,
]

/** What to say of each anomaly: what goes wrong for a user of the app, and what would help, the simplest first. */
export const SAID: Readonly<Record<Anomaly, Said>> = {
  'lost update': {
    title: 'One of two changes made at the same time is lost',
    severity: 'critical',
    repairs: [
      'Let the statement compute from the row itself: SET balance = balance + $1, instead of writing back what was read.',
      'Or lock the row when it is read, in the same transaction: SELECT … FOR UPDATE.',
      'Or write only if nothing changed (WHERE version = $n) and answer 409, or try again, when no row matched.',
      SERIALIZABLE,
    ],
  },
  'double spend': {
    title: 'What is there once can be taken twice',
    severity: 'critical',
    repairs: [
      'Put the check into the write: UPDATE … SET stock = stock - $1 WHERE id = $2 AND stock >= $1, and answer 409 when no row matched.',
      'Or lock the row that the check reads, in the same transaction: SELECT … FOR UPDATE.',
      'Keep a constraint behind it (CHECK (stock >= 0), a unique key), so that a mistake is refused and not stored.',
      SERIALIZABLE,
    ],
  },
  duplicate: {
    title: 'The same thing can be made twice',
    severity: 'high',
    repairs: [
      'Add a unique constraint over what must be unique, and answer 409 on SQLSTATE 23505: a check in code sees only what is committed.',
      'Or INSERT … ON CONFLICT DO NOTHING and look at the number of rows.',
      'Where no constraint can say it (ranges, counts): lock the row that they belong to first, or use an exclusion constraint.',
      SERIALIZABLE,
    ],
  },
  'write skew': {
    title: 'Two requests together break a rule that each of them checks',
    severity: 'high',
    repairs: [
      'Run it in a SERIALIZABLE transaction and retry it, a bounded number of times, on SQLSTATE 40001: REPEATABLE READ does not see this.',
      'Or lock all the rows that the rule is about (SELECT … FOR UPDATE), or one row that stands for them, before checking it.',
    ],
  },
  'no serial order': {
    title: 'Two requests at once come to what no order of them explains',
    severity: 'high',
    repairs: [
      'Read and write in one transaction, and lock what is read with SELECT … FOR UPDATE.',
      SERIALIZABLE,
    ],
  },
}
