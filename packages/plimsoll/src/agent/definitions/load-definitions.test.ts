import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import { CAST } from './load-cast.ts'
import { loadContext } from './load-context.ts'
import { loadDefinition } from './load-definition.ts'
import { loadDefinitions } from './load-definitions.ts'

/** A brief of the kind that this product was made from, in the words of no host in particular. */
const BODY = `
# Shop backend

**Priority**: Safety > speed > comfort

## Standards
- **Error Rate**: <0.2%
- **Throughput**: 400+ requests/second
`

const head = (text: string, body = BODY) => `---\n${text}\n---\n${body}`
const OPENCODE = head('description: Builds the shop\nmodel: sonnet\ntools:\n  read: true\n  bash: false')
const CLAUDE = head('name: shop\ndescription: Builds the shop: all of it\ntools: Read, Edit\nmodel: sonnet')
const GEMINI = head(
  'name: shop\ndescription: Builds the shop\ntools:\n  - read_file\n  - replace\nmax_turns: 9',
)

const workspace = writeFixture({
  '.opencode/agents/team/shop.md': OPENCODE,
  '.claude/agents/shop.md': CLAUDE,
  '.claude/agents/backend.md': head('name: backend\ndescription: Our own'),
  '.claude/agents/README.md': '# Agents',
  '.gemini/agents/shop-gemini.md': GEMINI,
  '.gemini/agents/broken.md': '---\nname: broken\ntools: [read\n---\nx',
  '.qwen/agents/empty.md': '---\nname: empty\ndescription: x\n---\n\n',
  '.kiro/agents/kiro.json':
    '{ "name": "Kiro One", "description": "x", "prompt": "file://./secret/../../outside.md" }',
  '.codex/agents/toml.toml': 'name = "toml"\ndescription = "x"\ndeveloper_instructions = "Do it."\n',
  '.cursor/agents/old.md': head('description: Old\nmodel: claude-sonnet-4-20250514'),
  '.kiro/outside.md': 'reachable, because it lies in the workspace',
  'AGENTS.md': 'Be exact.\r\n',
  'CLAUDE.md': 'Be exact.',
  'GEMINI.md': 'Be quick.',
  '.claude/skills/deploy/SKILL.md': '---\nname: deploy\ndescription: Deploys\n---\n# A long text\n',
  '.cursor/rules/style.mdc': 'x'.repeat(20_000),
})
const home = writeFixture({
  '.claude/agents/shop.md': CLAUDE,
  '.config/opencode/agent/mine.md': OPENCODE,
})
const bare = writeFixture({ 'package.json': {} })
const fixtures = [workspace, home, bare]
afterAll(() => {
  for (const { remove } of fixtures) remove()
})

test('a workspace without agents has the cast', async () => {
  const { definitions, problems } = await loadDefinitions(bare.dir)
  expect(definitions.map(({ name }) => name)).toEqual([...CAST])
  expect(problems).toEqual([])
})

test('every dialect is found; bad files are left out, and nothing throws', async () => {
  const { definitions, problems } = await loadDefinitions(workspace.dir)
  const own = definitions.filter(({ file }) => file !== null)
  expect(own.map(({ name, dialect, file }) => `${name} ${dialect} ${file}`).sort()).toEqual([
    'backend claude-code .claude/agents/backend.md',
    'kiro-one kiro .kiro/agents/kiro.json',
    'old cursor .cursor/agents/old.md',
    'shop claude-code .claude/agents/shop.md',
    'team/shop opencode .opencode/agents/team/shop.md',
    'toml codex .codex/agents/toml.toml',
  ])
  expect(
    problems.map(({ level, file, line, problem, fix }) => ({ level, at: `${file}:${line}`, problem, fix })),
  ).toMatchInlineSnapshot(`
    [
      {
        "at": ".cursor/agents/old.md:3",
        "fix": "Name a current model, or take the key out to use the one that is set up.",
        "level": "warning",
        "problem": "claude-sonnet-4-20250514 was taken away on 2026-06-15; claude-sonnet-5-5 is used instead",
      },
      {
        "at": ".gemini/agents/broken.md:3",
        "fix": "Put the value of that line into double quotes, or mend its indentation.",
        "level": "error",
        "problem": "Its head is no YAML: flow sequence in block collection must be sufficiently indented and end with a ]",
      },
      {
        "at": ".qwen/agents/empty.md:null",
        "fix": "Write below the head what the agent is to do.",
        "level": "error",
        "problem": "It has no instructions",
      },
      {
        "at": ".gemini/agents/shop-gemini.md:null",
        "fix": "Give one of them another name to have both.",
        "level": "warning",
        "problem": "Two agents are called "shop": .claude/agents/shop.md is used, .gemini/agents/shop-gemini.md is not, because it is the first of two in one place",
      },
      {
        "at": ".claude/agents/backend.md:null",
        "fix": "Give one of them another name to have both.",
        "level": "warning",
        "problem": "Two agents are called "backend": .claude/agents/backend.md is used, the built-in one is not, because the workspace comes before the cast",
      },
    ]
  `)
})

