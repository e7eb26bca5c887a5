import { expect, test } from 'vitest'
import { callTool } from '../../../../../test/support/tool-context.ts'
import type { Todo } from '../define.ts'
import todo from './index.ts'

test('the list is kept by the surface', async () => {
  let kept: readonly Todo[] = []
  const write = (items: readonly Todo[]) => {
    kept = items
  }
  const lent = { todo: { read: () => kept, write } }
  const call = (input: object) => callTool(todo, input, '.', lent)
  expect((await call({})).text).toBe('The list is empty.')
  const items = [
    { text: 'migration', state: 'done' },
    { text: 'route', state: 'doing' },
    { text: 'prove', state: 'open' },
    { text: 'cache', state: 'dropped' },
  ]
  expect((await call({ items })).text).toBe('[x] migration\n[~] route\n[ ] prove\n[-] cache')
  expect(kept).toEqual(items)
  expect((await call({})).text).toContain('[~] route')
  expect(await callTool(todo, {}, '.')).toMatchObject({ failed: true })
})
