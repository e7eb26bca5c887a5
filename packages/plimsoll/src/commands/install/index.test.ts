import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { run } from '../../cli/run.ts'
import { hosts } from '../../hosts/catalogue.generated.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'

const opened: { remove(): void }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.remove()
})

const folder = (files: Record<string, string>) => {
  const fixture = writeFixture({ 'package.json': '{}', ...files })
  opened.push(fixture)
  return fixture.dir
}

const install = async (
  cwd: string,
  words: readonly string[],
  ask?: (question: string) => Promise<string>,
) => {
  const out: string[] = []
  const stream = { write: (text: string) => out.push(text), columns: 80 }
  const talk = { on: () => undefined, approve: null, next: null, done: () => undefined, ask: ask ?? null }
  const signal = new AbortController().signal
  const code = await run(['install', ...words], {
    cwd,
    stdout: stream,
    stderr: stream,
    env: {},
    signal,
    talk,
  })
  return { code, text: out.join('') }
}

/** Every file below a folder with its text, and every folder. */
const contents = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => {
        const path = join(dir, name)
        return [name, statSync(path).isDirectory() ? '(folder)' : readFileSync(path, 'utf8')]
      }),
  )

const ABLE = hosts.filter((host) => host.install !== undefined).map(({ id }) => id)

/** What others have there already: comments, odd layouts, entries of their own. */
const OTHERS: Record<string, string> = {
  '.mcp.json': '{"mcpServers":{}}',
  '.claude/settings.json':
    '{\n\t// who may do what\n\t"permissions": { "allow": ["Bash(ls:*)"] }, // keep\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ "hooks": [{ "type": "command", "command": "say done" }] }, // mine\n\t\t],\n\t},\n}\n',
  '.claude/agents/mine.md': '---\nname: mine\ndescription: Mine\n---\nMine.\n',
  '.gemini/settings.json': '{\r\n  "theme": "dark",\r\n  "hooks": {}\r\n}',
  '.codex/config.toml': '# mine\nmodel = "gpt-5.6-sol" # best\n\n[mcp_servers.other]\ncommand = "x"',
  '.codex/hooks.json': '{ "description": "mine", "hooks": { "Stop": [] } }\n',
  '.cursor/mcp.json': '{\n    "mcpServers": {\n        "other": { "url": "http://localhost:1/" }\n    }\n}\n',
  '.cursor/hooks.json': '{\n  "version": 1,\n  "hooks": { "afterFileEdit": [{ "command": "fmt" }] }\n}\n',
  '.vscode/mcp.json': '{\n  "servers": {},\n  "inputs": []\n}\n',
  'opencode.json': '{\n  "$schema": "https://opencode.ai/config.json",\n  /* models */\n  "model": "x"\n}\n',
}

test('the six hosts that are named can be installed into', () => {
  expect(ABLE).toEqual(['claude-code', 'codex', 'copilot', 'cursor', 'gemini', 'opencode'])
})

test.each(
  ABLE.flatMap((id) => [[id, 'an empty folder', {}] as const, [id, 'files of others', OTHERS] as const]),
)('%s in %s: there, the same twice, and gone to the byte', async (id, _, files) => {
  const dir = folder(files)
  const before = contents(dir)
  expect((await install(dir, [id, '--yes'])).code).toBe(0)
  const installed = contents(dir)
  const written = Object.entries(installed).filter(
    ([file, text]) => before[file] !== text && text !== '(folder)',
  )
  expect(written.some(([, text]) => text.includes('written by plimsoll install'))).toBe(true)
  expect(written.some(([file, text]) => !file.includes('.plimsoll') && /plimsoll.*mcp/s.test(text))).toBe(
    true,
  )
  expect(written.some(([, text]) => text.includes(`plimsoll gate --hook ${id}`))).toBe(id !== 'opencode')
  expect((await install(dir, [id, '--yes'])).text).toMatch(/^Everything is there/)
  expect(contents(dir)).toEqual(installed)
  expect((await install(dir, [id, '--uninstall', '--yes'])).code).toBe(0)
  expect(contents(dir)).toEqual(before)
  expect((await install(dir, [id, '--uninstall', '--yes'])).text).toMatch(/^Nothing of plimsoll is there/)
})

test('all hosts beside each other, taken out in another order', async () => {
  const dir = folder(OTHERS)
  const before = contents(dir)
  for (const id of ABLE) await install(dir, [id, '--yes'])
  for (const id of ['cursor', 'claude-code', 'opencode', 'gemini', 'copilot', 'codex'])
    await install(dir, [id, '--uninstall', '--yes'])
  expect(contents(dir)).toEqual(before)
})

test('what somebody changed since stays, and only ours is taken out', async () => {
  const dir = folder({ '.mcp.json': '{\n  "mcpServers": {}\n}\n' })
  await install(dir, ['claude-code', '--yes'])
  const file = join(dir, '.mcp.json')
  const changed = readFileSync(file, 'utf8').replace(
    '"mcpServers": {',
    '"mcpServers": {\n    "new": { "url": "http://x/" },',
  )
  writeFileSync(file, changed)
  const agent = join(dir, '.claude/agents/plimsoll-backend.md')
  writeFileSync(agent, `${readFileSync(agent, 'utf8')}\nAnd be kind.\n`)
  await install(dir, ['claude-code', '--uninstall', '--yes'])
  expect(readFileSync(file, 'utf8')).toBe('{\n  "mcpServers": {\n    "new": { "url": "http://x/" }\n  }\n}\n')
  expect(readFileSync(agent, 'utf8')).toContain('And be kind.')
  expect(existsSync(join(dir, '.claude/settings.json'))).toBe(false)
})

