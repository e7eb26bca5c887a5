import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { Fault } from '../../base/errors/fault.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import command from './index.ts'

const opened: { remove(): void }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.remove()
})

const APP = `
  const express = require('express')
  const { z } = require('zod')
  const app = express()
  const Order = z.object({ seats: z.number().int().min(1), note: z.string().optional() })
  app.get('/orders/:id', (req, res) => res.json({ id: req.params.id, full: req.query.full }))
  app.post('/orders', (req, res) => res.json(Order.parse(req.body)))
  app.get(/^\\/old/, (req, res) => res.end())
  app.listen(3000)`

const fixture = (app = APP) => {
  const made = writeFixture({
    'package.json': { name: 'orders', dependencies: { express: '^5.0.0', zod: '^4.0.0' } },
    'app.js': app,
  })
  opened.push(made)
  return made.dir
}

const run = async (cwd: string, options: object) => {
  const said = { out: '', err: '' }
  const survey = await command.load()
  try {
    const code = await survey(command.input.parse(options), {
      cwd,
      stdout: { write: (part: string) => (said.out += part), columns: 80 },
      stderr: { write: (part: string) => (said.err += part) },
      env: {},
      signal: new AbortController().signal,
    })
    return { code, ...said, fault: null }
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return { code: thrown.exitCode, ...said, fault: `${thrown.message}\n${thrown.hint}` }
  }
}

test('prints YAML, and tells what the document cannot say', async () => {
  const { code, out, err } = await run(fixture(), { openapi: true })
  expect(code).toBe(0)
  expect(err).toMatchInlineSnapshot(`
    "left out  GET /^\\/old/: its path is no template  app.js:8
    "
  `)
  expect(out).toMatchInlineSnapshot(`
    "openapi: 3.1.0
    info:
      title: orders
      version: 0.0.0
    tags:
      - name: orders
    paths:
      /orders:
        post:
          operationId: postOrders
          tags:
            - orders
          requestBody:
            required: true
            content:
              application/json:
                schema:
                  type: object
                  properties:
                    seats:
                      type: integer
                      minimum: 1
                    note:
                      type: string
                  required:
                    - seats
          responses:
            default:
              description: "Not known: none is declared, and none was observed"
          security: []
          x-plimsoll-source: app.js:7
      /orders/{id}:
        get:
          operationId: getOrdersById
          tags:
            - orders
          parameters:
            - name: id
              in: path
              required: true
              schema:
                type: string
            - name: full
              in: query
              schema:
                type: string
          responses:
            default:
              description: "Not known: none is declared, and none was observed"
          security: []
          x-plimsoll-source: app.js:6
    "
  `)
  expect(await new Validator().validate(parse(out))).toEqual({ valid: true })
})

test('writes YAML or JSON, by the name of the file', async () => {
  const dir = fixture()
  const { err } = await run(dir, { openapi: 'docs/api.yml' })
  expect(err).toContain('written  docs/api.yml  3 routes\n')
  await run(dir, { openapi: 'api.json' })
  expect(JSON.parse(readFileSync(join(dir, 'api.json'), 'utf8'))).toEqual(
    parse(readFileSync(join(dir, 'docs/api.yml'), 'utf8')),
  )
})

test('with --observe, answers and errors are those of the newest Run', async () => {
  const dir = fixture()
  const exchange = (method: string, path: string, status: number, body: object) => ({
    ...{ method, path, status, atMs: 1, durationMs: 1, body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json; charset=utf-8' },
  })
  const saved = sampleRun()
  const [probe] = saved.probes
  const seen = [
    exchange('GET', '/orders/7?full=1', 200, { id: 7 }),
    exchange('GET', '/orders/8', 404, { code: 'NOT_FOUND', message: 'no order 8' }),
    exchange('GET', '/orders/9', 500, { code: 'DOWN', message: 'the store is down' }),
  ]
  const probes = probe === undefined ? [] : [{ ...probe, executions: [{ seed: 1, seen }] }]
  const lab = {
    ...saved.lab,
    reach: [{ route: 'POST /orders', status: 201, statements: 1, how: 'inferred' }],
  }
  mkdirSync(join(dir, '.plimsoll/runs/one'), { recursive: true })
  writeFileSync(
    join(dir, '.plimsoll/runs/one/run.json'),
    JSON.stringify({ ...saved, probes, verdicts: [], lab }),
  )
  const { out } = await run(dir, { openapi: true, observe: true })
  const document = parse(out)
  expect(await new Validator().validate(parse(out))).toEqual({ valid: true })
  expect(document.paths['/orders/{id}'].get.responses).toEqual({
    200: {
      description: 'OK',
      content: {
        'application/json': {
          schema: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
        },
      },
    },
    404: { $ref: '#/components/responses/Error404' },
  })
  expect(document.paths['/orders'].post.responses).toEqual({ 201: { description: 'Created' } })
  expect(document.components.responses.Error404.description).toBe('Not Found: NOT_FOUND')
})

test('each mistake is one clear error', async () => {
  const dir = fixture()
  writeFileSync(join(dir, 'taken'), '')
  const faults = [
    await run(dir, { openapi: 'taken/api.yaml' }),
    await run(fixture('console.log(1)'), { openapi: true }),
    await run(dir, { openapi: true, observe: true }),
    await run(dir, { openapi: true, service: 'shipping' }),
  ].map(({ fault }) => fault)
  expect(faults.join('\n\n')).toMatchInlineSnapshot(`
    "taken/api.yaml cannot be written: EEXIST.
    Give another file, or none to print it.

    No routes were found in ., so there is nothing to describe.
    plimsoll survey tells what was read, and what could not be followed.

    There is no Run below .plimsoll/runs.
    Make one first: plimsoll prove

    Nothing here is called "shipping".
    There is: orders."
  `)
})
