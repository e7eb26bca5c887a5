import { describe, expect, test } from 'vitest'
import { type Key, StatementFacts } from '../../../model/statement-facts.ts'
import { loadReader } from './load-reader.ts'

const read = await loadReader()

const sayKeys = (keys: readonly Key[]) =>
  keys.map(({ column, parameter, literal }) => `${column}=${parameter ? `$${parameter}` : literal}`).join()

/** `update stock{n}(id=$1) conditional; from stock(id=$1); lock update`: facts on one line. */
const say = (sql: string): string => {
  const { kind, reads, writes, lock, isolation } = StatementFacts.parse(read(sql))
  const parts = writes.map(({ table, how, columns, keys, conditional, relative, onConflict }) => {
    const said = [conditional && 'conditional', relative && 'relative', onConflict && `or ${onConflict}`]
    return [`${how} ${table}{${columns}}(${sayKeys(keys)})`, ...said.filter(Boolean)].join(' ')
  })
  if (reads.length > 0)
    parts.push(`from ${reads.map(({ table, keys }) => `${table}(${sayKeys(keys)})`).join(' ')}`)
  if (lock) parts.push(`lock ${lock}`)
  if (isolation) parts.push(isolation)
  return [`${kind}:`, parts.join('; ')].join(' ').trim()
}

const check = (cases: readonly (readonly [string, string])[]) =>
  test.each(cases)('%s', (sql, expected) => {
    expect(say(sql)).toBe(expected)
  })

describe('Prisma', () => {
  check([
    [
      'SELECT "public"."User"."id", "public"."User"."email" FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3',
      'read: from User(id=$1)',
    ],
    [
      'SELECT "t1"."id", "User_posts"."__prisma_data__" AS "posts" FROM "public"."User" AS "t1" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), \'[]\') AS "__prisma_data__" FROM (SELECT "t3"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT(\'id\', "t2"."id") AS "__prisma_data__" FROM (SELECT "t2".* FROM "public"."Post" AS "t2" WHERE ("t1"."id" = "t2"."authorId") /* root select */) AS "t2" /* inner select */) AS "t3" /* middle select */) AS "t4" /* outer select */) AS "User_posts" ON true WHERE "t1"."id" = $1 LIMIT $2',
      'read: from Post() User(id=$1)',
    ],
    [
      'UPDATE "public"."Product" SET "stock" = ("public"."Product"."stock" - $1) WHERE ("public"."Product"."id" = $2 AND "public"."Product"."stock" >= $3 AND 1=1) RETURNING "public"."Product"."id"',
      'write: update Product{stock}(id=$2) conditional relative; from Product(id=$2)',
    ],
    [
      'UPDATE "public"."Account" SET "balance" = $1 WHERE ("public"."Account"."id" = $2 AND 1=1) RETURNING "public"."Account"."id", "public"."Account"."balance"',
      'write: update Account{balance}(id=$2); from Account(id=$2)',
    ],
    [
      'INSERT INTO "public"."Order" ("userId","total") VALUES ($1,$2) RETURNING "public"."Order"."id"',
      'write: insert Order{userId,total}()',
    ],
    [
      'INSERT INTO "public"."Stock" ("sku","n") VALUES ($1,$2) ON CONFLICT ("sku") DO UPDATE SET "n" = ("public"."Stock"."n" + $3) WHERE ("public"."Stock"."sku" = $4 AND 1=1) RETURNING "public"."Stock"."sku"',
      'write: insert Stock{sku,n}() conditional relative or update',
    ],
    [
      'DELETE FROM "public"."Session" WHERE ("public"."Session"."id" IN ($1,$2) AND 1=1)',
      'write: delete Session{}(id=$1,id=$2); from Session(id=$1,id=$2)',
    ],
    ['SET TRANSACTION ISOLATION LEVEL SERIALIZABLE', 'setting: serializable'],
    ['SELECT 1', 'read:'],
  ])
})

