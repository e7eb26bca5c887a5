import { describe, expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { routeOf } from '../../../../../test/support/known-request.ts'
import { credentialsIn, sessionHeaders } from './credentials.ts'
import { keyRoutes, loginRoutes, logoutRoute, registerRoutes } from './session.ts'

const paths = (routes: { path: string }[]) => routes.map(({ path }) => path)

describe('routes', () => {
  test('sign-up by its plain name comes first', () => {
    const routes = [
      routeOf('POST', '/users'),
      routeOf('POST', '/auth/register'),
      routeOf('POST', '/auth/login'),
    ]
    expect(paths(registerRoutes(routes))).toEqual(['/auth/register', '/users'])
    expect(paths(loginRoutes(routes))).toEqual(['/auth/login'])
  })

  test('a route whose body holds a password makes accounts, whatever it calls them', () => {
    const reads = { body: ['username', 'password'], query: [], params: [] }
    const post = (path: string) => routeOf('POST', path, { reads })
    expect(paths(registerRoutes([post('/person'), post('/reset-password'), post('/login')]))).toEqual([
      '/person',
    ])
  })

  test('a bare POST /users is a sign-up only where somebody can log in', () => {
    expect(registerRoutes([routeOf('POST', '/users')])).toEqual([])
    expect(registerRoutes([routeOf('GET', '/register'), routeOf('POST', '/users/:id/register')])).toEqual([])
  })

  test('a login that says so comes before a token or session', () => {
    const routes = ['/oauth/token', '/sessions', '/users/login'].map((path) => routeOf('POST', path))
    expect(paths(loginRoutes(routes))).toEqual(['/users/login', '/oauth/token', '/sessions'])
  })
})

test('a login is told by what it takes where none is called so', () => {
  const post = (path: string, body: string[]) =>
    routeOf('POST', path, { reads: { body, query: [], params: [] } })
  const routes = [
    post('/auth/local', ['identifier', 'password']),
    post('/auth/local/register', ['email', 'password', 'name']),
    post('/reset-password', ['email', 'password']),
    post('/people', ['email', 'password', 'birthday']),
  ]
  expect(paths(loginRoutes(routes))).toEqual(['/auth/local'])
  expect(paths(loginRoutes([...routes, post('/tokens', [])]))).toEqual(['/tokens'])
})

describe('credentials', () => {
  const TOKEN = 'eyJhbGciOi.J9'
  test.each([
    ['token', { token: TOKEN }],
    ['access_token', { access_token: TOKEN, refresh_token: 'other-one' }],
    ['accessToken below', { data: { user: {}, accessToken: TOKEN } }],
    ['realworld', { user: { email: 'a@b.c', token: TOKEN } }],
    ['jwt', { jwt: TOKEN }],
  ])('in the body: %s', (_name, body) => {
    expect(credentialsIn(exchange({ body: JSON.stringify(body) })).token).toBe(TOKEN)
  })

  test('in a header, whatever the body is', () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    expect(credentialsIn(exchange({ headers, body: 'ok' })).token).toBe(TOKEN)
    expect(credentialsIn(exchange({ headers, body: '{}' })).token).toBe(TOKEN)
  })

  test('cookies are sent back by name and value only', () => {
    const set = 'sid=abc=; Path=/; Expires=Wed, 21 Oct 2037 07:28:00 GMT; HttpOnly, theme=dark'
    expect(credentialsIn(exchange({ headers: { 'set-cookie': set } })).cookie).toBe('sid=abc=; theme=dark')
  })

  test('of two cookies of one name the later counts, and one that is taken away is none', () => {
    const set =
      'sid=a; Path=/\nold=; Max-Age=0\nsid=b; HttpOnly\ngone=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'
    expect(credentialsIn(exchange({ headers: { 'set-cookie': set } })).cookie).toBe('sid=b')
  })

  test.each([
    ['as it stands', `${TOKEN}.c2ln`],
    ['quoted', `"${TOKEN}.c2ln"`],
    ['under a name of its own', `{"refresh":"${TOKEN}.cmVm","access":"${TOKEN}.c2ln"}`],
  ])('a signed token %s', (_name, body) => {
    expect(credentialsIn(exchange({ body })).token).toBe(`${TOKEN}.c2ln`)
  })

  test('an answer without any gives none', () => {
    expect(credentialsIn(exchange({ body: '{"message":"ok","token":""}' }))).toEqual({
      token: null,
      cookie: null,
    })
  })
})

test('a token travels as its scheme wants', () => {
  expect(sessionHeaders({ token: 't', cookie: null }, 'Bearer')).toEqual({ authorization: 'Bearer t' })
  expect(sessionHeaders({ token: 't', cookie: 'a=1' }, '')).toEqual({ authorization: 't', cookie: 'a=1' })
  expect(sessionHeaders({ token: null, cookie: null }, 'Bearer')).toEqual({})
})

test('a token travels in a header of its own, and what guards a form beside its cookie', () => {
  const key = { header: 'x-api-key', scheme: '' }
  expect(sessionHeaders({ token: 'k', cookie: null }, key)).toEqual({ 'x-api-key': 'k' })
  expect(sessionHeaders({ token: null, cookie: 'sid=1; XSRF-TOKEN=a%3D' })).toEqual({
    cookie: 'sid=1; XSRF-TOKEN=a%3D',
    'x-csrf-token': 'a=',
    'x-xsrf-token': 'a=',
  })
})

test('a logout is told by its name, or by a session that can be deleted', () => {
  const routes = [routeOf('GET', '/logout'), routeOf('POST', '/auth/sign-out'), routeOf('DELETE', '/session')]
  expect(logoutRoute(routes)?.path).toBe('/auth/sign-out')
  expect(logoutRoute(routes.slice(2))?.path).toBe('/session')
  expect(logoutRoute([routeOf('GET', '/users')])).toBeNull()
})

test('a key may be had where clients are made', () => {
  const routes = [
    routeOf('POST', '/clients'),
    routeOf('POST', '/orders'),
    routeOf('POST', '/keys/:id/rotate'),
  ]
  expect(paths(keyRoutes(routes))).toEqual(['/clients'])
  const reads = { body: ['username', 'password'], query: [], params: [] }
  expect(paths(keyRoutes([routeOf('POST', '/people', { reads }), ...routes]))).toEqual([
    '/people',
    '/clients',
  ])
})
