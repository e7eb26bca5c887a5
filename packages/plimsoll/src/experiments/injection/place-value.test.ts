import { expect, test } from 'vitest'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { Encoded, placeValue, valueAt } from './place-value.ts'
import { inputsOf } from './points.ts'

const request = {
  method: 'PUT',
  path: '/users/7/notes?sort=id&page=2',
  headers: { cookie: 'theme=dark; sid=1' },
  body: { user: { name: 'Ada', tags: ['x', 'y'] }, age: 3 },
}
const route = routeOf('PUT', '/users/:id/notes', { reads: { body: ['note', 'user'], query: [], params: [] } })
const inputs = inputsOf(route, request, ['filter'])

test('every value that a caller chooses is a place, those that are only read too', () => {
  expect(inputs.map(({ input }) => input)).toMatchInlineSnapshot(`
    [
      "body.user.name",
      "body.user.tags[]",
      "body.age",
      "body.note",
      "query.sort",
      "query.page",
      "query.filter",
      "path.id",
      "cookie.theme",
      "cookie.sid",
      "body",
    ]
  `)
})

test('only the one place changes', () => {
  const changed = inputs.map(({ place }) => {
    const { path, headers, body } = placeValue(request, place, "a'/b")
    return [path, headers?.cookie, JSON.stringify(body)].join(' ')
  })
  expect(changed).toMatchInlineSnapshot(`
    [
      "/users/7/notes?sort=id&page=2 theme=dark; sid=1 {"user":{"name":"a'/b","tags":["x","y"]},"age":3}",
      "/users/7/notes?sort=id&page=2 theme=dark; sid=1 {"user":{"name":"Ada","tags":["a'/b","y"]},"age":3}",
      "/users/7/notes?sort=id&page=2 theme=dark; sid=1 {"user":{"name":"Ada","tags":["x","y"]},"age":"a'/b"}",
      "/users/7/notes?sort=id&page=2 theme=dark; sid=1 {"user":{"name":"Ada","tags":["x","y"]},"age":3,"note":"a'/b"}",
      "/users/7/notes?page=2&sort=a'%2Fb theme=dark; sid=1 {"user":{"name":"Ada","tags":["x","y"]},"age":3}",
      "/users/7/notes?sort=id&page=a'%2Fb theme=dark; sid=1 {"user":{"name":"Ada","tags":["x","y"]},"age":3}",
      "/users/7/notes?sort=id&page=2&filter=a'%2Fb theme=dark; sid=1 {"user":{"name":"Ada","tags":["x","y"]},"age":3}",
      "/users/a'%2Fb/notes?sort=id&page=2 theme=dark; sid=1 {"user":{"name":"Ada","tags":["x","y"]},"age":3}",
      "/users/7/notes?sort=id&page=2 sid=1; theme=a'%2Fb {"user":{"name":"Ada","tags":["x","y"]},"age":3}",
      "/users/7/notes?sort=id&page=2 theme=dark; sid=a'%2Fb {"user":{"name":"Ada","tags":["x","y"]},"age":3}",
      "/users/7/notes?sort=id&page=2 theme=dark; sid=1 "a'/b"",
    ]
  `)
  expect(inputs.map(({ place }) => valueAt(placeValue(request, place, 'new'), place))).toEqual(
    inputs.map(() => 'new'),
  )
})

test('an object is written as queries write it, and what is encoded already stays', () => {
  const place = { in: 'query', name: 'page' } as const
  expect(placeValue(request, place, { $ne: 'x' }).path).toBe('/users/7/notes?sort=id&page%5B%24ne%5D=x')
  expect(placeValue(request, place, new Encoded('%252e')).path).toBe('/users/7/notes?sort=id&page=%252e')
})
