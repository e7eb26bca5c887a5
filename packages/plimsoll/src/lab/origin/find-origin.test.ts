import { afterEach, expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { createOrigin } from './find-origin.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const remove of cleanups.splice(0)) remove()
})

const originIn = async (files: Readonly<Record<string, string>>, dir = '.') => {
  const { dir: root, remove } = writeFixture(files)
  cleanups.push(remove)
  return createOrigin(await openProject(root), { dir })
}

const at = (file: string, line: number) =>
  routeOf('POST', '/x', { handler: { name: null, place: { file, line } } })

test('a statement is found where it is written, whatever its spelling', async () => {
  const origin = await originIn({
    'src/routes.js': "import { take } from './stock.js'\napp.post('/x', take)\n",
    'src/stock.js':
      'export const take = async (id) => {\n  const { rows } = await query(\n    `UPDATE products\n     SET stock = stock - ?\n     WHERE id = ?`,\n    [1, id],\n  )\n}\n',
  })
  expect(origin('update "products" set stock=stock - $1 where id = $2;', at('src/routes.js', 2))).toEqual({
    place: { file: 'src/stock.js', line: 3 },
    excerpt:
      '  const { rows } = await query(\n    `UPDATE products\n     SET stock = stock - ?\n     WHERE id = ?`,\n    [1, id],',
  })
})

test('a statement that is joined from pieces is found without the values in it, however long they are', async () => {
  const origin = await originIn({
    'src/login.ts': [
      'export const login = (name, password) => {',
      "  let sql = 'SELECT * FROM person'",
      '  if (name) sql += \' WHERE username =\' + "\'" + name + "\'" + \' AND password =\' + "\'" + password + "\'"',
      '  return query(sql)',
      '}',
    ].join('\n'),
  })
  const sql =
    "SELECT * FROM person WHERE username ='plimsollyt8stf9c06'||'qyvvgaj'||qyvvgaj||'' AND password ='Long-1'"
  expect(origin(sql, at('src/routes.ts', 1))?.place).toEqual({ file: 'src/login.ts', line: 2 })
})

test('parts that are computed match anything, and constants of the file are filled in', async () => {
  const origin = await originIn({
    'a.ts': [
      "const EVENT = 'SELECT id, title FROM events'",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source
      'const one = (id) => query(`${EVENT} WHERE id = $1`, [id])',
      'const some = (order) => query("SELECT id FROM venues " + where + " ORDER BY " + order)',
      "const all = () => query(['SELECT name', 'FROM cities', 'LIMIT 10'].join(' '))",
    ].join('\n'),
  })
  const line = (sql: string) => origin(sql, at('a.ts', 9))?.place.line
  expect(line('SELECT id, title FROM events WHERE id = $1')).toBe(2)
  expect(line('SELECT id FROM venues WHERE city = $1 ORDER BY name')).toBe(3)
  expect(line('SELECT name FROM cities LIMIT 10')).toBe(4)
})

test('a variable that may change is a computed part', async () => {
  const origin = await originIn({
    'a.js':
      "export const find = (city) => {\n  let where = ''\n  if (city) where += ' WHERE city = $1'\n  return query('SELECT id, name FROM venues' + where + ' ORDER BY name')\n}\n",
  })
  const sql = 'SELECT id, name FROM venues WHERE city = $1 ORDER BY name'
  expect(origin(sql, at('a.js', 1))?.place.line).toBe(4)
})

test('of two texts the longest wins, then the one that the route leads to', async () => {
  const sql = 'SELECT id FROM orders WHERE id = $1'
  const origin = await originIn({
    'src/orders.ts': "import { find } from './store'\nexport const read = () => find()\n",
    'src/store/index.ts': `export const find = () => query('${sql}')\n`,
    'src/audit.ts': `query('${sql}')\n`,
    'src/long.ts': `query('${sql} FOR UPDATE')\n`,
    'src/orders.test.ts': `query('${sql}')\n`,
  })
  expect(origin(sql, at('src/orders.ts', 2))?.place).toEqual({ file: 'src/store/index.ts', line: 1 })
  expect(origin(sql, at('src/audit.ts', 1))?.place.file).toBe('src/audit.ts')
  expect(origin(`${sql} FOR UPDATE`, at('src/long.ts', 1))?.place.file).toBe('src/long.ts')
})

test('what an ORM made is laid to the route', async () => {
  const origin = await originIn({
    'src/orders.ts':
      "app.post('/orders', async (req) => {\n  return prisma.order.create({ data: req.body })\n})\n",
  })
  expect(origin('INSERT INTO "orders" ("id") VALUES ($1)', at('src/orders.ts', 1))).toEqual({
    place: { file: 'src/orders.ts', line: 1 },
    excerpt: "app.post('/orders', async (req) => {\n  return prisma.order.create({ data: req.body })\n})",
  })
  expect(origin('COMMIT', at('src/orders.ts', 1))).toBeNull()
  expect(origin('SELECT 1 FROM gone', at('gone.ts', 1))).toBeNull()
})

test('a short or foreign text is not taken for the statement', async () => {
  const origin = await originIn({
    'a.js': "app.get('/x', read)\nlog('from orders')\nquery('SELECT * FROM orders_archive WHERE id = $1')\n",
  })
  expect(origin('SELECT * FROM orders WHERE customer_id = $1 AND paid', at('a.js', 1))?.place.line).toBe(1)
})

test('other languages are read by their quotes', async () => {
  const origin = await originIn({
    'app/views.py': [
      "# it's here",
      'def take(id):',
      '    cursor.execute("SELECT stock FROM products "',
      '                   "WHERE id = %s FOR UPDATE", (id,))',
      '    cursor.execute(f"""',
      '      UPDATE products SET {column} = %(value)s',
      '      WHERE id = %(id)s""", values)',
    ].join('\n'),
    'queries/orders.sql':
      '-- name: paid\nSELECT id FROM orders WHERE paid = $1;\n\nDELETE FROM orders WHERE id = $1;\n',
  })
  const place = (sql: string) => origin(sql, at('app/views.py', 2))?.place
  expect(place('SELECT stock FROM products WHERE id = 7 FOR UPDATE')).toEqual({
    file: 'app/views.py',
    line: 3,
  })
  expect(place("UPDATE products SET stock = '3' WHERE id = 7")).toEqual({ file: 'app/views.py', line: 5 })
  expect(place('DELETE FROM orders WHERE id = $1')).toEqual({ file: 'queries/orders.sql', line: 4 })
})

test('only the service itself is searched', async () => {
  const sql = 'SELECT id FROM orders WHERE id = $1'
  const origin = await originIn({ 'a/server.js': 'app.get()\n', 'b/server.js': `query('${sql}')\n` }, 'a')
  expect(origin(sql, at('a/server.js', 1))?.place.file).toBe('a/server.js')
})
