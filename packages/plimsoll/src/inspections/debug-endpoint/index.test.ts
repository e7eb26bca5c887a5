import { expect, test } from 'vitest'
import { inspectFiles, refutedOf } from '../../../../../test/support/inspect-code.ts'
import { surveyedFiles, surveyedFolder } from '../../../../../test/support/surveyed-folder.ts'
import inspection from './index.ts'

const ON = [
  'new ApolloServer({ typeDefs, resolvers, introspection: true })',
  'GraphQLModule.forRoot({ playground: true })',
  "app.use('/graphql', graphqlHTTP({ schema, graphiql: true }))",
  'app.register(mercurius, { schema, graphiql: true })',
  "import errorhandler from 'errorhandler'\napp.use(errorhandler())",
  "const errors = require('errorhandler')\napp.use(errors({ log: false }))",
]

const OFF = [
  'new ApolloServer({ typeDefs, resolvers })',
  "new ApolloServer({ introspection: process.env.NODE_ENV !== 'production' })",
  'GraphQLModule.forRoot({ playground: false })',
  "if (process.env.NODE_ENV === 'development') app.register(mercurius, { schema, graphiql: true })",
  "import errorhandler from 'errorhandler'\nif (dev) app.use(errorhandler())",
  "import { errorHandler } from './errors.js'\napp.use(errorHandler())",
  'const level = { debug: true }',
  'render({ playground: true })',
]

test('switches that are on wherever it runs are found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...ON, ...OFF])).toEqual(ON)
})

const PYTHON_ON = [
  "if __name__ == '__main__':\n    app.run(host='0.0.0.0', debug=True)",
  'app.run(debug=True)',
  'from flask import Flask\napp = Flask(__name__)\napp.debug = True',
  "from flask import Flask\napp.config['DEBUG'] = True",
]

const PYTHON_OFF = [
  'app.run()',
  "app.run(debug=os.environ.get('DEBUG') == '1')",
  "if os.environ.get('LOCAL'):\n    app.run(debug=True)",
  'subprocess.run(command, debug=True)',
  "app.run(host='127.0.0.1', debug=True)",
]

test('so it is in Python', async () => {
  expect(await refutedOf(inspection, [...PYTHON_ON, ...PYTHON_OFF], 'py')).toEqual(PYTHON_ON)
  const django = await inspectFiles(inspection, { 'shop/settings.py': 'DEBUG = True' })
  expect(django.map(({ subject }) => subject)).toEqual(['shop/settings.py: DEBUG'])
})

const served = async (...lines: string[]) => {
  const judged = await surveyedFiles(inspection, {
    'package.json': { name: 'app', type: 'module', dependencies: { express: '^5.1.0' } },
    'server.js': [
      "import express from 'express'",
      'const app = express()',
      ...lines,
      'app.listen(3000)',
    ].join('\n'),
  })
  return judged.filter(({ status }) => status === 'refuted').map(({ subject }) => subject)
}

test.each([
  ["app.get('/debug', (_req, res) => res.json(state))", 'GET /debug'],
  ["app.get('/users/_debug', (_req, res) => res.json(state))", 'GET /users/_debug'],
  ["app.post('/reset-db', (_req, res) => drop(res))", 'POST /reset-db'],
  ["app.get('/actuator/env', (_req, res) => res.json(state))", 'GET /actuator/env'],
  ["app.get('/env', (_req, res) => res.json(process.env))", 'GET /env'],
  ["app.get('/debug/pprof', (_req, res) => res.end(profile()))", 'GET /debug/pprof'],
  ["app.get('/createdb', (_req, res) => fill(res))", 'GET /createdb'],
  ["app.post('/reset', (_req, res) => { store.deleteAll(); res.end() })", 'POST /reset'],
])('%s is open', async (line, route) => {
  expect(await served(line)).toEqual([`server.js: ${route}`])
})

test.each([
  "if (process.env.NODE_ENV !== 'production') app.get('/debug', (_req, res) => res.json(state))",
  "app.get('/config', (_req, res) => res.json({ theme: 'dark' }))",
  "app.post('/auth/reset', (_req, res) => res.end())",
  "app.get('/debugging-guide', (_req, res) => res.end())",
  "app.get('/debug', requireAuth, (_req, res) => res.json(state))\nfunction requireAuth(req, res, next) { if (!req.headers.authorization) return res.status(401).end(); next() }",
  "app.get('/debug', (req, res) => { if (req.get('x-api-key') !== KEY) return res.status(403).end(); res.json(state) })",
  "app.get('/environments', (_req, res) => res.json([]))",
  "app.post('/reset', (_req, res) => res.json({ filter: null }))",
])('%s is not', async (line) => {
  expect(await served(line)).toEqual([])
})

test('the twins', async () => {
  const broken = await surveyedFolder(inspection, 'specimens/fastify/debug-endpoint/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 489, 'debug.js: GET /debug/pprof'],
  ])
  const fixed = await surveyedFolder(inspection, 'specimens/fastify/debug-endpoint/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})
