import { expect, test } from 'vitest'
import host from './index.ts'

const read = (head: string) =>
  host.read({ file: '.github/agents/x.agent.md', text: `---\n${head}\n---\nDo it.\n` })

test('its words cover several of ours', () => {
  const { agent, problems } = read(
    "name: 'API Architect'\ndescription: 'Helps'\ntools: ['read', 'edit', 'search', 'execute', 'context7/*', 'web']\nmodel: ['Claude Sonnet 5.5', 'GPT-5.6']\nmcp-servers:\n  context7:\n    type: local\nhandoffs: []",
  )
  expect(problems).toEqual([])
  expect(agent).toMatchObject({
    name: 'API Architect',
    model: 'Claude Sonnet 5.5',
    servers: ['context7'],
    tools: {
      kind: 'only',
      tools: ['read', 'edit', 'write', 'patch', 'grep', 'glob', 'bash', 'mcp:context7:*', 'web'],
    },
  })
})

test('chat modes and their older names', () => {
  const raw = {
    file: '.github/chatmodes/plan.chatmode.md',
    text: "---\ndescription: Plans\ntools: ['codebase', 'editFiles', 'runCommands']\n---\nPlan.\n",
  }
  expect(host.recognises(raw)).toBe(1)
  expect(host.read(raw).agent.tools).toEqual({ kind: 'only', tools: ['grep', 'edit', 'patch', 'bash'] })
})

test('a line with commas is a list, too', () => {
  expect(read('tools: read, execute').agent.tools).toEqual({ kind: 'only', tools: ['read', 'bash'] })
})
