import { expect, test } from 'vitest'
import host from './index.ts'

const read = (head: string) => host.read({ file: '.gemini/agents/x.md', text: `---\n${head}\n---\nDo it.\n` })

test('its names of tools are ours', () => {
  const { agent, problems } = read(
    'name: auditor\ndescription: Looks\nkind: local\ntools:\n  - read_file\n  - search_file_content\n  - run_shell_command\n  - replace\n  - mcp_context7_*\nmodel: gemini-3.8-flash\ntemperature: 0.2\nmax_turns: 10\ntimeout_mins: 5',
  )
  expect(problems).toEqual([])
  expect(agent).toMatchObject({
    name: 'auditor',
    tools: { kind: 'only', tools: ['read', 'grep', 'bash', 'edit', 'patch', 'mcp:context7:*'] },
    model: 'gemini-3.8-flash',
    temperature: 0.2,
    turns: 10,
    unknown: { timeout_mins: 5 },
  })
})

test('all tools are what is inherited', () => {
  expect(read('tools: ["*"]').agent.tools).toEqual({ kind: 'inherit' })
})

test('a remote agent is left out', () => {
  expect(read('name: far\nkind: remote\nagent_card_url: https://example.com').problems).toMatchObject([
    { level: 'error', problem: 'It is a remote agent, which has no instructions to read' },
  ])
})

test('it knows its own files', () => {
  const share = (text: string) => host.recognises({ file: 'x.md', text })
  expect(share('---\nmax_turns: 3\n---\nx')).toBe(0.8)
  expect(share('---\ntools: [read_file]\n---\nx')).toBe(0.7)
  expect(share('---\ntools: [read]\n---\nx')).toBe(0)
})