test('the home folder is searched when it is asked for, and comes after the workspace', async () => {
  const { definitions, problems } = await loadDefinitions(bare.dir, home.dir)
  expect(definitions.slice(0, 2).map(({ file }) => file)).toEqual([
    '~/.claude/agents/shop.md',
    '~/.config/opencode/agent/mine.md',
  ])
  expect(problems).toEqual([])
  const both = await loadDefinitions(workspace.dir, home.dir)
  expect(both.problems.map(({ problem }) => problem)).toContain(
    'Two agents are called "shop": .claude/agents/shop.md is used, ~/.claude/agents/shop.md is not, because the workspace comes before the home folder',
  )
})

test.each([
  ['opencode', OPENCODE, { kind: 'overlay', tools: { read: true, bash: false } }],
  ['claude-code', CLAUDE, { kind: 'only', tools: ['read', 'edit', 'patch'] }],
  ['gemini', GEMINI, { kind: 'only', tools: ['read', 'edit', 'patch'] }],
  ['opencode', BODY, { kind: 'inherit' }],
  [
    'opencode',
    `<!-- where it is from -->\n${OPENCODE}`,
    { kind: 'overlay', tools: { read: true, bash: false } },
  ],
  [
    'opencode',
    `\uFEFF\n\n${OPENCODE.replaceAll('\n', '\r\n')}`,
    { kind: 'overlay', tools: { read: true, bash: false } },
  ],
])('one file by name, recognised as %s', async (dialect, text, tools) => {
  const file = writeFixture({ 'shop.md': text })
  fixtures.push(file)
  const { definition } = await loadDefinition('shop.md', file.dir)
  expect(definition).toMatchObject({ name: 'shop', dialect, tools })
  expect(definition?.facts.priorities).toEqual(['safety', 'speed', 'comfort'])
  expect(definition?.facts.thresholds.map(({ value, standard }) => [value, standard])).toEqual([
    [0.2, 'reliability.error-rate'],
    [400, 'performance.throughput'],
  ])
})

test('a figure knows its line in the file, whatever stands before', async () => {
  const file = writeFixture({ 'shop.md': `<!-- x -->\n${OPENCODE}` })
  fixtures.push(file)
  const { definition } = await loadDefinition('shop.md', file.dir)
  const line = definition?.facts.thresholds[0]?.line ?? 0
  expect(`<!-- x -->\n${OPENCODE}`.split('\n')[line - 1]).toBe('- **Error Rate**: <0.2%')
})

test('a file that is not there is a problem', async () => {
  expect(await loadDefinition('none.md', bare.dir)).toEqual({
    definition: null,
    problems: [
      {
        ...{ level: 'error', file: 'none.md', line: null },
        ...{ problem: 'It cannot be read', fix: 'Correct the path, or its permissions.' },
      },
    ],
  })
})

test('a link that leads out of the workspace shows nothing of what lies there', async () => {
  const outer = writeFixture({ 'private.md': 'a key', 'ws/.claude/agents/real.md': CLAUDE })
  fixtures.push(outer)
  const dir = join(outer.dir, 'ws')
  symlinkSync('../../../private.md', join(dir, '.claude/agents/link.md'))
  symlinkSync('../private.md', join(dir, 'AGENTS.md'))
  const { problems } = await loadDefinitions(dir)
  expect(problems).toMatchObject([
    { level: 'error', file: '.claude/agents/link.md', problem: 'It leads out of the workspace' },
  ])
  expect(await loadContext(dir)).toEqual([])
})

test('context: each text once, skills by their heads, long ones cut', async () => {
  const found = await loadContext(workspace.dir)
  expect(found.map(({ file, text, isCut }) => [file, text.slice(0, 30), isCut])).toEqual([
    ['AGENTS.md', 'Be exact.', false],
    ['.cursor/rules/style.mdc', 'x'.repeat(30), true],
    ['GEMINI.md', 'Be quick.', false],
    ['.claude/skills/deploy/SKILL.md', 'name: deploy\ndescription: Depl', false],
  ])
  expect(found.at(-1)?.text).toContain('The whole of it: .claude/skills/deploy/SKILL.md')
})
