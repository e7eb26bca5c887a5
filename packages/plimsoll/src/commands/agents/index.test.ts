import { afterAll, expect, test } from 'vitest'
import { run } from '../../cli/run.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'

/** Of the kind of the brief that this product was made from: sections, figures, servers, triggers, partners. */
const BRIEF = `<!-- kept from the hand-over -->
---
description: Reliability and data for the shop's backend
model: anthropic/claude-sonnet-4-20250514
temperature: 0.2
steps: 40
colour: red
tools:
  read: true
  edit: true
  bash: false
permission:
  bash:
    "*": ask
    "git log*": allow
---

# Shop Agent

**Priority Hierarchy**: Reliability > security > performance

### Uptime
- **Target Availability**: 99.9% (8.7 hours/year downtime)
- **Recovery Time**: <2 minutes for the checkout

### Performance Targets
- **API Response Time**: <150ms for standard operations
- **Throughput**: Handle 1000+ requests/second
- **Error rate of everything that has to do with money**: <0.1%

## MCP Server Preferences

### Primary: Context7
- **Purpose**: Patterns and frameworks
- **Use Cases**: API design, query tuning
- **Workflow**: Research → examples → validation

### Avoided: Magic
- **Reason**: It draws interfaces
- **Alternative**: Context7

## Auto-Activation Triggers

### File Extensions
- \`.ts\`, \`.py\`

### Directory Patterns
- \`/api/\`, \`/services/\`

### Keywords
- "refund", "checkout"

## Collaboration Patterns

### With Frontend Agents
- Contract of the API
- Error answers
`

const workspace = writeFixture({
  'brief.md': BRIEF,
  '.claude/agents/reviewer.md':
    '---\nname: reviewer\ndescription: Reviews a change before it is merged, and says what is missing\ntools: Read, Grep\n---\nLook.\n',
  '.opencode/agents/broken.md': '---\ndescription: x\ntools: [read\n---\nx\n',
})
afterAll(workspace.remove)

const say = async (...words: string[]) => {
  const out: string[] = []
  const stream = { write: (text: string) => out.push(text), columns: 80 }
  const signal = new AbortController().signal
  const code = await run(['agents', ...words], {
    cwd: workspace.dir,
    stdout: stream,
    stderr: stream,
    env: {},
    signal,
  })
  return { code, text: out.join('') }
}

test('the list, with what was left out', async () => {
  const { code, text } = await say()
  expect(code).toBe(0)
  expect(text).toMatchInlineSnapshot(`
    "⦵ plimsoll agents

      reviewer     .claude/agents/reviewer.md  Reviews a change before it is merged…
      backend      built-in                    Builds and repairs backends (APIs, d…
      frontend     built-in                    Builds what people see and use again…
      security     built-in                    Reviews a backend for weaknesses, wi…
      performance  built-in                    Measures where time and capacity go …
      devops       built-in                    Brings a backend into operation and …

      1 file left out
      ✖ .opencode/agents/broken.md:3
        Its head is no YAML: flow sequence in block collection must be sufficiently
        indented and end with a ]
        → Put the value of that line into double quotes, or mend its indentation.

      next  plimsoll agents --explain <name>
    "
  `)
})

test('everything that was understood of one file', async () => {
  const { code, text } = await say('--explain', 'brief.md')
  expect(code).toBe(0)
  expect(text.split('\n').filter((line) => [...line].length > 80)).toEqual([])
  expect(text).toMatchInlineSnapshot(`
    "⦵ brief  opencode · brief.md

      for            Reliability and data for the shop's backend
      model          anthropic/claude-sonnet-4-20250514 →
                     anthropic/claude-sonnet-5-5
      tools          what the session gives, changed: on: read, edit, write, patch;
                     off: bash
      limits         at most 40 turns · temperature 0.2
      priorities     reliability > security > performance
      standards      changed: reliability.recovery 120 s, performance.api 150 ms
      kept           colour

      PERMISSIONS  the last that matches wins
        ask   bash  (brief.md:12)
        allow bash  git log*  (brief.md:12)

      FIGURES
        Target Availability             ≥ 99.9 %          no experiment decides it
        Target Availability             ≤ 8.7 hours/year  no experiment decides it
        Recovery Time                   < 2 minutes       reliability.recovery
        API Response Time               < 150 ms          performance.api
        Throughput                      ≥ 1,000/s         performance.throughput
        Error rate of everything that has to do with money
                                        < 0.1 %           reliability.error-rate

      MCP
        prefer  Context7
                  Patterns and frameworks
                  for: API design, query tuning
                  steps: Research → examples → validation
        avoid   Magic
                  It draws interfaces
                  instead: Context7

      ACTIVATION
        extensions   .ts .py
        folders      api services
        words        refund, checkout

      COLLABORATION
        frontend     Contract of the API; Error answers

      TO MEND
      · brief.md:7
        the key "colour" means nothing here
        → Leave it, or take it out: it is kept and changes nothing.
      · brief.md:4
        claude-sonnet-4-20250514 was taken away on 2026-06-15; claude-sonnet-5-5 is
        used instead
        → Name a current model, or take the key out to use the one that is set up.
    "
  `)
})

test('one of the list by its name', async () => {
  expect((await say('--explain', '@reviewer')).text).toMatchInlineSnapshot(`
    "⦵ reviewer  claude-code · .claude/agents/reviewer.md

      for            Reviews a change before it is merged, and says what is missing
      model          the one that is set up
      tools          these and no others: read, grep
    "
  `)
  expect((await say('--explain', 'revewer')).text).toContain('Did you mean "reviewer"?')
})

test('a file that cannot be used ends with 2', async () => {
  const { code, text } = await say('--explain', '.opencode/agents/broken.md')
  expect(code).toBe(2)
  expect(text).toMatchInlineSnapshot(`
    "  ✖ .opencode/agents/broken.md:3
        Its head is no YAML: flow sequence in block collection must be sufficiently
        indented and end with a ]
        → Put the value of that line into double quotes, or mend its indentation.
    "
  `)
})

test('as data', async () => {
  const { agent, model, standards } = JSON.parse((await say('--explain', 'brief.md', '--json')).text)
  expect(agent).toMatchObject({ name: 'brief', dialect: 'opencode', turns: 40, unknown: { colour: 'red' } })
  expect(model.model).toBe('claude-sonnet-5-5')
  expect(standards).toEqual({
    values: { 'reliability.recovery': 120 },
    limits: { 'performance.api': 150 },
  })
  const list = JSON.parse((await say('--json')).text)
  expect(list.problems).toMatchObject([{ level: 'error', file: '.opencode/agents/broken.md', line: 3 }])
})
