import { expect, test } from 'vitest'
import { knownRequest, routeOf } from '../../../../../test/support/known-request.ts'
import { serviceOf } from '../../../../../test/support/staged-app.ts'
import { misuses } from './misuses.ts'

const list = knownRequest('GET', '/books')
const create = knownRequest('POST', '/books', {
  headers: { authorization: 'Bearer x' },
  body: { title: 'x' },
})
const login = routeOf('POST', '/login')

const named = (lab: Parameters<typeof misuses>[0]) => misuses(lab).all.map(({ misuse }) => misuse)

test('bodies go where a body is known to be accepted, with what gets past the guard', () => {
  const lab = { known: [list, create], service: serviceOf({ routes: [login, list.route, create.route] }) }
  const { bodyRoute, all } = misuses(lab)
  expect(bodyRoute).toBe('POST /books')
  expect(named(lab)).toEqual([
    'unknown route',
    'malformed percent encoding',
    'wrong method (DELETE /books)',
    'malformed JSON (POST /books)',
    'wrong content type (POST /books)',
    'no body (POST /books)',
    'JSON of another type (POST /books)',
    'deeply nested JSON (POST /books)',
    'oversized body (POST /books)',
  ])
  for (const { misuse, request } of all.slice(3)) {
    expect(request.headers?.authorization, misuse).toBe('Bearer x')
    expect(typeof request.body, misuse).toBe('string')
  }
})

test('without one, the first route of the survey that takes a body is used', () => {
  const routes = [routeOf('POST', '/books/:id/copies'), routeOf('ANY', '/proxy/*'), login]
  expect(misuses({ known: [], service: serviceOf({ routes }) }).bodyRoute).toBe('POST /login')
})

test('a wrong method is one that no route of that path takes', () => {
  const routes = [list.route, routeOf('DELETE', '/books'), routeOf('PUT', '/books')]
  expect(named({ known: [list], service: serviceOf({ routes }) })).toContain('wrong method (PATCH /books)')
  const every = [list.route, routeOf('ANY', '/books')]
  expect(named({ known: [list], service: serviceOf({ routes: every }) }).join()).not.toContain('wrong method')
})

test('with nothing known there are still two', () => {
  expect(misuses({ known: [], service: serviceOf() })).toMatchObject({ bodyRoute: null, all: { length: 2 } })
})
