import { createServer } from 'node:http'
import { afterAll, describe, expect, it } from 'vitest'
import { writeFixture } from '../source/write-fixture.ts'
import { findEnforcement } from './find-enforcement.ts'
import { type OpenShell, openShell } from './open-shell.ts'
import type { Shell } from './shell.ts'

const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const nothing: OpenShell['lent'] = { env: {}, removed: [], reachable: [], foreign: [] }
const SEEN = `TOKEN=made
lab 
ls: cannot access '${import.meta.filename}': No such file or directory
a
x
/bin/bash: line 2: plimsoll.config.json: Read-only file system
rm: cannot remove '.git/config': Read-only file system
rm: cannot remove '.env': Device or resource busy
[core]
TOKEN=made
outside
plimsoll: the history (.git), secret files and what decides the verdict are read-only here, and only the workspace and /tmp can be written.
`
const signal = new AbortController().signal
const workspace = (files: Record<string, string> = {}) => {
  const { dir, remove } = writeFixture({ 'a.txt': 'a\n', '.git/config': '[core]\n', ...files })
  closers.push(remove)
  return dir
}
const opened = async (options: Partial<OpenShell> & { root: string }): Promise<Shell> => {
  const shell = await openShell({ lent: nothing, network: [], ...options })
  closers.push(() => shell.close())
  return shell
}
const run = (shell: Shell, command: string, timeoutMs = 20_000) => shell.run(command, { timeoutMs, signal })

const works = (await findEnforcement()).filter((by) => by !== 'none')

describe.each(works)('in %s', (by) => {
  it('sees the workspace, lab values for secrets, and nothing else', async () => {
    const outside = createServer((_, response) => response.end('outside')).listen(0, '127.0.0.1')
    closers.push(() => outside.close())
    await new Promise((resolve) => outside.once('listening', resolve))
    const address = outside.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const root = workspace({ '.env': 'TOKEN=real\n', 'plimsoll.config.json': '{}' })
    process.env.PLIMSOLL_TEST_API_KEY = 'never'
    const shell = await opened({
      root,
      only: [by],
      lent: {
        ...nothing,
        env: { DATABASE_URL: 'lab' },
        reachable: [{ host: '127.0.0.1', port }],
        files: [{ path: '.env', text: 'TOKEN=made\n' }],
      },
    })
    expect(shell.enforcement.by).toBe(by)
    const ran = await run(
      shell,
      `cat .env; echo "$DATABASE_URL $PLIMSOLL_TEST_API_KEY"; ls ${import.meta.filename}
       echo x > b.txt && cat a.txt b.txt; echo x > plimsoll.config.json; rm -rf .git .env; umount .env 2>/dev/null; unshare -Urm umount .env 2>/dev/null; cat .git/config .env
       node -e 'fetch("http://127.0.0.1:${port}").then((r) => r.text()).then(console.log)'`,
    )
    expect(ran.output).toBe(SEEN)
    delete process.env.PLIMSOLL_TEST_API_KEY
  })

  it('keeps a server for the next call, and kills what takes too long', async () => {
    const shell = await opened({ root: workspace(), only: [by] })
    const server = await shell.start(
      `node -e 'require("node:http").createServer((_, r) => r.end("hello")).listen(3456)'`,
      {},
    )
    expect(server.ports).toEqual([3456])
    expect((await run(shell, 'curl -s http://localhost:3456')).output).toBe('hello')
    const slow = await run(shell, 'echo begun; (setsid sleep 60 &) ; sleep 60', 1_500)
    expect(slow).toMatchObject({ timedOut: true, output: 'begun\n' })
    expect((await run(shell, 'ps ax | grep -c "[s]leep 60"')).output).toBe('0\n')
    await run(
      shell,
      `node -e 'require("node:http").createServer().listen(3457)' & until (echo > /dev/tcp/localhost/3457) 2>/dev/null; do sleep 0.1; done`,
    )
    expect(shell.background().map(({ ports, isAlive }) => ({ ports, isAlive }))).toEqual([
      { ports: [3456], isAlive: true },
      { ports: [3457], isAlive: true },
    ])
    await run(shell, 'pkill node; kill -9 -1')
    expect((await run(shell, 'echo again')).output).toBe('again\n')
    const next = await shell.start(`node -e 'require("node:http").createServer().listen(3458)'`, {})
    await shell.stop(next.id)
    expect((await run(shell, 'curl -s http://localhost:3458')).code).toBe(7)
  })
})
