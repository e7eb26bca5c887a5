import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../base/errors/fault.ts'
import { loadConfig } from './load-config.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'config-'))
})
afterEach(() => rm(dir, { recursive: true }))

const write = (file: string, text: string) => writeFile(join(dir, file), text)
const problem = async () => {
  const thrown: unknown = await loadConfig(dir).catch((error: unknown) => error)
  return thrown instanceof Fault ? `${thrown.code} ${thrown.message}` : thrown
}

describe('loadConfig', () => {
  it('is empty without a file', async () => {
    expect(await loadConfig(dir)).toEqual({ config: {}, file: null })
  })
  it('reads past a byte order mark, and says which manifest is not JSON', async () => {
    await write('plimsoll.config.json', '\uFEFF{ "start": "node a.js" }')
    expect((await loadConfig(dir)).config).toEqual({ start: 'node a.js' })
    await rm(join(dir, 'plimsoll.config.json'))
    await write('package.json', '{ "name": ')
    expect(await problem()).toContain('E_CONFIG_INVALID package.json: it is not JSON')
  })
  it('reads TypeScript that imports plimsoll, which is not installed there', async () => {
    await write(
      'plimsoll.config.ts',
      `import { defineConfig } from 'plimsoll'\nconst start: string = 'node a.js'\nexport default defineConfig({ start })`,
    )
    expect(await loadConfig(dir)).toEqual({ config: { start: 'node a.js' }, file: 'plimsoll.config.ts' })
  })
  it('reads JSON and the key of package.json', async () => {
    await write('package.json', '{"plimsoll": {"build": false}}')
    expect(await loadConfig(dir)).toEqual({ config: { build: false }, file: 'package.json' })
    await write('plimsoll.config.json', '{"port": {"env": "API_PORT"}}')
    expect((await loadConfig(dir)).config).toEqual({ port: { env: 'API_PORT' } })
  })
  it.each([
    ['{"strat": "x"}', 'E_CONFIG_INVALID plimsoll.config.json: "strat" is not a key (did you mean "start"?)'],
    [
      '{"ready": {"pth": "/"}}',
      'E_CONFIG_INVALID plimsoll.config.json: "ready.pth" is not a key (did you mean "path"?)',
    ],
    [
      '{"stores": {"redis": {"usage": false}}}',
      'E_CONFIG_INVALID plimsoll.config.json: "stores.redis.usage" is not a key (did you mean "use"?)',
    ],
    [
      '{"port": {"fixed": "80"}}',
      'E_CONFIG_INVALID plimsoll.config.json: "port.fixed": Invalid input: expected number, not "80"',
    ],
    [
      '{"requests": [{"route": "orders"}]}',
      'E_CONFIG_INVALID plimsoll.config.json: "requests[0].route": Invalid string: must match pattern /^[A-Z]+ \\//, not "orders"',
    ],
    [
      '{"outbound": ["db:5432", "https://api.example.com"]}',
      'E_CONFIG_INVALID plimsoll.config.json: "outbound[1]": Invalid input: expected "host", "*.host", "host:port" or the path of a socket, not "https://api.example.com"',
    ],
    ['[]', 'E_CONFIG_INVALID plimsoll.config.json: it: Invalid input: expected object, not []'],
  ])('%s', async (text, message) => {
    await write('plimsoll.config.json', text)
    expect(await problem()).toBe(message)
  })
  it('says where JSON breaks, and what a module threw', async () => {
    await write('plimsoll.config.json', '{"start": }')
    expect(await problem()).toMatch(
      /^E_CONFIG_INVALID plimsoll.config.json: it is not JSON: Unexpected token/,
    )
    await write('plimsoll.config.mjs', 'throw new Error("no token")')
    expect(await problem()).toBe('E_CONFIG_UNREADABLE plimsoll.config.mjs could not be read: no token')
  })
})
