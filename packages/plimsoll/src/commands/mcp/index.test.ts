import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { Client, StreamableHTTPClientTransport } from '../../vendor/mcp-client.ts'
import { StdioServerTransport } from '../../vendor/mcp-server.ts'
import type { CommandContext } from '../define.ts'
import command from './index.ts'

const dir = mkdtempSync(join(tmpdir(), 'plimsoll-mcp-'))
const runDir = join(dir, '.plimsoll/runs/20261122-3f2c')

beforeAll(() => {
  mkdirSync(runDir, { recursive: true })
  const run = { ...sampleRun(), id: '20261122-3f2c' }
  writeFileSync(join(runDir, 'run.json'), JSON.stringify(run))
  const manifest = {
    name: 'orders',
    version: '1.0.0',
    scripts: { start: 'node server.js' },
    dependencies: {},
  }
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(dir, '.env'), 'PAYMENT_API_KEY=a8f3e91cc07b5d42\n')
  const permissions = [{ tool: 'query', action: 'deny' }]
  writeFileSync(join(dir, 'plimsoll.config.json'), JSON.stringify({ agent: { permissions } }))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const perform = async (words: object, given: Partial<CommandContext> = {}) => {
  const execute = await command.load()
  const context = {
    cwd: dir,
    stdout: { write: () => true },
    stderr: { write: () => true },
    env: {},
    signal: new AbortController().signal,
    ...given,
  }
  return execute(command.input.parse(words), context)
}

/** The command with a client at its other end. */
const withClient = async (work: (client: Client) => Promise<void>) => {
  const [stdin, output] = [new PassThrough(), new PassThrough()]
  const ended = perform({}, { stdin, stdout: { write: (text: string) => output.write(text) } })
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioServerTransport(output, stdin))
  await work(client).finally(() => stdin.end())
  expect(await ended).toBe(0)
}

test('what the tools are called, say of themselves and may do', () =>
  withClient(async (client) => {
    const { tools } = await client.listTools()
    const shown = tools.map(({ name, title, description, annotations, inputSchema }) => ({
      name,
      title,
      description,
      effect: annotations?.readOnlyHint === true ? 'reads' : 'executes',
      takes: Object.keys(inputSchema.properties ?? {}).join(', '),
    }))
    expect(shown).toMatchSnapshot()
    expect(tools.filter(({ annotations }) => annotations?.destructiveHint !== false)).toEqual([])
  }))

test('the newest Run is told by tool and by resource, and what is denied is refused', () =>
  withClient(async (client) => {
    const found = await client.callTool({ name: 'findings', arguments: {} })
    expect(JSON.stringify(found.content)).toContain('20261122-3f2c')
    const { contents } = await client.readResource({ uri: 'plimsoll://runs/20261122-3f2c' })
    expect(contents[0]).toMatchObject({ mimeType: 'text/markdown', text: expect.stringContaining('# ') })
    const { contents: standard } = await client.readResource({ uri: 'plimsoll://standards/integrity.acid' })
    expect(standard[0]).toMatchObject({ text: expect.stringContaining('- Threshold: ') })
    const refused = await client.callTool({ name: 'query', arguments: { sql: 'SELECT 1' } })
    expect(refused).toMatchObject({ isError: true })
    expect(JSON.stringify(refused.content)).toContain('plimsoll.config.json')
    const unknown = await client.callTool({ name: 'explain', arguments: { id: 'a8f3e91cc07b5d42' } })
    expect(JSON.stringify(unknown.content)).toContain('called \\"(redacted)\\"')
  }))

test('over HTTP it prints where it is, and a token that is asked for', async () => {
  const stop = new AbortController()
  let said = ''
  const stdout = { write: (text: string) => (said += text) }
  const ended = perform({ http: '0' }, { stdout, signal: stop.signal })
  while (!/token +\S+/.test(said)) await new Promise((resolve) => setTimeout(resolve, 10))
  const [, url = '', token = ''] = /(http:\S+)[\s\S]*token +(\S{32})\n/.exec(said) ?? []
  const client = new Client({ name: 'test', version: '1' })
  const headers = { authorization: `Bearer ${token}` }
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }))
  expect((await client.listPrompts()).prompts).toHaveLength(5)
  stop.abort('SIGTERM')
  expect(await ended).toBe(0)
  await client.close()
})

test('a token that is too short, a port and a folder that are none, are said', async () => {
  const env = { PLIMSOLL_MCP_TOKEN: 'short' }
  await expect(perform({ http: true }, { env })).rejects.toMatchObject({ code: 'E_USAGE' })
  await expect(perform({ dir: 'nowhere' })).rejects.toMatchObject({ code: 'E_NOT_A_FOLDER' })
  expect(command.input.safeParse({ http: '99999' }).success).toBe(false)
})

/** A process of its own that prints where only the protocol may: a configuration can do that. */
const noisyServer = () => `
import { openTestDoor, testSurface } from '${join(import.meta.dirname, '../../mcp/server/test-surface.ts')}'
import { sampleRun } from '${join(import.meta.dirname, '../../../../../test/support/sample-run/index.ts')}'
import { reserveOutput } from '${join(import.meta.dirname, '../reserve-output.ts')}'
import { serveSurface } from '${join(import.meta.dirname, 'serve-surface.ts')}'

const { stdout, stderr, env } = process
const output = reserveOutput({ stdout })
console.log('noise of a configuration')
process.stdout.write('and more of it\\n')
const context = { cwd: process.cwd(), stdout, stderr, env, signal: new AbortController().signal }
process.exitCode = await serveSurface(await testSurface(openTestDoor(sampleRun())), { output }, context)
`

test('stdout carries the protocol only, and a closed stdin ends the process', async () => {
  const main = join(dir, 'noisy-server.ts')
  writeFileSync(main, noisyServer())
  const jiti = fileURLToPath(new URL('../../../../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url))
  const child = spawn(process.execPath, [jiti, main], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => (said.out += part))
  child.stderr.on('data', (part) => (said.err += part))
  const hello = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  }
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: hello })}\n`)
  await once(child.stdout, 'data')
  child.stdin.end()
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  expect(
    said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual([1])
  expect(said.err).toBe('noise of a configuration\nand more of it\n')
})
