import { expect, test } from 'vitest'
import host from './index.ts'

const read = (text: string) => host.read({ file: '.codex/agents/x.toml', text })

test('an agent in TOML', () => {
  const { agent, problems, bodyLine } = read(
    'name = "reviewer"\ndescription = "Reviews"\nmodel = "gpt-5.6-sol"\nmodel_reasoning_effort = "high"\nsandbox_mode = "read-only"\ndeveloper_instructions = """\nLook.\n\n## Standards\n- Error rate: < 0.5 %\n"""\n[mcp_servers.context7]\ncommand = "npx"\n',
  )
  expect(problems).toEqual([])
  expect(bodyLine).toBe(7)
  expect(agent).toMatchObject({
    name: 'reviewer',
    model: 'gpt-5.6-sol',
    without: ['write', 'edit', 'patch', 'bash'],
    servers: ['context7'],
    unknown: { model_reasoning_effort: 'high' },
  })
  expect(agent.instructions).toMatch(/^Look\.\n\n## Standards/)
})

test('what is no TOML is left out, with its line', () => {
  expect(read('name = "x"\ndescription = unquoted words\n').problems).toMatchObject([
    { level: 'error', line: 2, fix: 'Mend that line: the file has to be TOML.' },
  ])
})

test('a key that is not known, and a sandbox that is none', () => {
  expect(
    read('name = "x"\nsandbox_mode = "open"\nnickname = "y"\ndeveloper_instructions = "z"').problems,
  ).toMatchObject([
    { line: 2, problem: '"sandbox_mode" is "open"' },
    { line: 3, problem: 'the key "nickname" means nothing here' },
  ])
})
