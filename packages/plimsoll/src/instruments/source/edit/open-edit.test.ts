import ts from 'typescript'
import { expect, test } from 'vitest'
import { parseScript } from '../parse-script.ts'
import { nodesOf } from '../script-nodes.ts'
import { addImport } from './add-import.ts'
import { addProperties } from './add-properties.ts'
import { openEdit } from './open-edit.ts'

const edit = (text: string, file = 'a.js') => openEdit(parseScript(file, text).source)
const statement = (one: ReturnType<typeof edit>, at: number) => {
  const found = one.source.statements[at]
  if (found === undefined) throw new Error('no such statement')
  return found
}

test('lines end, and quotes are, as in the file', () => {
  const one = edit('const a = "x";\r\nrun(a);\r\n')
  one.after(statement(one, 0), "log('it\\'s', 'b')")
  expect(one.text()).toBe('const a = "x";\r\nlog(\'it\\\'s\', "b");\r\nrun(a);\r\n')
})

test('above means above the comment that belongs to it, and below means behind the one on its line', () => {
  const one = edit('// head\n\n// what it is\nrun() // now\nlast()')
  one.before(statement(one, 0), 'first()')
  one.after(statement(one, 0), 'second()', { gap: true })
  expect(one.text()).toBe('// head\n\nfirst()\n// what it is\nrun() // now\n\nsecond()\n\nlast()')
})

test('a statement in a function is as deep as those beside it', () => {
  const one = edit('function f() {\n\tif (a) {\n\t\trun();\n\t}\n}\n')
  const inner = [...nodesOf(one.source)].filter(ts.isExpressionStatement)[0]
  if (inner === undefined) throw new Error('no statement')
  one.after(inner, 'try {\n  stop()\n} catch {}')
  expect(one.text()).toBe(
    'function f() {\n\tif (a) {\n\t\trun();\n\t\ttry {\n\t\t\tstop();\n\t\t} catch {}\n\t}\n}\n',
  )
})

test('a statement goes with its line', () => {
  const one = edit('a()\nb() // why\nc()\n')
  one.remove(statement(one, 1))
  expect(one.text()).toBe('a()\nc()\n')
})

test.each([
  ["import { a } from './x.js'\nrun(a)\n", "import { a, b } from './x.js'\nrun(a)\n"],
  ["import x from './x.js'\nrun(x)\n", "import x from './x.js'\nimport { b } from './x.js'\nrun(x)\n"],
  ["import { b as c } from './x.js'\nrun(c)\n", "import { b as c } from './x.js'\nrun(c)\n"],
  [
    "import type { T } from './x.js'\nrun()\n",
    "import type { T } from './x.js'\nimport { b } from './x.js'\nrun()\n",
  ],
  ['run()\n', "import { b } from './x.js'\nrun()\n"],
  [
    "'use strict';\nconst y = require('y');\nrun(y);\n",
    "'use strict';\nconst y = require('y');\nconst { b } = require('./x.js');\nrun(y);\n",
  ],
])('an import: %j', (before, after) => {
  const one = edit(before)
  addImport(one, { from: './x.js', name: 'b' })
  expect(one.text()).toBe(after)
})

test.each([
  ['run({})', 'run({ a: 1, b: 2 })'],
  ['run({ c })', 'run({ c, a: 1, b: 2 })'],
  ['run({\n  c,\n})', 'run({\n  c,\n  a: 1,\n  b: 2,\n})'],
  ['run({\n  c\n})', 'run({\n  c,\n  a: 1,\n  b: 2\n})'],
  [`run({ ${'long'.repeat(20)}: 1 })`, `run({\n  ${'long'.repeat(20)}: 1,\n  a: 1,\n  b: 2,\n})`],
])('properties: %j', (before, after) => {
  const one = edit(before)
  const object = [...nodesOf(one.source)].find(ts.isObjectLiteralExpression)
  if (object === undefined) throw new Error('no object')
  addProperties(one, object, ['a: 1', 'b: 2'])
  expect(one.text()).toBe(after)
})
