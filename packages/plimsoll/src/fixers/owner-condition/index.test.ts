import { expect, test } from 'vitest'
import { findingOf, proposeForFiles, proposeForFolder } from '../../../../../test/support/propose-fix.ts'
import fixer from './index.ts'

const read = (sql: string, place: { file: string; line: number } = { file: 'server.js', line: 67 }) =>
  findingOf({
    ...{ probe: 'access', subject: 'GET /api/orders/:id', cwe: 639 },
    detail: "B is answered 200 with A's order.product · an id that does not exist answers 404",
    repairs: [
      'Put the owner into the condition: … WHERE id = $1 AND owner_id = $2, with the account of the session; answer 404 where no row is left.',
    ],
    evidence: [
      {
        ...{ kind: 'statements', title: 'The statement, which does not ask whose it is' },
        statements: [
          {
            ...{ connection: 1, sql, shape: sql, parameters: ['1'], atMs: 1, durationMs: 1, rows: 1 },
            transaction: 'I',
          },
        ],
      },
      { kind: 'source', title: 'Where it is written', place, excerpt: '' },
    ],
  })

const ORDER = read('SELECT id, product, quantity, state FROM orders WHERE id = $1')

test('the owner joins the condition, as the other statements have it', async () => {
  expect(
    await proposeForFolder(fixer, 'specimens/express/access-statement/broken', ORDER),
  ).toMatchInlineSnapshot(`
    "--- a/server.js
    +++ b/server.js
    @@ -64,8 +64,8 @@
     })
     
     app.get('/api/orders/:id', requireUser, async (req, res) => {
    -  const { rows } = await pool.query('SELECT id, product, quantity, state FROM orders WHERE id = $1', [
    -    Number(req.params.id),
    +  const { rows } = await pool.query('SELECT id, product, quantity, state FROM orders WHERE id = $1 AND customer_id = $2', [
    +    Number(req.params.id), req.userId,
       ])
       if (rows.length === 0) return res.status(404).json({ error: 'no such order' })
       res.json({ order: rows[0] })
    "
  `)
})

test('nothing where it asks already', async () => {
  expect(await proposeForFolder(fixer, 'specimens/express/access-statement/fixed', ORDER)).toBe('')
})
