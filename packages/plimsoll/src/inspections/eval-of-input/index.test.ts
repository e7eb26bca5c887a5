// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is read
import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const EXECUTED = [
  "app.post('/f', (req) => eval(req.body.formula))",
  "app.post('/f', (req) => { const { formula } = req.body; return new Function('x', `return ${formula}`)(1) })",
  "import vm from 'node:vm'\napp.post('/f', (req) => vm.runInNewContext(req.body.code, {}))",
  "const vm = require('vm')\napp.post('/f', (req) => new vm.Script(req.body.code))",
  "import { runInThisContext } from 'vm'\napp.post('/f', (req) => runInThisContext(req.body.code))",
  "app.post('/f', (req) => setTimeout(`done(${req.body.id})`, 10))",
  "router.post('/f', async (ctx) => eval('(' + ctx.request.body + ')'))",
  "class A { @Post() f(@Body('code') code: string) { return eval(code) } }",
  "import safeEval from 'safe-eval'\napp.get('/f', (req) => safeEval(req.query.text))",
]

const NOT_EXECUTED = [
  "app.post('/f', (req) => JSON.parse(req.body))",
  "app.post('/f', (req) => eval('1 + 1'))",
  "app.post('/f', (req) => setTimeout(() => done(req.body.id), 10))",
  "app.post('/f', (req) => eval(String(Number(req.body.n))))",
  "app.post('/f', (req) => { const retry = req.body.retry; setTimeout(retry, 10) })",
  "app.post('/f', (req) => evaluate(req.body.formula))",
  "app.post('/f', (req) => formula.eval(req.body.x))",
  "import vm from 'node:vm'\nvm.runInNewContext(readFileSync('plugin.js', 'utf8'))",
  "const f = new Function('a', 'return a')",
]

test('request data that is executed is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...EXECUTED, ...NOT_EXECUTED])).toEqual(EXECUTED)
})

const PYTHON_EXECUTED = [
  "def go():\n    return eval(request.args['formula'])",
  "def go():\n    code = request.get_json()['code']\n    exec(code)",
  'def go():\n    return render_template_string(f"<h1>{request.args[\'name\']}</h1>")',
]

const PYTHON_NOT_EXECUTED = [
  "def go():\n    return ast.literal_eval(request.args['formula'])",
  "def go():\n    return render_template_string('<h1>{{ name }}</h1>', name=request.args['name'])",
  'def go(code):\n    exec(code)',
  'def go():\n    model.eval()',
]

test('so it is in Python', async () => {
  const found = await refutedOf(inspection, [...PYTHON_EXECUTED, ...PYTHON_NOT_EXECUTED], 'py')
  expect(found).toEqual(PYTHON_EXECUTED)
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/express/eval-of-input/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 95, 'server.js: POST /formulas'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/express/eval-of-input/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
