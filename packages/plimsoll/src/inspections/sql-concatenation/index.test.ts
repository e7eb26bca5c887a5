// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is read
import { expect, test } from 'vitest'
import { inspectFiles, inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'
import { endsInQuotes, isStatement } from './statement-shape.ts'

const JOINED = [
  'app.get("/u/:id", (req, res) => db.query(`SELECT * FROM users WHERE id = ${req.params.id}`))',
  `app.get('/u', async (req, res) => { const id = req.query.id; await pool.query('SELECT * FROM u WHERE id = ' + id) })`,
  "export const find = async (ctx) => { const { name } = ctx.request.body; return db.execute(`DELETE FROM t WHERE name = '${name}'`) }",
  'fastify.get("/s", async ({ query }) => knex.raw(`select * from t order by ${query.sort}`))',
  `app.post('/p', (req) => { let sql = 'UPDATE t SET a = 1'; sql += ' WHERE b = ' + req.body.b; return client.query({ text: sql, values: [] }) })`,
  'app.get("/q", (req) => prisma.$queryRawUnsafe(`SELECT * FROM t WHERE a = ${req.query.a}`))',
  `app.get('/c', (req) => sequelize.query('SELECT * FROM t WHERE a = '.concat(req.query.a)))`,
  'class A { @Get() list(@Query("sort") sort: string) { return this.source.query(`SELECT * FROM t ORDER BY ${sort}`) } }',
  'app.get("/d", (req) => db.all(`SELECT * FROM t WHERE a IN (${req.query.ids.split(",").join(",")})`))',
  "export const byName = (name: string) => db.query(`SELECT * FROM t WHERE name = '${name}'`)",
  'app.get("/t", (req) => { const term = (req.query.q ?? "").trim(); return db.query("SELECT * FROM t WHERE a LIKE \'%" + term + "%\'") })',
]

const KEPT_APART = [
  'app.patch("/p", (req) => { const set = Object.keys(req.body).map((key) => `${pg.escapeIdentifier(key)} = 1`); return db.query(`UPDATE t SET ${set.join(", ")}`) })',
  'app.get("/u", (req) => db.query(`SELECT * FROM u WHERE id IN (${req.body.ids.map(() => "?").join(",")})`, req.body.ids))',
  `app.get('/u/:id', (req) => db.query('SELECT * FROM users WHERE id = $1', [req.params.id]))`,
  'app.get("/u/:id", (req) => sql`SELECT * FROM users WHERE id = ${req.params.id}`)',
  'app.get("/u/:id", (req) => prisma.$queryRaw(Prisma.sql`SELECT * FROM u WHERE id = ${req.params.id}`))',
  'app.get("/u/:id", (req) => db.query(`SELECT * FROM u WHERE id = ${Number(req.params.id)}`))',
  'app.get("/u", (req) => { const by = COLUMNS[req.query.sort]; return db.query(`SELECT * FROM u ORDER BY ${by}`) })',
  'app.get("/u", (req) => { const { sort } = req.query; if (!ALLOWED.includes(sort)) throw new Error(); return db.query(`SELECT * FROM u ORDER BY ${sort}`) })',
  'app.get("/u", (req) => db.query(`SELECT * FROM u ORDER BY id ${req.query.dir === "desc" ? "DESC" : "ASC"}`))',
  'app.get("/u", (req) => db.query(`SELECT * FROM u WHERE a = ${mysql.escape(req.query.a)}`))',
  'app.get("/u", (req) => logger.info(`select the user from ${req.query.a}`))',
  'app.get("/u", (req) => db.query(`SELECT * FROM ${TABLE} WHERE id = $1`, [req.query.id]))',
  'const list = (table: string) => db.query(`SELECT * FROM ${table}`)',
  'class A { @Get(":id") one(@Param("id", ParseIntPipe) id: number) { return this.db.query(`SELECT * FROM t WHERE id = ${id}`) } }',
  'app.get("/u", (req) => fetch.get(`update ${req.query.x}`))',
  'app.get("/u", (req) => { const limit = parseInt(req.query.limit, 10); return db.query(`SELECT * FROM u LIMIT ${limit}`) })',
  'app.get("/u", (req) => { const marks = req.body.ids.map((_, i) => `$${i + 1}`).length; return db.query(`SELECT * FROM u LIMIT ${marks}`) })',
  'app.get("/u", (req) => { if (!/^[a-z]+$/.test(req.query.by)) throw 1; return db.query(`SELECT * FROM u ORDER BY ${req.query.by}`) })',
]

test('request data in the text of a statement is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...JOINED, ...KEPT_APART])).toEqual(JOINED)
})

const PYTHON_JOINED = [
  `@app.route('/u/<name>')\ndef one(name):\n    return db.execute(f"SELECT * FROM u WHERE name = '{name}'")`,
  `def one():\n    name = request.args.get('name')\n    cur.execute("SELECT * FROM u WHERE name = '%s'" % name)`,
  `def one():\n    cur.execute("SELECT * FROM u WHERE id = " + request.form['id'])`,
  `def one(name):\n    q = f"SELECT * FROM u WHERE name = '{name}'"\n    return db.session.execute(text(q))`,
  `def one():\n    cur.execute("DELETE FROM u WHERE id = {}".format(request.json['id']))`,
]

const PYTHON_KEPT_APART = [
  `def one():\n    cur.execute("SELECT * FROM u WHERE name = %s", (request.args['name'],))`,
  `@app.route('/u/<int:id>')\ndef one(id):\n    return db.execute(f"SELECT * FROM u WHERE id = {id}")`,
  `def one():\n    sort = request.args.get('sort')\n    if sort not in ALLOWED:\n        abort(400)\n    cur.execute(f"SELECT * FROM u ORDER BY {sort}")`,
  `def one(table):\n    cur.execute(f"SELECT * FROM {table}")`,
  `def one():\n    cur.execute(f"SELECT * FROM u LIMIT {int(request.args['n'])}")`,
  `def one(name: int):\n    cur.execute(f"SELECT * FROM u WHERE a = '{name}'")`,
  `def one():\n    session.execute(text("SELECT 1 FROM u WHERE a = :a"), {"a": request.args["a"]})`,
  `def one():\n    log.info(f"select {request.args['x']} from it")`,
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_JOINED, ...PYTHON_KEPT_APART], 'py')).toEqual(PYTHON_JOINED)
})

test('a value that only a caller knows weighs less', async () => {
  const [judged] = await inspectFiles(inspection, {
    'src/users.ts':
      "export const find = (name: string) =>\n  db.query(`SELECT * FROM u WHERE name = '${name}'`)",
  })
  expect(judged).toMatchObject({
    subject: 'src/users.ts: find',
    severity: 'high',
    tier: 'suspicion',
    cwe: 89,
  })
  expect(judged?.places).toEqual([{ file: 'src/users.ts', line: 2 }])
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/koa/sql-concatenation/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 89, 'server.js: GET /books'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/koa/sql-concatenation/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})

test.each([
  ['select id from t', true],
  ['  UPDATE t SET a = 1', true],
  ['select one of these', false],
  ['with love', false],
  ['update available', false],
  ['INSERT INTO t VALUES (1)', true],
])('%s is a statement: %s', (text, is) => {
  expect(isStatement(text)).toBe(is)
})

test('an odd number of quotes leaves one open', () => {
  expect(endsInQuotes("a = '")).toBe(true)
  expect(endsInQuotes("a = 'x' and b = ")).toBe(false)
})
