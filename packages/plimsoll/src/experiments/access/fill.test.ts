import { expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { createHarvest } from '../../lab/speak/harvest.ts'
import type { Route } from '../../model/system.ts'
import { fillWith, referencesTo, setSlot } from './fill.ts'
import { missingName } from './missing-name.ts'
import { namesOf, type Thing } from './thing.ts'

const thing = (kin: string, path: string, fields: Record<string, unknown>): Thing => {
  const harvest = createHarvest()
  harvest.keep(path, JSON.stringify(fields), path)
  return { ...{ kin, alias: [], path, planted: [], parents: [], sent: null, made: null }, harvest, fields }
}
const project = thing('project', '/projects', { id: 3 })
const task = thing('task', '/projects/:projectId/tasks', { id: 8 })

const route = (method: string, path: string): Route => ({
  ...{ method, path, place: { file: 'server.js', line: 1 }, handler: { name: null, place: null } },
  ...{ middlewares: [], guard: 'unknown', validator: 'unknown', framework: 'express' },
})

test('parameters and references are filled with names of things that they mean', () => {
  const known = {
    route: route('PUT', '/projects/:projectId/tasks/:taskId'),
    request: {
      method: 'PUT',
      path: '/projects/1/tasks/2?full=1',
      body: { project_id: 1, other_id: 4, title: 'x' },
    },
  }
  expect(fillWith(known, [task, project])).toMatchObject({
    path: '/projects/3/tasks/8?full=1',
    body: { project_id: 3, other_id: 4, title: 'x' },
  })
})

test('the version of an API is no kind of thing', () => {
  const book = thing('book', '/books/v1', { book_title: 'a b' })
  expect(namesOf(book, '/books/v1/:book_title', 'book_title')).toEqual(['a b'])
  const slot = { in: 'path', name: 'book_title' } as const
  const request = { method: 'GET', path: '/books/v1/x' }
  expect(setSlot(request, '/books/v1/:book_title', slot, 'a b').path).toBe('/books/v1/a%20b')
})

test('what is taken from comes before what is given to', () => {
  const wallet = thing('wallet', '/wallets', { id: 1 })
  const body = { toWalletId: 1, fromWalletId: 2, noteId: 3 }
  expect(referencesTo(body, wallet)).toEqual([['fromWalletId'], ['toWalletId']])
})

test.each([
  ['7', /^\d{10}$/],
  ['9f0b3c1e-1111-4222-8333-abcdefabcdef', /^9f0b3c1e-1111-4222-8333-[0-9a-f]{12}$/],
  ['someone@example.com', /^[a-z]+@example\.com$/],
  ['a-title-abcdefghij', /^a-titl[a-z-]+$/],
])('nothing is called like what is made of %s', (name, form) => {
  const missing = missingName(name, createRandom(1))
  expect(missing).toMatch(form)
  expect(missing).not.toBe(name)
})
