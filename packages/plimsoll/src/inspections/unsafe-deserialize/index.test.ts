import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const READ = [
  "import serialize from 'node-serialize'\napp.post('/s', (req) => serialize.unserialize(req.body.state))",
  "import { unserialize } from 'node-serialize'\napp.get('/s', (req) => unserialize(req.cookies.state))",
  "const serialize = require('node-serialize')\napp.get('/s', (req) => { const text = Buffer.from(req.cookies.profile, 'base64').toString(); return serialize.unserialize(text) })",
  "import funcster from 'funcster'\napp.post('/s', (req) => funcster.deepDeserialize(req.body))",
  "import { deserialize } from 'serialize-to-js'\napp.post('/s', (req) => deserialize(req.body.text))",
  "const cryo = require('cryo')\nrouter.post('/s', async (ctx) => cryo.parse(ctx.request.body.state))",
  "import s from 'node-serialize'\nclass A { @Post() f(@Body('state') state: string) { return s.unserialize(state) } }",
  "import s from 'node-serialize'\nfastify.post('/s', async ({ body }) => s.unserialize(body.state))",
]

const NOT_READ = [
  "app.post('/s', (req) => JSON.parse(req.body.state))",
  "import serialize from 'node-serialize'\nserialize.unserialize(readFileSync('own.txt', 'utf8'))",
  "import v8 from 'node:v8'\napp.post('/s', (req) => v8.deserialize(req.body))",
  'passport.deserializeUser((id, done) => done(null, id))',
  "import { deserialize } from './user.js'\napp.post('/s', (req) => deserialize(req.body))",
  "import yaml from 'js-yaml'\napp.post('/s', (req) => yaml.load(req.body.text))",
  "import serialize from 'node-serialize'\napp.get('/s', (req) => serialize.serialize(req.body))",
  "import { parse } from 'yaml'\napp.post('/s', (req) => parse(req.body.text))",
]

test('request data in formats that run code is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...READ, ...NOT_READ])).toEqual(READ)
})

const PYTHON_READ = [
  'def go():\n    return pickle.loads(request.data)',
  "def go():\n    token = base64.b64decode(request.cookies['state'])\n    return pickle.loads(token)",
  'def go():\n    return yaml.load(request.data, Loader=yaml.Loader)',
]

const PYTHON_NOT_READ = [
  'def go():\n    return yaml.safe_load(request.data)',
  'def go():\n    return yaml.load(request.data, Loader=yaml.SafeLoader)',
  'def go():\n    return json.loads(request.data)',
  "def go():\n    return pickle.loads(cache.get('own'))",
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_READ, ...PYTHON_NOT_READ], 'py')).toEqual(PYTHON_READ)
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/koa/unsafe-deserialize/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 502, 'server.js: GET /basket'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/koa/unsafe-deserialize/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
