import { expect, test } from 'vitest'
import { routeOf } from '../../../../../../test/support/known-request.ts'
import { findUploads } from './find-uploads.ts'

const named = (name: string) => ({ middlewares: [{ name, place: null }] })

test('routes that take files are told by a step or a word of their path', () => {
  const routes = [
    routeOf('POST', '/logout'),
    routeOf('POST', '/profile/photos'),
    routeOf('POST', '/reports', named('upload.single')),
    routeOf('GET', '/files'),
    routeOf('POST', '/orders'),
  ]
  const found = findUploads({ service: { routes } })
  expect(found.map(({ route, sure, fields }) => [route.path, sure, fields[0]])).toEqual([
    ['/reports', true, 'report'],
    ['/profile/photos', false, 'photo'],
  ])
})
