import { expect, test } from 'vitest'
import host from './index.ts'

const read = (head: string) => host.read({ file: '.claude/agents/x.md', text: `---\n${head}\n---\nDo it.\n` })

test.each([
  ['tools: Read, Grep, Bash', { kind: 'only', tools: ['read', 'grep', 'bash'] }],
  ['tools:\n  - Read\n  - MultiEdit', { kind: 'only', tools: ['read', 'edit', 'patch'] }],
  ['tools: []', { kind: 'only', tools: [] }],
  ['tools: "*"', { kind: 'inherit' }],
  ['tools: mcp__github__*, Read', { kind: 'only', tools: ['mcp:github:*', 'read'] }],
  ['name: x', undefined],
])('%s', (head, tools) => {
  expect(read(head).agent.tools).toEqual(tools)
})

test('a narrowed tool is given for that, and for nothing else', () => {
  const { agent } = read('tools: Read, Bash(git log:*), Agent(reviewer, tester)')
  expect(agent.tools).toEqual({ kind: 'only', tools: ['read', 'bash', 'delegate'] })
  expect(agent.permissions?.map(({ tool, pattern, action }) => `${action} ${tool} ${pattern}`)).toEqual([
    'deny bash *',
    'deny delegate *',
    'allow bash git log *',
    'allow delegate reviewer',
    'allow delegate tester',
  ])
})

test('tools that are taken away, wholly or in part', () => {
  const { agent } = read('disallowedTools: Write, Edit, Bash(rm *)')
  expect(agent.without).toEqual(['write', 'edit', 'patch'])
  expect(agent.permissions).toMatchObject([{ tool: 'bash', pattern: 'rm *', action: 'deny' }])
})

test.each([
  ['plan', ['deny write', 'deny edit', 'deny patch', 'deny bash']],
  ['acceptEdits', ['allow write', 'allow edit', 'allow patch']],
  ['bypassPermissions', ['allow *']],
  ['default', []],
])('permissionMode: %s', (mode, rules) => {
  const { agent } = read(`permissionMode: ${mode}`)
  expect(agent.permissions?.map(({ tool, action }) => `${action} ${tool}`)).toEqual(rules)
})

test('the rest of its head', () => {
  const { agent, problems } = read(
    'name: api-guard\ndescription: Use this: "now", when an API changes\nmodel: sonnet\nmaxTurns: 30\nmcpServers:\n  - context7\n  - magic: { command: x }\ncolor: blue\nhooks: {}',
  )
  expect(problems).toEqual([])
  expect(agent).toMatchObject({
    name: 'api-guard',
    description: 'Use this: "now", when an API changes',
    model: 'sonnet',
    turns: 30,
    servers: ['context7', 'magic'],
    unknown: { color: 'blue', hooks: {} },
  })
})

test('a wrong mode and an unknown tool are said', () => {
  const { problems } = read('permissionMode: yolo\ntools: Raed, WebFetch')
  expect(problems).toMatchObject([
    { line: 2, problem: '"permissionMode" is "yolo"' },
    { line: 3, problem: 'no tool here is called "Raed"' },
  ])
})

test('it knows its own files', () => {
  const share = (text: string, file = 'x.md') => host.recognises({ file, text })
  expect(share('x', '.claude/agents/x.md')).toBe(1)
  expect(share('---\nname: x\ntools: Read, Bash\n---\nx')).toBe(0.8)
  expect(share('---\nname: x\nmodel: inherit\n---\nx')).toBe(0.8)
  expect(share('---\nname: x\n---\nx')).toBe(0.2)
})
