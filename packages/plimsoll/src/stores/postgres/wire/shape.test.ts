import { expect, test } from 'vitest'
import { shapeOf } from './shape.ts'
import { splitStatements } from './split-statements.ts'

test.each([
  ['SELECT * FROM seats WHERE id = 7', 'select * from seats where id = ?'],
  ['select *\n  from seats -- the one\n where id=$1;', 'select * from seats where id=?'],
  ["select 'it''s', E'a\\'b', $tag$ x;y $tag$, $$z$$, B'01', U&'\\0041'", 'select ?, ?, ?, ?, ?, ?'],
  ['select /* a /* nested */ b */ 1.5e-3, 0xff, .5, 1_000', 'select ?, ?, ?, ?'],
  ['select * from t where id IN ($1, $2,$3)', 'select * from t where id in (?)'],
  ['select * from t where id in (1)', 'select * from t where id in (?)'],
  ['insert into t (a, b) values (1, 2), (3, 4),(5,6)', 'insert into t (a, b) values (?, ?)'],
  ['select "Mixed Case", "a""b" from "T1"', 'select "Mixed Case", "a""b" from "T1"'],
  ['select x from t where a = -5', 'select x from t where a = ?'],
  ['select x from t where a > - 5 and b - 5 > 2', 'select x from t where a > ? and b - ? > ?'],
  ['select t1.c2 from t1 limit 10 offset 20', 'select t1.c2 from t1 limit ? offset ?'],
  ["select 'never closed", 'select ?'],
  ['', ''],
])('%j has the shape %j', (sql, shape) => {
  expect(shapeOf(sql)).toBe(shape)
})

test.each([
  ['', []],
  [' ; -- nothing\n;', []],
  ['select 1', ['select 1']],
  ['begin; update t set a = 1;commit;', ['begin', 'update t set a = 1', 'commit']],
  ["select ';'; select $$;$$", ["select ';'", 'select $$;$$']],
  [
    'create rule r as on insert to t do (select 1; select 2); select 3',
    ['create rule r as on insert to t do (select 1; select 2)', 'select 3'],
  ],
  [
    'create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3',
    [
      'create function f() returns int begin atomic select case when true then 1 end; select 2; end',
      'select 3',
    ],
  ],
])('%j is split as the server splits it', (sql, statements) => {
  expect(splitStatements(sql)).toEqual(statements)
})
