import { expect, test } from 'vitest'
import { guardedPlay, lostUpdatePlay, refusedPlay } from '../../../../../test/support/sample-run/played.ts'
import { drawSchedule } from './draw-schedule.ts'
import { shortenSql } from './shorten-sql.ts'
import { tellSchedule } from './tell-schedule.ts'

const draw = (...parameters: Parameters<typeof drawSchedule>) =>
  `\n${drawSchedule(...parameters).join('\n')}\n`

test('both read before one of them writes', () => {
  expect(draw(lostUpdatePlay)).toMatchInlineSnapshot(`
    "
              A  POST /bookings                   B  POST /bookings
        0 ms  ┬ sent
      3.1 ms  ├ BEGIN
      3.9 ms  ├ read  FROM rooms WHERE i…  1 row
      5.2 ms  ├ held  UPDATE rooms SET seats_le…
      5.4 ms  ┆                                   ┬ sent
        8 ms  ┆                                   ├ BEGIN
      8.7 ms  ┆                                   ├ read  FROM rooms WHERE i…  1 row
      9.6 ms  ┆                                   ├ wrote UPDATE rooms SET s…  1 row
       10 ms  ┆                                   ├ COMMIT
       12 ms  ┆                                   ┴ 201
       12 ms  ├ wrote UPDATE rooms SET s…  1 row
       13 ms  ├ COMMIT
       14 ms  ┴ 201

              A read, B read, B wrote, A wrote
              ┆ kept back at the wire
    "
  `)
})

test('one waits in the store for the other', () => {
  expect(draw(guardedPlay)).toMatchInlineSnapshot(`
    "
              A  POST /bookings                   B  POST /bookings
        0 ms  ┬ sent
      2.2 ms  ├ BEGIN
        3 ms  ├ read  FROM rooms WHERE i…  1 row
      4.1 ms  ├ held  UPDATE rooms SET seats_le…
      4.3 ms  ┆                                   ┬ sent
      6.9 ms  ┆                                   ├ BEGIN
      7.5 ms  ┆                                   ├ read  FROM rooms WHERE i…  1 row
       43 ms  ┆                                   ├ waits FROM rooms WHERE id = $1 …
       43 ms  ├ wrote UPDATE rooms SET s…  1 row  ┊
       44 ms  ├ COMMIT                            ┊
       45 ms  ┴ 201                               ┊
       45 ms                                      ├ ROLLBACK
       47 ms                                      ┴ 409

              A read, B read, B waited, A wrote
              B waits in the store for A: SELECT seats_left FROM rooms WHERE id = $1
              FOR UPDATE
              ┆ kept back at the wire   ┊ waits in the store
    "
  `)
})

test('the store refuses the second, in the columns that a small terminal has', () => {
  expect(draw(refusedPlay, 60)).toMatchInlineSnapshot(`
    "
              A  POST /guests           B  POST /guests
        0 ms  ┬ sent
    1,204 ms  ├ read  FROM Gu…  0 rows
    1,205 ms  ├ held  INSERT INTO Gue…
    1,206 ms  ┆                         ┬ sent
    2,410 ms  ┆                         ├ read  FROM Gu…  0 rows
    2,411 ms  ┆                         ├ wrote INSERT I…  1 row
    2,414 ms  ┆                         ┴ 201
    2,415 ms  ├ write INSERT…  ✖ 23505
    2,417 ms  ┴ 500

              A read, B read, B wrote, A was refused (23505)
              ┆ kept back at the wire
    "
  `)
})

test.each([40, 60, 61, 79, 80, 120])(
  'no line is wider than %i columns, of which 60 are the least',
  (width) => {
    const lines = [lostUpdatePlay, guardedPlay, refusedPlay].flatMap((played) => drawSchedule(played, width))
    expect(lines.filter((line) => [...line].length > Math.max(60, width))).toEqual([])
  },
)

test('a request that was never sent, and work after the answer', () => {
  const played = {
    ...lostUpdatePlay,
    steps: [
      ...lostUpdatePlay.steps.filter(({ actor }) => actor === 'A'),
      { atMs: 1_620.4, actor: 'A' as const, what: 'statement' as const, text: 'NOTIFY\n  done' },
    ],
  }
  expect(draw(played)).toMatchInlineSnapshot(`
    "
              A  POST /bookings                   B  not sent
        0 ms  ┬ sent
      3.1 ms  ├ BEGIN
      3.9 ms  ├ read  FROM rooms WHERE i…  1 row
      5.2 ms  ├ held  UPDATE rooms SET seats_le…
       12 ms  ├ wrote UPDATE rooms SET s…  1 row
       13 ms  ├ COMMIT
       14 ms  ┴ 201
    1,620 ms  · NOTIFY done

              A read, A wrote
              ┆ kept back at the wire
    "
  `)
})

test('the order is told in a few words, what repeats once', () => {
  expect([lostUpdatePlay, guardedPlay, refusedPlay].map(tellSchedule)).toEqual([
    'A read, B read, B wrote, A wrote',
    'A read, B read, B waited, A wrote',
    'A read, B read, B wrote, A was refused (23505)',
  ])
  expect(tellSchedule({ steps: [...lostUpdatePlay.steps, ...lostUpdatePlay.steps] })).toBe(
    'A read, B read, B wrote, A wrote, A read, B read, B wrote, A wrote',
  )
  expect(tellSchedule({ steps: lostUpdatePlay.steps.flatMap((step) => [step, step]) })).toBe(
    'A read, B read, B wrote, A wrote',
  )
})

test.each([
  [80, 'SELECT "t0"."id",\n  "t0"."free" FROM "public"."Stock" AS "t0" WHERE "t0"."id" = $1'],
  [60, 'SELECT "t0"."id", "t0"."free" FROM "public"."Stock" AS "t0" WHERE "t0"."id" = $1'],
  [40, 'SELECT "t0"."id", "t0"."free" FROM "public"."Stock" AS "t0" WHERE "t0"."id" = $1'],
  [20, 'SELECT "t0"."id", "t0"."free" FROM "public"."Stock" AS "t0" WHERE "t0"."id" = $1'],
  [30, 'SELECT pg_advisory_xact_lock($1)'],
  [30, 'SELECT count(*) FROM orders'],
  [25, 'SELECT COUNT(1) AS "cnt" FROM "doctors" "doctors" WHERE "on_call" = TRUE'],
  [32, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
  [26, 'INSERT INTO orders (item, price) VALUES ($1, $2) RETURNING *'],
  [20, 'INSERT INTO orders(item) SELECT $1'],
])('a statement in %i characters', (characters, sql) => {
  const short = shortenSql(sql, characters)
  expect([...short].length).toBeLessThanOrEqual(characters)
  expect(short).toMatchSnapshot()
})
