import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { hosts } from './catalogue.generated.ts'

const words = fc.constantFrom(
  ...[
    'name',
    'description',
    'tools',
    'model',
    'permission',
    'permissions',
    'permissionMode',
    'disallowedTools',
  ],
  ...[
    'mcpServers',
    'mcp-servers',
    'maxTurns',
    'steps',
    'temperature',
    'mode',
    'readonly',
    'kind',
    'approvalMode',
  ],
  ...[
    'modelConfig',
    'runConfig',
    'constructor',
    '__proto__',
    'toString',
    'bash',
    '*',
    'edit',
    'prompt',
    'allowedTools',
  ],
)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      null,
      true,
      false,
      '',
      'allow',
      'Read, Bash(git:*)',
      'constructor',
      '*',
      'a: b',
      '\u0000',
    ),
    fc.double(),
    fc.string(),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(words, tie('any'), { maxKeys: 3 }),
  ),
})).any

const LEVELS = new Set(['error', 'warning'])

/** Enough to keep what was found once; raise it by hand after a change of the readers. */
const RUNS = 40

test.each(hosts.map((host) => [host.id, host] as const))('%s throws at nothing', (_, host) => {
  const read = (file: string, text: string) => {
    expect(host.recognises({ file, text })).toBeGreaterThanOrEqual(0)
    const { agent, problems } = host.read({ file, text })
    expect(typeof agent.instructions).toBe('string')
    expect(problems.every(({ level, fix }) => LEVELS.has(level) && fix !== '')).toBe(true)
  }
  fc.assert(
    fc.property(fc.dictionary(words, value, { maxKeys: 5 }), fc.string(), (head, body) => {
      read('x.md', `---\n${stringify(head)}---\n${body}`)
      read('x.json', JSON.stringify(head))
    }),
    { numRuns: RUNS, seed: 1 },
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.constantFrom('x.md', 'x.json', 'x.toml'), (text, file) => {
      read(file, text)
      read(file, `---\n${text}\n---\n`)
    }),
    { numRuns: RUNS, seed: 1 },
  )
})