describe('TypeORM', () => {
  check([
    [
      'SELECT "User"."id" AS "User_id" FROM "user" "User" LEFT JOIN "profile" "User__profile" ON "User__profile"."id"="User"."profileId" WHERE (("User"."id" = $1)) LIMIT 1 FOR UPDATE',
      'read: from user(id=$1) profile(); lock update',
    ],
    [
      'SELECT DISTINCT "distinctAlias"."User_id" AS "ids_User_id" FROM (SELECT "User"."id" AS "User_id" FROM "shop"."user" "User" WHERE "User"."email" = $1) "distinctAlias" ORDER BY "User_id" ASC LIMIT 1',
      'read: from shop.user(email=$1)',
    ],
    [
      'UPDATE "stock" SET "quantity" = quantity - 1, "version" = "version" + 1, "updatedAt" = CURRENT_TIMESTAMP WHERE "id" = $1 AND "version" = $2',
      'write: update stock{quantity,version,updatedAt}(id=$1,version=$2) conditional relative; from stock(id=$1,version=$2)',
    ],
    ['UPDATE "user" SET "name" = $1 WHERE "id" IN ($2)', 'write: update user{name}(id=$2); from user(id=$2)'],
    ['INSERT INTO "order"("id", "sku") VALUES (DEFAULT, $1) RETURNING "id"', 'write: insert order{id,sku}()'],
    ['START TRANSACTION', 'begin:'],
    ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ', 'setting: repeatable read'],
  ])
})

describe('Sequelize', () => {
  check([
    [
      'SELECT "Order".*, "Lines"."id" AS "Lines.id" FROM (SELECT "Order"."id" FROM "Orders" AS "Order" WHERE "Order"."id" = \'7\' LIMIT 1) AS "Order" LEFT OUTER JOIN "Lines" AS "Lines" ON "Order"."id" = "Lines"."OrderId";',
      'read: from Orders(id=7) Lines()',
    ],
    [
      'UPDATE "Seats" SET "taken"=$1,"updatedAt"=$2 WHERE "id" = $3 AND "taken" = false',
      'write: update Seats{taken,updatedAt}(id=$3,taken=false) conditional; from Seats(id=$3,taken=false)',
    ],
    [
      'UPDATE "Accounts" SET "balance"="balance"+ -5,"updatedAt"=$1 WHERE "id" = 1 RETURNING "id"',
      'write: update Accounts{balance,updatedAt}(id=1) relative; from Accounts(id=1)',
    ],
    [
      'INSERT INTO "Users" ("id","name") VALUES (DEFAULT,$1) ON CONFLICT ("name") DO UPDATE SET "name"=EXCLUDED."name" RETURNING "id"',
      'write: insert Users{id,name}() or update',
    ],
    ['START TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;', 'begin: read committed'],
  ])
})

describe('Knex, Drizzle, MikroORM, pg', () => {
  check([
    ['select * from "users" where "id" = $1 limit $2', 'read: from users(id=$1)'],
    [
      'update "seats" set "holder" = $1 where "id" = $2 and "holder" is null',
      'write: update seats{holder}(id=$2) conditional; from seats(id=$2)',
    ],
    [
      'select * from "jobs" where "state" = $1 order by "id" asc limit $2 for update skip locked',
      'read: from jobs(state=$1); lock update',
    ],
    [
      'insert into "tags" ("name") values ($1) on conflict ("name") do nothing',
      'write: insert tags{name}() or nothing',
    ],
    [
      'select "id", (select count(*) from "posts" "p" where "p"."author" = "users"."id") from "users"',
      'read: from users() posts()',
    ],
    [
      'select "o0".* from "order" as "o0" where ("o0"."shop", "o0"."number") in (($1, $2), ($3, $4)) for share',
      'read: from order(shop=$1,shop=$3,number=$2,number=$4); lock share',
    ],
    [
      'update "order" set "state" = case when ("id" = $1) then $2 else "state" end where "id" in ($3)',
      'write: update order{state}(id=$3) relative; from order(id=$3)',
    ],
    [
      'SELECT * FROM t WHERE id = ANY($1::uuid[]) AND kind = ANY(ARRAY[$2, $3])',
      'read: from t(id=$1,kind=$2,kind=$3)',
    ],
    [
      'select * from a where $1 = a.x and lower(y) = $2 and z > 3 and (v = 1 or w = 2) and u <> 4 and s not in (5)',
      'read: from a(x=$1)',
    ],
    ['begin isolation level serializable, read write', 'begin: serializable'],
    ['savepoint trx2', 'savepoint:'],
    ['release trx2', 'savepoint:'],
    ['rollback to savepoint trx2', 'savepoint:'],
    ['commit;', 'commit:'],
    ['END', 'commit:'],
    ['ABORT', 'rollback:'],
  ])
})

