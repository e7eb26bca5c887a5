import { expect, test } from 'vitest'
import host from './index.ts'

const read = (head: string, file = '.opencode/agents/x.md') =>
  host.read({ file, text: `---\n${head}\n---\nDo it.\n` })

test('a map of tools changes what is inherited', () => {
  const { agent, problems, bodyLine } = read(
    'description: Reviews\nmode: subagent\nmodel: anthropic/claude-opus-5-5\ntemperature: 0.1\nsteps: 12\ntools:\n  bash: false\n  read: true\n  mymcp_*: false',
  )
  expect(problems).toEqual([])
  expect(bodyLine).toBe(12)
  expect(agent).toEqual({
    description: 'Reviews',
    mode: 'subagent',
    model: 'anthropic/claude-opus-5-5',
    temperature: 0.1,
    turns: 12,
    tools: { kind: 'overlay', tools: { bash: false, read: true, 'mcp:mymcp:*': false } },
    instructions: 'Do it.\n',
    unknown: {},
  })
})

test.each([
  ['tools: []', { kind: 'only', tools: [] }],
  ['tools: [read, grep]', { kind: 'only', tools: ['read', 'grep'] }],
  ['description: x', undefined],
])('%s', (head, tools) => {
  expect(read(head).agent.tools).toEqual(tools)
})

test('permissions keep their order, patterns and lines', () => {
  const { agent, problems } = read(
    'permission:\n  edit: deny\n  bash:\n    "*": ask\n    "git log*": allow\n  task:\n    "*": deny\n  external_directory: allow',
  )
  const from = '.opencode/agents/x.md:2'
  expect(agent.permissions).toEqual([
    { tool: 'edit', pattern: '*', action: 'deny', from },
    { tool: 'write', pattern: '*', action: 'deny', from },
    { tool: 'patch', pattern: '*', action: 'deny', from },
    { tool: 'bash', pattern: '*', action: 'ask', from },
    { tool: 'bash', pattern: 'git log*', action: 'allow', from },
    { tool: 'delegate', pattern: '*', action: 'deny', from },
  ])
  expect(problems).toMatchObject([
    { level: 'warning', line: 2, problem: '"external_directory" opens nothing here' },
  ])
})

test('one word is for everything, and the list form is read as well', () => {
  expect(read('permission: ask').agent.permissions).toMatchObject([
    { tool: '*', pattern: '*', action: 'ask' },
  ])
  const list =
    'permissions:\n  - action: shell\n    resource: "git *"\n    effect: allow\n  - action: subagent\n    resource: "*"\n    effect: deny'
  expect(read(list).agent.permissions).toMatchObject([
    { tool: 'bash', pattern: 'git *', action: 'allow' },
    { tool: 'delegate', pattern: '*', action: 'deny' },
  ])
})

test('what is wrong is said with its line and a fix, and the rest is read', () => {
  const { agent, problems } = read(
    'mode: main\ntemprature: 0.3\npermission:\n  bash: maybe\ntools:\n  bash: 7',
  )
  expect(agent.unknown).toEqual({ temprature: 0.3 })
  expect(problems.map(({ line, problem, fix }) => `${line} ${problem}: ${fix}`)).toEqual([
    '2 "mode" is "main": Write primary, subagent or all.',
    '3 the key "temprature" means nothing here: Did you mean "temperature"?',
    '4 "bash" is neither allow, ask nor deny: Write one of the three.',
    '6 "tools.bash" is neither true nor false: Write true or false.',
  ])
})

test('it knows its own files', () => {
  const text = '---\ntools:\n  bash: false\n---\nx'
  expect(host.recognises({ file: 'agents/x.md', text })).toBe(0.9)
  expect(host.recognises({ file: '.opencode/agent/x.md', text: 'x' })).toBe(1)
  expect(host.recognises({ file: 'x.md', text: 'x' })).toBe(0.1)
})
