import ts from 'typescript'
import { expect, test } from 'vitest'
import { readsIn } from './reads.ts'

const bodyReads = (code: string): string[] => {
  const source = ts.createSourceFile('a.js', `(req) => { ${code} }`, ts.ScriptTarget.Latest, true)
  const [statement] = source.statements
  if (statement === undefined || !ts.isExpressionStatement(statement)) return []
  const { expression } = statement
  if (!ts.isArrowFunction(expression) || expression.parameters[0] === undefined) return []
  return readsIn(expression.body, [[expression.parameters[0].name, 'request']]).body
}

test.each([
  ['const { name, email = "" } = req.body', ['name', 'email']],
  ['use(req.body.user.email, req.body.user.password)', ['user.email', 'user.password']],
  ['const { user: { email } } = req.body; use(email.trim(), email.length)', ['user.email']],
  ['const { user } = req.body; use(user.email?.toLowerCase())', ['user.email']],
  ['const { user } = req.body; save(user)', ['user']],
  [
    'for (const { productId, quantity } of req.body.items) use(productId)',
    ['items.0.productId', 'items.0.quantity'],
  ],
  ['const { items } = req.body; items.map((item) => item.sku)', ['items.0.sku']],
  ['use(req.body.tags.map((tag) => tag.trim()))', ['tags']],
])('%s', (code, names) => {
  expect(bodyReads(code)).toEqual(names)
})
