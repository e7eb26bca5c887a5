import { expect, test } from 'vitest'
import host from './index.ts'

const read = (head: string) => host.read({ file: '.cursor/agents/x.md', text: `---\n${head}\n---\nDo it.\n` })

test('read-only takes away what changes something', () => {
  const { agent, problems } = read(
    'name: looker\ndescription: Looks\nmodel: fast\nreadonly: true\nis_background: true',
  )
  expect(problems).toEqual([])
  expect(agent).toMatchObject({
    name: 'looker',
    model: 'fast',
    without: ['write', 'edit', 'patch', 'bash'],
    unknown: { is_background: true },
  })
  expect(agent.tools).toBeUndefined()
})

test('without it, everything is inherited', () => {
  const { agent } = read('name: doer\nreadonly: false')
  expect([agent.tools, agent.without]).toEqual([undefined, undefined])
})

test('it knows its own files', () => {
  expect(host.recognises({ file: 'x.md', text: '---\nreadonly: true\n---\nx' })).toBe(0.8)
  expect(host.contextFiles).toContain('.cursor/rules/**/*.mdc')
})
