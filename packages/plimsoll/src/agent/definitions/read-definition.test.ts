import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { hosts } from '../../hosts/catalogue.generated.ts'
import { AgentDefinition } from '../../model/agent.ts'
import { readDefinition } from './read-definition.ts'

const read = (text: string, file = '.claude/agents/x.md') => {
  const host = hosts.find(({ id }) => id === 'claude-code')
  return host === undefined ? null : readDefinition(host, { file, text })
}

test.each([
  ['---\nname: API Architect\n---\nDo.', '.claude/agents/x.md', 'api-architect'],
  ['---\nname: "***"\n---\nDo.', '.claude/agents/fallback.md', 'fallback'],
  ['Do.', '.opencode/agents/team/review.md', 'team/review'],
  ['Do.', '.github/agents/My Agent.agent.md', 'my-agent'],
  ['Do.', 'somewhere/else/brief.md', 'brief'],
])('%j in %s is called %s', (text, file, name) => {
  expect(read(text, file)?.definition?.name).toBe(name)
})

test('without a description the first sentence stands for it, and it is said', () => {
  const found = read('---\nname: x\n---\n\n# Title\n\nReviews changes. Says what is missing.\n')
  expect(found?.definition?.description).toBe('Reviews changes.')
  expect(found?.problems).toMatchObject([{ level: 'warning', line: 1, problem: 'It has no description' }])
})

test('one that its author turned off is left out', () => {
  expect(read('---\nname: x\ndisabled: true\n---\nDo.')).toMatchObject({
    definition: null,
    problems: [{ level: 'error', line: 3, problem: 'It is turned off' }],
  })
  expect(read('---\nname: x\ndescription: y\ndisabled: false\n---\nDo.')?.problems).toEqual([])
})

test('what has no name is left out', () => {
  expect(read('---\nname: "***"\n---\nDo.', '.claude/agents/***.md')).toMatchObject({
    definition: null,
    problems: [{ level: 'error', problem: 'It has no name that could be called' }],
  })
})

const lines = fc.constantFrom(
  ...[
    '# MCP',
    '## Primary: X',
    '- Throughput: 1e9 requests/second',
    '- p99 < 1 ms (2 s)',
    'A > B > C',
    '## Triggers',
  ],
  ...[
    '- `.ts`',
    '| a | b |',
    '|---|---|',
    '```',
    '- **X**:',
    '===',
    '1. one',
    '---',
    '## With Frontend',
    '* 99,9 %',
  ],
)

/** Enough to keep what was found once; raise it by hand after a change of the readers. */
const RUNS = 40

test.each(hosts.map((host) => [host.id, host] as const))(
  '%s: any file is a definition or a problem',
  (_, host) => {
    const keys = fc.constantFrom(
      'name',
      'model',
      'tools',
      'maxTurns',
      'steps',
      'max_turns',
      'temperature',
      'mcpServers',
    )
    const values = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 }))
    const bodies = fc.array(fc.oneof(lines, fc.string()), { maxLength: 8 }).map((all) => all.join('\n'))
    fc.assert(
      fc.property(fc.dictionary(keys, values, { maxKeys: 4 }), bodies, (head, body) => {
        const { definition, problems } = readDefinition(host, {
          file: 'x.md',
          text: `---\n${stringify(head)}---\n${body}`,
        })
        if (definition === null) expect(problems.some(({ level }) => level === 'error')).toBe(true)
        else expect(AgentDefinition.parse(definition)).toEqual(definition)
      }),
      { numRuns: RUNS, seed: 1 },
    )
  },
)
