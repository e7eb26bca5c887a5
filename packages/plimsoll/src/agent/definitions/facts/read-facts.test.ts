import { expect, test } from 'vitest'
import { readFacts } from './read-facts.ts'

test.each<[string, string, string[]]>([
  [
    'a chain',
    '**Priority Hierarchy**: Reliability > security > performance',
    ['reliability', 'security', 'performance'],
  ],
  ['a chain without a name', 'Correctness > safety > speed.', ['correctness', 'safety', 'speed']],
  ['arrows', 'Priorities: safety → speed → comfort', ['safety', 'speed', 'comfort']],
  [
    'a sentence',
    '- Order of precedence: reliability, then security, then speed',
    ['reliability', 'security', 'speed'],
  ],
  [
    'a numbered list',
    '## Priorities\n\n1. **Data**: never lose any\n2. Uptime\n3. Speed',
    ['data', 'uptime', 'speed'],
  ],
  ['no priorities', 'Latency > 5 and errors > 3', []],
  ['a path in prose', 'Open Settings > Keys.', []],
])('priorities: %s', (_, body, priorities) => {
  expect(readFacts(body).priorities).toEqual(priorities)
})

const MCP_FORMS = [
  '## MCP Server Preferences\n\n### Primary: Context7\n- **Purpose**: Patterns\n- **Use Cases**: APIs, queries\n- **Workflow**: look → try → check\n\n### Avoided: Magic\n- **Reason**: Draws interfaces\n- **Alternative**: Context7',
  '# MCP\n\n## Context7 (preferred)\n\nPatterns\n\n- When: APIs, queries\n- Steps:\n  1. look\n  2. try\n  3. check\n\n## Magic (avoid)\n\n- Why: Draws interfaces\n- Instead: Context7',
]

test.each(MCP_FORMS)('servers, with all that is said of them: %#', (body) => {
  const blank = { purpose: '', useCases: [], workflow: [], reason: '', alternative: '' }
  expect(readFacts(body).mcp.map(({ line, ...rest }) => rest)).toEqual([
    {
      ...blank,
      ...{ server: 'Context7', rank: 'primary', purpose: 'Patterns' },
      ...{ useCases: ['APIs', 'queries'], workflow: ['look', 'try', 'check'] },
    },
    { ...blank, server: 'Magic', rank: 'avoided', reason: 'Draws interfaces', alternative: 'Context7' },
  ])
})

test.each([
  '## MCP servers\n- Primary: Context7\n- Secondary: Sequential Thinking\n- Avoid: Magic',
  '## MCP\n- **Context7**: primary, for documentation\n- **Sequential Thinking**: fallback\n- **Magic**: never',
  '## Use of MCP\n\n| server | rank |\n|---|---|\n| Context7 | primary |\n| Sequential Thinking | secondary |\n| Magic | avoided |',
])('servers in short: %#', (body) => {
  expect(readFacts(body).mcp.map(({ server, rank }) => `${rank} ${server}`)).toEqual([
    'primary Context7',
    'secondary Sequential Thinking',
    'avoided Magic',
  ])
})

test.each([
  '## Auto-Activation Triggers\n\n### File Extensions\n- `.ts`, `.py` (backend)\n\n### Directory Patterns\n- `/api/`, `src/routes/**`\n\n### Keywords and Context\n- "API", "service worker"',
  '## When to use\n- Files: *.ts, *.py\n- Folders: api/, src/routes\n- Words: API, service worker',
])('triggers: %#', (body) => {
  expect(readFacts(body).triggers).toEqual({
    extensions: ['.ts', '.py'],
    directories: ['api', 'src/routes'],
    keywords: ['api', 'service worker'],
  })
})

test.each([
  '## Collaboration Patterns\n\n### With Frontend Agents\n- Contract\n- Errors\n\n### With DevOps Agents\n- Pipeline',
  '# Working with others\n\n- **Front-end team**: Contract, Errors\n- **SRE**: Pipeline',
  '## Hand-offs\n\n**Frontend**\n\n- Contract\n- Errors\n\n**Platform engineers**\n\n1. Pipeline',
])('collaboration: %#', (body) => {
  expect(readFacts(body).collaboration.map(({ with: partner, items }) => [partner, items])).toEqual([
    ['frontend', ['Contract', 'Errors']],
    ['devops', ['Pipeline']],
  ])
})

test('a body that says nothing gives nothing, and code says nothing', () => {
  const nothing = {
    ...{ priorities: [], thresholds: [], mcp: [], collaboration: [] },
    triggers: { extensions: [], directories: [], keywords: [] },
  }
  expect(readFacts('')).toEqual(nothing)
  expect(readFacts('```md\n## MCP\n- Primary: X\n## Priorities\nA > B > C\n```')).toEqual(nothing)
})
