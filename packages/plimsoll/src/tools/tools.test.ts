import { expect, test } from 'vitest'
import { z } from 'zod'
import { tools } from './catalogue.generated.ts'

test.each(tools.map((tool) => [tool.id, tool] as const))('%s is described for a model', (_, tool) => {
  expect(tool.description.length).toBeLessThanOrEqual(600)
  expect(tool.description).toMatch(/\b[Uu]se\b/)
  const schema = z.toJSONSchema(tool.input)
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
  expect(Object.keys(schema.properties ?? {}).length).toBeLessThanOrEqual(6)
})

test('what changes files shows it first, and the host has a shell and files of its own', () => {
  const writing = tools.filter(({ effect }) => effect === 'writes')
  expect(writing.filter(({ preview }) => preview === undefined)).toEqual([])
  expect(tools.filter(({ mcp }) => mcp).map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'explain',
      'findings',
      'fix-preview',
      'http',
      'prove',
      'query',
      'replay',
      'standards',
      'survey',
    ]),
  )
  const own = ['ask', 'bash', 'delegate', 'edit', 'glob', 'grep', 'patch', 'read', 'todo', 'write']
  expect(tools.filter(({ id, mcp }) => own.includes(id) && mcp)).toEqual([])
})