describe('queries', () => {
  check([
    [
      'SELECT * FROM a JOIN b ON a.id = b.a AND b.kind = $1 LEFT JOIN c ON c.x = $2 WHERE a.id = $3',
      'read: from a(id=$3) b(kind=$1) c()',
    ],
    ['SELECT * FROM one, two WHERE id = $1', 'read: from one() two()'],
    [
      'SELECT * FROM a WHERE EXISTS (SELECT FROM b WHERE b.a = a.id AND b.x = $1) UNION ALL SELECT * FROM c',
      'read: from a() b(x=$1) c()',
    ],
    [
      'WITH t AS (SELECT * FROM users WHERE id = $1) SELECT * FROM t, public.t',
      'read: from users(id=$1) t()',
    ],
    ['WITH users AS (SELECT * FROM users) SELECT * FROM users', 'read: from users()'],
    [
      'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT t.n FROM t JOIN nodes ON true) SELECT * FROM t',
      'read: from nodes()',
    ],
    [
      'WITH gone AS (DELETE FROM queue WHERE id = 1 RETURNING *) SELECT * FROM gone',
      'write: delete queue{}(id=1); from queue(id=1)',
    ],
    [
      'SELECT * FROM (VALUES (1)) v(n) JOIN generate_series(1, (SELECT max(n) FROM top)) g ON true',
      'read: from top()',
    ],
    ['SELECT * FROM Users u, "Users" q', 'read: from users() Users()'],
    [
      'SELECT relname FROM pg_class JOIN pg_catalog.pg_namespace n ON true JOIN information_schema.tables ON true',
      'read:',
    ],
    ['SELECT pg_advisory_xact_lock($1)', 'read: lock advisory'],
    [
      'SELECT pg_catalog.pg_try_advisory_lock(1) FROM a FOR NO KEY UPDATE',
      'read: from a(); lock no key update',
    ],
    ['SELECT pg_advisory_unlock($1)', 'read:'],
    ['SELECT * FROM (SELECT * FROM a FOR KEY SHARE) b', 'read: from a(); lock key share'],
    ['TABLE a', 'read: from a()'],
    ['SELECT * FROM a TABLESAMPLE system (1)', 'read: from a()'],
  ])
})

