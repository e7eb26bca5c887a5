import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { afterEach, expect, it } from 'vitest'
import { serviceOf, stageOf, writeApp } from '../../../../test/support/staged-app.ts'
import { Fault } from '../base/errors/fault.ts'
import type { Outbound } from '../model/outbound.ts'
import { Route } from '../model/system.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const app = async (files: Record<string, string>) => {
  const dir = await writeApp({ 'package.json': '{"type": "module"}', ...files })
  closers.push(() => rm(dir, { recursive: true }))
  return dir
}

/** A store of somebody else's, on this machine. */
const startForeign = async (): Promise<number> => {
  const program = `const server = require('net').createServer((socket) => socket.end('+PONG')).listen(0, '127.0.0.1', () => process.send(server.address().port))`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  closers.push(() => child.kill('SIGKILL'))
  const [port] = await once(child, 'message')
  return port
}

const route = Route.parse({
  ...{ method: 'POST', path: '/orders/:id/pay', place: { file: 'server.js', line: 1 } },
  ...{ handler: { name: null, place: null }, guard: 'unknown', validator: 'unknown', framework: 'express' },
})

it('says during which step and operation the app went out, and reaches the canary of the lab', async () => {
  const dir = await app({
    'build.js': `await fetch('https://fonts.example.com').catch(() => {})`,
    'server.js': `import { createServer } from 'node:http'
      createServer(async (request, answer) => {
        const to = request.url.split('?to=')[1] ?? (request.method === 'POST' && 'https://pay.example.com/charge')
        if (!to) return answer.end('up')
        answer.end(await fetch(to).then((got) => got.text(), ({ cause }) => cause.code))
      }).listen(process.env.PORT)`,
  })
  const seen: { outbound(): Outbound[] } = { outbound: () => [] }
  const opened = await stageOf(dir, serviceOf({ routes: [route] }), { build: 'node build.js' }, [], {
    onConfined: (outbound) => {
      seen.outbound = outbound
    },
  })
  closers.push(() => opened.close())
  const { stage } = opened
  expect(stage.record.limits).toEqual([])
  const lab = await stage.open({ seed: 1, known: [], signal: new AbortController().signal })
  const paid = await lab.http.request({ method: 'POST', path: '/orders/7/pay' })
  expect(paid).toMatchObject({ body: 'ECONNREFUSED', heldBack: ['pay.example.com:443'] })
  const canary = await lab.canary?.()
  const led = await lab.http.request({ method: 'GET', path: `/?to=${canary?.origin}/here` })
  expect(led.body).toContain(canary?.text)
  expect(led.heldBack).toBeUndefined()
  const refused = { kind: 'tcp', port: 443, outcome: 'refused', times: 1 }
  expect(seen.outbound()).toEqual([
    { ...refused, host: 'fonts.example.com', during: ['build'] },
    { ...refused, host: 'pay.example.com', during: ['POST /orders/:id/pay'] },
  ])
})

it('tells which store of somebody else kept the app from getting ready, and lets a declared one pass', async () => {
  const port = await startForeign()
  const dir = await app({
    'server.js': `import { createServer } from 'node:http'
      import { connect } from 'node:net'
      const cache = connect(${port}, '127.0.0.1')
      cache.on('data', () => createServer((_, answer) => answer.end('up')).listen(process.env.PORT))
      cache.on('error', () => setTimeout(() => {}, 60_000))`,
  })
  const ready = { timeoutSeconds: 2 }
  const failed: unknown = await stageOf(dir, serviceOf(), { ready }).catch((thrown: unknown) => thrown)
  expect(failed).toBeInstanceOf(Fault)
  expect(failed).toMatchObject({ code: 'E_TARGET_NOT_READY' })
  expect(failed instanceof Fault && failed.hint).toBe(
    `The lab refused 127.0.0.1:${port}, which the app asked for and which is outside the lab. If the app needs it, declare it. Set "outbound": ["127.0.0.1:${port}"] in plimsoll.config.json.`,
  )
  const opened = await stageOf(dir, serviceOf(), { outbound: [`localhost:${port}`] })
  closers.push(() => opened.close())
  expect(opened.stage.record.readyMs).toBeGreaterThan(0)
})

it('says so where nothing holds the program that serves', async () => {
  const dir = await app({
    'server.js': `import { createServer } from 'node:http'
      createServer((_, answer) => answer.end('up')).listen(process.env.PORT)`,
  })
  const start = 'sh -c "unset NODE_OPTIONS; exec node server.js"'
  const opened = await stageOf(dir, serviceOf({ command: start }), { start })
  closers.push(() => opened.close())
  expect(opened.stage.record.limits.join()).toContain("nothing holds back the app's own outbound calls")
})
