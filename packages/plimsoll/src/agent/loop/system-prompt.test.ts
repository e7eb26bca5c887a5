import { expect, it } from 'vitest'
import { tools } from '../../tools/catalogue.generated.ts'
import { sizeOfTools, toTokens } from './estimate-tokens.ts'
import { systemPrompt } from './system-prompt.ts'
import { toSpecs } from './tool-specs.ts'

const facts = {
  agent: { name: 'backend', dialect: 'opencode', instructions: '' },
  tools: ['read'],
  ...{ date: '2026-11-23', system: 'linux x64, Node 22.0.0', root: '/work/booking', git: 'main, clean' },
  ...{ backend: '14 routes · Fastify 5 · postgres through pg · 3 migrations', gaps: [], context: [] },
  ...{ canAsk: false, standing: null, isChild: false },
}

it('is short: what every session pays for with each request', () => {
  const own = systemPrompt(facts)
  const described = sizeOfTools(toSpecs(tools))
  const [prompt, specs] = [toTokens(own.length, null), toTokens(described, null)]
  console.info(`system prompt: ${prompt} tokens without instructions; ${tools.length} tools: ${specs} tokens`)
  expect(own.length).toBeLessThan(2_600)
  expect(described).toBeLessThan(26_000)
})

it('says what is not held back, where the proof stands, and what the project says, up to a size', () => {
  const text = systemPrompt({
    ...facts,
    ...{ gaps: ['commands reach the network'], standing: '1 refuted.', canAsk: true },
    context: [
      { file: 'AGENTS.md', text: 'Use tabs.' },
      ...['a', 'b', 'c', 'd'].map((name) => ({ file: `${name}.md`, text: name.repeat(7_000) })),
    ],
  })
  expect(text).toContain('Not enforced: commands reach the network')
  expect(text).toContain('# State of the proof\n1 refuted.')
  expect(text).toContain('<file path="AGENTS.md">\nUse tabs.\n</file>')
  expect(text).toContain('… (the rest is in a.md)')
  expect(text).toContain('(d.md: read it when it is about what you do)')
  expect(text.length).toBeLessThan(20_000)
})

it('leaves out what our own cast says of its activation, and keeps what others wrote', () => {
  const instructions =
    'Be exact.\n\n## Activation\n\nwords\n\n## Standards\n\nfigures\n\n## MCP servers\n\nnames\n'
  const promptOf = (dialect: string, ids: string[]) =>
    systemPrompt({ ...facts, agent: { name: 'backend', dialect, instructions }, tools: ids })
  expect(promptOf('built-in', ['read'])).toMatch(/Be exact\.\n\n## Standards\n\nfigures\n\n# When/)
  expect(promptOf('built-in', ['mcp:context7:find'])).toContain('## MCP servers')
  expect(promptOf('opencode', [])).toContain('## Activation')
})
