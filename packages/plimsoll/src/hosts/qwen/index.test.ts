import { expect, test } from 'vitest'
import host from './index.ts'

const read = (head: string) => host.read({ file: '.qwen/agents/x.md', text: `---\n${head}\n---\nDo it.\n` })

test('lists of tools, given and taken away', () => {
  const { agent, problems } = read(
    'name: reviewer\ndescription: Reviews\nmodel: openai:gpt-5.6\napprovalMode: auto-edit\ntools:\n  - read_file\n  - grep_search\n  - edit\ndisallowedTools:\n  - run_shell_command',
  )
  expect(problems).toEqual([])
  expect(agent).toMatchObject({
    model: 'openai:gpt-5.6',
    tools: { kind: 'only', tools: ['read', 'grep', 'edit', 'patch'] },
    without: ['bash'],
  })
  expect(agent.permissions?.map(({ tool, action }) => `${action} ${tool}`)).toEqual([
    'allow write',
    'allow edit',
    'allow patch',
  ])
})

test('the nested form of model and limits', () => {
  const { agent } = read(
    'modelConfig:\n  model: qwen3-coder-plus\n  temperature: 0.3\nrunConfig:\n  max_turns: 10\n  max_time_minutes: 5',
  )
  expect(agent).toMatchObject({ model: 'qwen3-coder-plus', temperature: 0.3, turns: 10 })
})

test('a mode that nobody knows is said', () => {
  expect(read('approvalMode: sometimes').problems).toMatchObject([
    { line: 2, fix: 'Write one of: default, bubble, plan, auto-edit, yolo.' },
  ])
})
