import { expect, test } from 'vitest'
import express from '../../frameworks/express/index.ts'
import fastify from '../../frameworks/fastify/index.ts'
import flask from '../../frameworks/flask/index.ts'
import nestjs from '../../frameworks/nestjs/index.ts'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import javascript from '../../languages/javascript/index.ts'
import python from '../../languages/python/index.ts'
import type { Route } from '../../model/system.ts'
import type { KnownRequest } from '../lab.ts'
import { addKeys } from './find-keys.ts'

const known = (route: Route, headers: Record<string, string> = {}): KnownRequest => ({
  route,
  request: { method: route.method, path: route.path, headers },
  ...{ status: 201, statements: {}, writes: {}, how: 'inferred' },
})

type Spoken = { framework: typeof express; language?: typeof javascript; headers?: Record<string, string> }

/** `POST /payments: header Idempotency-Key, sure, server.js:3` for every route that has a key. */
const keysIn = async (
  files: Readonly<Record<string, string | object>>,
  { framework, language = javascript, headers }: Spoken,
): Promise<string[]> => {
  const fixture = writeFixture(files)
  try {
    const project = await openProject(fixture.dir)
    const [module] = language.modules(project)
    if (module === undefined) throw new Error('a fixture has a manifest')
    const { routes } = framework.routes(project, module, project.under('.', ...language.extensions))
    const contracts = project.exists('openapi.yaml')
      ? [{ kind: 'openapi' as const, file: 'openapi.yaml', version: '3.1.0', operations: 1 }]
      : []
    const service = { dir: '.', routes }
    return addKeys(
      routes.map((route) => known(route, headers)),
      { project, system: { contracts }, service },
    ).flatMap(({ route, idempotencyKey: key }) =>
      key === undefined
        ? []
        : [
            `${route.method} ${route.path}: ${key.in} ${key.name}, ${key.sure ? 'sure' : 'maybe'}, ${key.from}`,
          ],
    )
  } finally {
    fixture.remove()
  }
}

const manifest = (...names: string[]) => ({
  name: 'payments',
  dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
})

test('a handler that reads the header takes the key; its neighbours do not', async () => {
  const server = `const express = require('express')
const app = express()
app.post('/payments', (req, res) => {
  const key = req.headers['idempotency-key']
  res.json({ key })
})
app.post('/comments', (req, res) => {
  res.json({})
})
app.put('/payments/:id', (req, res) => {
  res.json({ key: req.get('Idempotency-Key') })
})`
  expect(
    await keysIn({ 'package.json': manifest('express'), 'server.js': server }, { framework: express }),
  ).toEqual([
    'POST /payments: header idempotency-key, sure, server.js:4',
    'POST /comments: header idempotency-key, maybe, server.js:4',
  ])
})

test('a step of another file that reads it, and a wrapper, count for the routes that use them', async () => {
  const server = `const express = require('express')
const { idempotent } = require('./idempotent')
const app = express()
app.post('/payments', idempotent, (req, res) => res.json({}))
app.post('/refunds', (req, res) => res.json({}))
app.get('/payments', (req, res) => res.json([]))`
  const step = `exports.idempotent = (req, res, next) => {
  if (!req.header('Idempotency-Key')) return res.status(400).end()
  next()
}`
  expect(
    await keysIn(
      { 'package.json': manifest('express'), 'server.js': server, 'idempotent.js': step },
      { framework: express },
    ),
  ).toEqual([
    'POST /payments: header Idempotency-Key, sure, idempotent.js:2',
    'POST /refunds: header Idempotency-Key, maybe, idempotent.js:2',
  ])
})

test('a schema of headers, a decorator and a view of Flask say it as well', async () => {
  const server = `import Fastify from 'fastify'
const app = Fastify()
app.post(
  '/cards',
  { schema: { headers: { type: 'object', required: ['idempotency-key'] } } },
  async (request) => ({ key: request.headers['idempotency-key'] }),
)
app.listen({ port: 3000 })`
  expect(
    await keysIn({ 'package.json': manifest('fastify'), 'server.js': server }, { framework: fastify }),
  ).toEqual(['POST /cards: header idempotency-key, sure, server.js:5'])
  const controller = `import { Controller, Post, Headers, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
@Controller('orders')
export class OrdersController {
  @Post()
  create(@Headers('x-idempotency-key') key: string) {
    return { key }
  }
}
@Module({ controllers: [OrdersController] })
export class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(3000))`
  expect(
    await keysIn(
      { 'package.json': manifest('@nestjs/common', '@nestjs/core'), 'main.ts': controller },
      { framework: nestjs },
    ),
  ).toEqual(['POST /orders: header x-idempotency-key, sure, main.ts:6'])
  const view = `from flask import Flask, request
app = Flask(__name__)

@app.post('/orders')
def order():
    return {'key': request.headers.get('Idempotency-Key')}
`
  expect(
    await keysIn({ 'requirements.txt': 'flask', 'app.py': view }, { framework: flask, language: python }),
  ).toEqual(['POST /orders: header Idempotency-Key, sure, app.py:6'])
})

const bare = `const express = require('express')
const app = express()
app.post('/payments', (req, res) => res.json({}))
app.post('/transfers', (req, res) => res.json({ id: req.body.idempotencyKey }))`

test('the document, a field of the body and what a request had to carry say it too', async () => {
  const files = {
    'package.json': manifest('express'),
    'server.js': bare,
    'openapi.yaml': `openapi: 3.1.0
paths:
  /payments:
    parameters: [{ $ref: "#/components/parameters/Key" }]
    post: { responses: {} }
components:
  parameters:
    Key: { name: Idempotency-Key, in: header, schema: { type: string } }
`,
  }
  expect(await keysIn(files, { framework: express })).toEqual([
    'POST /payments: header Idempotency-Key, sure, openapi.yaml',
    'POST /transfers: body idempotencyKey, sure, server.js:4',
  ])
  const { 'openapi.yaml': _, ...undocumented } = files
  const headers = { 'Idempotency-Key': '{{uuid}}' }
  expect(await keysIn(undocumented, { framework: express, headers })).toContain(
    'POST /payments: header Idempotency-Key, sure, its own refusal',
  )
})

test('comments, tests and words elsewhere are no reads', async () => {
  const files = {
    'package.json': manifest('express'),
    'server.js': `${bare.split('\n').slice(0, 3).join('\n')}
// 'Idempotency-Key' is not read yet
const table = 'idempotency_keys'`,
    'test/payments.test.js': "fetch('/payments', { headers: { 'Idempotency-Key': 'x' } })",
  }
  expect(await keysIn(files, { framework: express })).toEqual([])
})
