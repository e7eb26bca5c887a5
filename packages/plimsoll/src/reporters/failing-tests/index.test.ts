import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import { Exchange } from '../../model/evidence.ts'
import { chooseRunner } from './choose-runner.ts'
import reporter from './index.ts'

const options = { width: 80, color: false, runDir: '.plimsoll/runs/one', asset: () => '' }

const exchange = Exchange.parse({
  ...{ method: 'POST', path: '/orders?dry=1', status: 500, atMs: 0, durationMs: 3 },
  requestHeaders: { host: 'x', 'content-type': 'application/json', authorization: 'Bearer (redacted)' },
  requestBody: JSON.stringify({ note: '`$ {1}` "quoted" \u2028' }),
})

const run = sampleRun({
  verdicts: [
    verdict({
      ...{ id: 'k2d9', status: 'refuted', severity: 'high', probe: 'contract', standard: 'api.contract' },
      ...{ subject: 'POST /orders: 5xx', title: 'A long note is answered with 500', detail: '' },
      evidence: [
        { kind: 'text', title: 'what', text: 'it is' },
        { kind: 'exchange', title: 'The request', exchange },
      ],
      expects: { evidence: 1, status: 'not 5XX', lacks: 'at Object.' },
    }),
    verdict({
      ...{ id: 'none', status: 'refuted', severity: 'high', probe: 'race', standard: 'integrity.acid' },
      ...{ subject: 'POST /orders', title: 'Needs several requests', detail: '' },
    }),
  ],
})

const testsOf = (text: string) => [...text.matchAll(/^test\("(\w+)/gm)].map(([, id]) => id)

const runTests = async (file: string, port: number) => {
  const child = spawn(process.execPath, ['--test', file], {
    env: { PATH: process.env.PATH, BASE_URL: `http://127.0.0.1:${port}`, AUTHORIZATION: 'Bearer one' },
    stdio: 'ignore',
  })
  const [code] = await once(child, 'exit')
  return code
}

/** A backend that answers each request so, and says what it was sent. */
const serve = async (status: number, body: string) => {
  const asked: { url: string; authorization: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { authorization = '' } = request.headers
    asked.push({ url: request.url ?? '', authorization, body: Buffer.concat(parts).toString() })
    response.writeHead(status).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, asked, close: () => server.close() }
}

test('writes a test only for what one request shows', () => {
  const text = reporter.render(run, options)
  expect(testsOf(text)).toEqual(['k2d9'])
  expect(text).toMatchSnapshot()
  expect(reporter.applies?.(run)).toBe(true)
  expect(reporter.applies?.(sampleRun())).toBe(false)
})

test.each([
  [500, 'broken', 1],
  [400, 'at Object.<anonymous>', 1],
  [400, '{"error":"too long"}', 0],
])('against a backend that answers %s %s it ends with %s', async (status, body, code) => {
  const dir = await mkdtemp(join(tmpdir(), 'plimsoll-findings-'))
  const backend = await serve(status, body)
  try {
    const file = join(dir, 'findings.test.mjs')
    await writeFile(file, reporter.render(run, options))
    expect(await runTests(file, backend.port)).toBe(code)
    expect(backend.asked).toEqual([
      { url: '/orders?dry=1', authorization: 'Bearer one', body: exchange.requestBody },
    ])
  } finally {
    backend.close()
    await rm(dir, { recursive: true })
  }
})

test.each([
  ['vitest run', 'vitest'],
  ['jest --ci', 'jest'],
  ['mocha', 'node:test'],
  [null, 'node:test'],
])('the runner for %s is %s', (command, id) => {
  const sample = sampleRun()
  const services = sample.system.services.map((service) => ({
    ...service,
    scripts: {},
    test: command === null ? null : { command, dir: '.', from: 'package.json' },
  }))
  expect(chooseRunner({ ...sample, system: { ...sample.system, services } }).id).toBe(id)
})
