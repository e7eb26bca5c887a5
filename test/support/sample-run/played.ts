import { Played } from '../../../packages/plimsoll/src/model/schedule.ts'

type Step = Played['steps'][number]
type Line = [
  atMs: number,
  actor: Step['actor'],
  what: Step['what'],
  text: string,
  kind?: Step['kind'],
  result?: number | string,
]

const steps = (lines: readonly Line[]) =>
  lines.map(([atMs, actor, what, text, kind, result]) => ({
    ...{ atMs, actor, what, text },
    ...(kind && { kind, connection: actor === 'A' ? 3 : 4 }),
    ...(typeof result === 'number' && { rows: result }),
    ...(typeof result === 'string' && { sqlstate: result }),
  }))

const LABEL = 'POST /bookings'
const READ = 'SELECT seats_left FROM rooms WHERE id = $1'
const WRITE = 'UPDATE rooms SET seats_left = $1 WHERE id = $2'

const turns: Played['schedule']['turns'] = [
  { actor: 'A', until: { before: 'write', nth: 1 } },
  { actor: 'B', until: 'end' },
  { actor: 'A', until: 'end' },
]

/** Both read before one of them writes. */
export const lostUpdatePlay = Played.parse({
  schedule: { turns },
  outcome: 'played',
  reason: '',
  steps: steps([
    [0, 'A', 'sent', LABEL],
    [3.1, 'A', 'statement', 'BEGIN', 'begin'],
    [3.9, 'A', 'statement', READ, 'read', 1],
    [5.2, 'A', 'held', WRITE, 'write'],
    [5.4, 'B', 'sent', LABEL],
    [8, 'B', 'statement', 'BEGIN', 'begin'],
    [8.7, 'B', 'statement', READ, 'read', 1],
    [9.6, 'B', 'statement', WRITE, 'write', 1],
    [10.4, 'B', 'statement', 'COMMIT', 'commit'],
    [11.8, 'B', 'answered', '201'],
    [12, 'A', 'released', WRITE, 'write', 1],
    [12.9, 'A', 'statement', 'COMMIT', 'commit'],
    [14.2, 'A', 'answered', '201'],
  ]),
} satisfies Played)

/** The row is locked when it is read, so B waits. */
export const guardedPlay = Played.parse({
  schedule: { turns },
  outcome: 'guarded',
  reason: `B waits in the store for A: ${READ} FOR UPDATE`,
  steps: steps([
    [0, 'A', 'sent', LABEL],
    [2.2, 'A', 'statement', 'BEGIN', 'begin'],
    [3, 'A', 'statement', `${READ} FOR UPDATE`, 'read', 1],
    [4.1, 'A', 'held', WRITE, 'write'],
    [4.3, 'B', 'sent', LABEL],
    [6.9, 'B', 'statement', 'BEGIN', 'begin'],
    [7.5, 'B', 'statement', `${READ} FOR UPDATE`, 'read', 1],
    [42.6, 'B', 'blocked', `${READ} FOR UPDATE`, 'read'],
    [43, 'A', 'released', WRITE, 'write', 1],
    [43.8, 'A', 'statement', 'COMMIT', 'commit'],
    [45.1, 'A', 'answered', '201'],
    [45.3, 'B', 'statement', 'ROLLBACK', 'rollback'],
    [46.5, 'B', 'answered', '409'],
  ]),
} satisfies Played)

const TAKEN = 'SELECT "Guest"."id", "Guest"."name", "Guest"."email" FROM "public"."Guest" WHERE email = $1'
const JOIN = 'INSERT INTO "public"."Guest" ("name","email") VALUES ($1,$2) RETURNING "id","name","email"'

/** Both find the name free; the unique index refuses the second. */
export const refusedPlay = Played.parse({
  schedule: { turns },
  outcome: 'played',
  reason: '',
  steps: steps([
    [0, 'A', 'sent', 'POST /guests'],
    [1_204, 'A', 'statement', TAKEN, 'read', 0],
    [1_205, 'A', 'held', JOIN, 'write'],
    [1_206, 'B', 'sent', 'POST /guests'],
    [2_410, 'B', 'statement', TAKEN, 'read', 0],
    [2_411, 'B', 'statement', JOIN, 'write', 1],
    [2_414, 'B', 'answered', '201'],
    [2_415, 'A', 'released', JOIN, 'write', '23505'],
    [2_417, 'A', 'answered', '500'],
  ]),
} satisfies Played)