describe('writes', () => {
  check([
    ['INSERT INTO a SELECT * FROM b WHERE b.id = $1', 'write: insert a{}() conditional; from b(id=$1)'],
    [
      'INSERT INTO a (x) SELECT $1 WHERE NOT EXISTS (SELECT FROM a WHERE x = $1)',
      'write: insert a{x}() conditional; from a(x=$1)',
    ],
    ['INSERT INTO a DEFAULT VALUES', 'write: insert a{}()'],
    [
      'UPDATE a SET (x, y) = (x + 1, $1) WHERE id = $2',
      'write: update a{x,y}(id=$2) relative; from a(id=$2)',
    ],
    ['UPDATE a SET (x, y) = (y, $1)', 'write: update a{x,y}(); from a()'],
    [
      'UPDATE a SET x = (SELECT x - 1 FROM a WHERE id = $1) WHERE id = $1',
      'write: update a{x}(id=$1); from a(id=$1)',
    ],
    [
      'UPDATE a SET x = v.x FROM (VALUES ($1, $2)) v(id, x) WHERE a.id = v.id',
      'write: update a{x}(); from a()',
    ],
    [
      'UPDATE a AS t SET x = t.x || b.y FROM b WHERE b.id = t.b AND t.id = $1',
      'write: update a{x}(id=$1) relative; from a(id=$1) b()',
    ],
    [
      "UPDATE a SET x = 1 WHERE id = $1 AND state = 'open'",
      'write: update a{x}(id=$1,state=open) conditional; from a(id=$1,state=open)',
    ],
    [
      'UPDATE a SET x = 1 WHERE id = $1 AND tenant = $2',
      'write: update a{x}(id=$1,tenant=$2); from a(id=$1,tenant=$2)',
    ],
    ['UPDATE a SET x = 1 WHERE id IN (SELECT id FROM b)', 'write: update a{x}() conditional; from a() b()'],
    ['UPDATE ONLY s.a SET x = 1', 'write: update s.a{x}(); from s.a()'],
    [
      'DELETE FROM a USING b WHERE a.b = b.id AND b.x = $1 AND a.at < now()',
      'write: delete a{}() conditional; from a() b(x=$1)',
    ],
    [
      'MERGE INTO a t USING b s ON t.id = s.id WHEN MATCHED AND t.v = $1 THEN UPDATE SET v = t.v + 1 WHEN NOT MATCHED THEN INSERT (id) VALUES (1)',
      'write: merge a{v,id}() conditional relative; from a() b()',
    ],
    ['TRUNCATE a, b.c CASCADE', 'write: truncate a{}(); truncate b.c{}()'],
    ['COPY a (x, y) FROM STDIN', 'write: copy a{x,y}()'],
    ['COPY a TO STDOUT', 'read: from a()'],
    ['COPY (SELECT * FROM a WHERE x = 1) TO STDOUT', 'read: from a(x=1)'],
  ])
})

describe('the rest', () => {
  check([
    ['SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE', 'setting: serializable'],
    ["SET default_transaction_isolation TO 'repeatable read'", 'setting: repeatable read'],
    ['SET search_path = app', 'setting:'],
    ['SHOW server_version', 'setting:'],
    ['LOCK TABLE a IN EXCLUSIVE MODE', 'other: lock table'],
    ['CREATE TABLE a (id int)', 'schema:'],
    ['CREATE TABLE b AS SELECT * FROM a', 'schema: from a()'],
    ['ALTER TABLE a ADD x int', 'schema:'],
    ['CREATE INDEX CONCURRENTLY ON a (x)', 'schema:'],
    ['DROP VIEW v', 'schema:'],
    ['EXPLAIN ANALYZE SELECT * FROM a', 'other:'],
    ['DECLARE c CURSOR FOR SELECT * FROM a', 'other: from a()'],
    ['FETCH 10 FROM c', 'other:'],
    ['PREPARE p AS SELECT * FROM a', 'other:'],
    ['EXECUTE p(1)', 'other:'],
    ['DO $$ BEGIN DELETE FROM a; END $$', 'other:'],
    ['CALL pay(1)', 'other:'],
    ['VACUUM a', 'other:'],
    ['', 'other:'],
    ['-- nothing', 'other:'],
  ])
})

describe('several in one text', () => {
  check([
    [
      'BEGIN; UPDATE a SET x = 1 WHERE id = 2; SELECT * FROM b; COMMIT',
      'write: update a{x}(id=2); from a(id=2) b()',
    ],
    [
      'BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT * FROM b FOR UPDATE',
      'read: from b(); lock update; serializable',
    ],
    ['COMMIT; BEGIN', 'commit:'],
  ])
})

describe('what the grammar does not take is known by its first word', () => {
  check(
    [
      ['UPDATE a SET', 'write:'],
      ['select * from a where', 'read:'],
      ['COMMIT AND GO HOME', 'commit:'],
      ['constructor', 'other:'],
      [`SELECT * FROM a WHERE id IN (1${', 1'.repeat(10_000)})`, 'read:'],
      [`SELECT ${'('.repeat(9_000)}`, 'read:'],
      [`SELECT 1${'+1'.repeat(9_000)} FROM a`, 'read:'],
    ].map(([sql = '', said = '']) => [sql, said] as const),
  )
})

test('a text is read once', () => {
  const sql = 'SELECT * FROM once'
  expect(read(sql)).toBe(read(sql))
})