test('without the record of it, ours is found by what stands there', async () => {
  const dir = folder({})
  await install(dir, ['gemini', '--yes'])
  writeFileSync(join(dir, '.plimsoll/installed.json'), 'lost')
  await install(dir, ['gemini', '--uninstall', '--yes'])
  expect(existsSync(join(dir, '.gemini/settings.json'))).toBe(false)
  expect(existsSync(join(dir, '.gemini/agents/plimsoll-backend.md'))).toBe(false)
})

test('it shows what would change, and asks', async () => {
  const dir = folder({ '.cursor/mcp.json': OTHERS['.cursor/mcp.json'] ?? '' })
  const before = contents(dir)
  const dry = await install(dir, ['cursor', '--dry-run'])
  expect(dry.text.slice(dry.text.indexOf('MCP server'))).toMatchInlineSnapshot(`
    "MCP server
    --- a/.cursor/mcp.json
    +++ b/.cursor/mcp.json
    @@ -1,5 +1,9 @@
     {
         "mcpServers": {
    -        "other": { "url": "http://localhost:1/" }
    +        "other": { "url": "http://localhost:1/" },
    +        "plimsoll": {
    +            "command": "npx",
    +            "args": ["-y", "plimsoll", "mcp"]
    +        }
         }
     }

    stop hook
    --- /dev/null
    +++ b/.cursor/hooks.json
    @@ -0,0 +1,11 @@
    +{
    +  "version": 1,
    +  "hooks": {
    +    "stop": [
    +      {
    +        "command": "npx -y plimsoll gate --hook cursor",
    +        "loop_limit": 10
    +      }
    +    ]
    +  }
    +}

    "
  `)
  const asked: string[] = []
  const no = await install(dir, ['cursor'], async (question) => {
    asked.push(question)
    return 'no'
  })
  expect([asked, no.code, no.text.endsWith('Nothing was changed.\n')]).toEqual([
    ['Write these changes?'],
    0,
    true,
  ])
  expect(contents(dir)).toEqual(before)
  expect((await install(dir, ['cursor'], async () => 'yes')).code).toBe(0)
  expect(contents(dir)).not.toEqual(before)
})

test('where nobody can be asked, it says how', async () => {
  const dir = folder({})
  const before = contents(dir)
  const { code, text } = await install(dir, ['codex'])
  expect(code).toBe(2)
  expect(text).toContain('Nobody can be asked here. To have it written: plimsoll install codex --yes')
  expect(contents(dir)).toEqual(before)
})

test.each([
  ['{ "mcpServers": { ', '.mcp.json is no valid JSON (line 1)'],
  ['{\n  "mcpServers": []\n}', '.mcp.json holds another kind of value than is needed there (line 2)'],
])('%j: one clear error, and nothing written', async (text, problem) => {
  const dir = folder({ '.mcp.json': text })
  const before = contents(dir)
  const said = await install(dir, ['claude-code', '--yes'])
  expect(said.code).toBe(2)
  expect(said.text).toContain(`Nothing was changed: ${problem}.`)
  expect(contents(dir)).toEqual(before)
})

test('an agent of that name that we did not write stays', async () => {
  const dir = folder({ '.gemini/agents/plimsoll-backend.md': '---\nname: mine\n---\nMine.\n' })
  const before = contents(dir)
  const { code, text } = await install(dir, ['gemini', '--yes'])
  expect(code).toBe(2)
  expect(text).toContain('plimsoll-backend.md is there already, and plimsoll did not write it.')
  expect(contents(dir)).toEqual(before)
})

test('what was written before something fails is put back', async () => {
  const dir = folder({ '.cursor': 'a file where a folder should be' })
  mkdirSync(join(dir, '.plimsoll'))
  const before = contents(dir)
  const { code, text } = await install(dir, ['cursor', '--yes'])
  expect(code).toBe(2)
  expect(text).toMatch(/Nothing was changed: \.cursor\/\S+ cannot be written \((ENOTDIR|EEXIST|ENOENT|.*)\)/)
  expect(contents(dir)).toEqual(before)
})

test('a file keeps its mode', async () => {
  const dir = folder({ '.mcp.json': '{}\n' })
  chmodSync(join(dir, '.mcp.json'), 0o600)
  await install(dir, ['claude-code', '--yes'])
  expect(statSync(join(dir, '.mcp.json')).mode & 0o777).toBe(0o600)
})

test('an unknown host gets the nearest one', async () => {
  expect((await install(folder({}), ['claude', '--yes'])).text).toContain('There are: claude-code, codex')
  expect((await install(folder({}), ['cursr', '--yes'])).text).toContain('Did you mean "cursor"?')
})
