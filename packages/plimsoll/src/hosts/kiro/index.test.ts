import { expect, test } from 'vitest'
import host from './index.ts'

const json = (value: unknown, beside?: (path: string) => string | null) =>
  host.read({ file: '.kiro/agents/x.json', text: JSON.stringify(value, null, 2), ...(beside && { beside }) })

test('an agent in JSON', () => {
  const { agent, problems } = json({
    name: 'backend',
    description: 'Builds',
    prompt: 'Do it.',
    model: 'claude-sonnet-5.5',
    tools: ['fs_read', 'fs_write', 'execute_bash', '@git/status', '@context7'],
    allowedTools: ['fs_read'],
    mcpServers: { context7: {} },
    resources: ['file://README.md'],
  })
  expect(problems).toEqual([])
  expect(agent).toMatchObject({
    instructions: 'Do it.',
    tools: {
      kind: 'only',
      tools: ['read', 'write', 'edit', 'patch', 'bash', 'mcp:git:status', 'mcp:context7:*'],
    },
    permissions: [{ tool: 'read', pattern: '*', action: 'allow', from: '.kiro/agents/x.json:13' }],
    servers: ['context7'],
  })
})

test('a prompt in a file of its own', () => {
  const prompt = { name: 'x', prompt: 'file://./prompt.md' }
  expect(json(prompt, (path) => (path === './prompt.md' ? 'From there.' : null)).agent.instructions).toBe(
    'From there.',
  )
  expect(json(prompt).problems).toMatchObject([
    { level: 'error', line: 3, problem: 'Its prompt is in ./prompt.md, which cannot be read' },
  ])
})

test('what is no JSON is left out, with its line', () => {
  const { problems } = host.read({ file: 'x.json', text: '{\n  "name": "x"\n  "prompt": "y"\n}' })
  expect(problems).toMatchObject([{ level: 'error', line: 3, problem: 'It is no valid JSON' }])
})

test('the form in Markdown', () => {
  const { agent, problems } = host.read({
    file: '.kiro/agents/x.md',
    text: '---\ndescription: Builds\ntools: [read, write, shell, web]\npermissions:\n  - capability: shell\n    effect: allow\n    match:\n      - "npm *"\n  - effect: sometimes\n---\nDo it.\n',
  })
  expect(agent.tools).toEqual({ kind: 'only', tools: ['read', 'write', 'edit', 'patch', 'bash', 'web'] })
  expect(agent.permissions).toMatchObject([{ tool: 'bash', pattern: 'npm *', action: 'allow' }])
  expect(problems).toMatchObject([{ problem: 'a permission has no effect' }])
})
