import { describe, expect, it } from 'vitest'
import { serviceOf } from '../../../../../test/support/staged-app.ts'
import { canBeMadeUp, isSecret } from '../../base/text/secret-names.ts'
import { closeStore } from './closed-stores.ts'
import { composeEnvironment } from './compose-environment.ts'
import { fillTemplate } from './fill-template.ts'
import { lendStore } from './lent-stores.ts'
import { modesOf } from './mode.ts'

const read = (name: string, example: string | null = null, fallback: string | null = null) => ({
  name,
  example,
  default: fallback,
  place: null,
})
const endpoint = { host: '127.0.0.1', port: 41, user: 'lab', password: 'p@ss', database: 'd1' }
const places = new Map([['postgres', { scheme: 'postgres', endpoint }]])

describe('secrets', () => {
  it.each(['JWT_SECRET', 'API_KEY', 'SESSION_TOKEN', 'PASSWORD_SALT', 'apiKey', 'ENCRYPTION_KEY'])(
    '%s',
    (name) => {
      expect(canBeMadeUp(name)).toBe(true)
    },
  )
  it.each([
    'HASH_SALT_ROUNDS',
    'TOKEN_TTL',
    'JWT_ISSUER',
    'KEY_PATH',
    'API_KEY_HEADER',
    'MONKEY',
    'PORT',
    'AUTH_TOKEN_URL',
  ])('not %s', (name) => expect(isSecret(name)).toBe(false))
  it.each(['TLS_KEY', 'PRIVATE_KEY'])('%s has a format', (name) => {
    expect([isSecret(name), canBeMadeUp(name)]).toEqual([true, false])
  })
})

it('lets later sources win, and records neither secrets nor what changes', () => {
  const service = serviceOf({
    env: [
      read('API_PREFIX', '/api'),
      read('JWT_SECRET', 'your-secret-here'),
      read('API_KEY', 'k-1234567'),
      read('COOKIE_SECRET'),
      read('SESSION_SECRET', null, 'dev'),
      read('LOG_LEVEL', null, 'info'),
      read('DATABASE_URL', 'postgres://me:pw@db.example.com/x'),
      read('MAIL_URL', 'smtp://me:pw@mail.example.com'),
    ],
  })
  const wiring = { env: { DATABASE_URL: 'postgres://lab' }, by: ['DATABASE_URL'], gap: null }
  const { env, record } = composeEnvironment({
    service,
    config: { env: { EXTRA: '{{postgres.host}}:{{ postgres.port }}', API_PREFIX: '/v2' } },
    base: { PATH: '/bin' },
    mode: { nodeEnv: 'production', madeUp: true },
    wirings: [{ store: 'postgres', wiring }],
    places,
    ports: new Map([['PORT', 5]]),
    closed: { REDIS_URL: '' },
  })
  expect(env).toMatchObject({
    PATH: '/bin',
    NODE_ENV: 'production',
    API_PREFIX: '/v2',
    API_KEY: 'k-1234567',
    DATABASE_URL: 'postgres://lab',
    PORT: '5',
    EXTRA: '127.0.0.1:41',
    REDIS_URL: '',
  })
  expect(env.JWT_SECRET).toMatch(/^[0-9a-f]{64}$/)
  expect(env.COOKIE_SECRET).toMatch(/^[0-9a-f]{64}$/)
  expect(env).not.toHaveProperty('SESSION_SECRET')
  expect(record).toEqual({
    NODE_ENV: 'production',
    API_PREFIX: '/v2',
    JWT_SECRET: '(disposable)',
    COOKIE_SECRET: '(disposable)',
    API_KEY: '(secret)',
    MAIL_URL: '(secret)',
    DATABASE_URL: "(the lab's postgres)",
    PORT: '(a free port)',
    EXTRA: '{{postgres.host}}:{{ postgres.port }}',
    REDIS_URL: '',
  })
})

it("leaves the code's default where only a deployment sets another value", () => {
  const service = serviceOf({
    env: [
      { ...read('MODE', '0', '1'), exampleFrom: 'docker-compose.yaml' },
      { ...read('TTL', '60', '30'), exampleFrom: 'Dockerfile' },
      { ...read('REGION', 'eu'), exampleFrom: 'docker-compose.yaml' },
      { ...read('LIMIT', '5', '9'), exampleFrom: 'services/api/.env.example' },
    ],
  })
  const nothing = { config: {}, base: {}, wirings: [], places, ports: new Map(), closed: {} }
  const { env } = composeEnvironment({ service, ...nothing, mode: { nodeEnv: null, madeUp: true } })
  expect(env).toEqual({ REGION: 'eu', LIMIT: '5' })
})

it('fills a URL and refuses what the lab does not have', () => {
  expect(fillTemplate('A', '{{postgres.url}}?x=1', places)).toBe('postgres://lab:p%40ss@127.0.0.1:41/d1?x=1')
  expect(() => fillTemplate('A', '{{redis.url}}', places)).toThrow(
    'env.A: {{redis.url}} names nothing the lab has (stores here: postgres; parts: host, port, user, password, database, url)',
  )
})

it('keeps the app from a store it is to run without, and lends one that the user gives', () => {
  const service = serviceOf({
    env: [
      read('REDIS_URL', 'redis://prod:6379'),
      read('REDIS_HOST'),
      read('REDIS_PORT', '6379'),
      read('CACHE', 'redis://x'),
    ],
  })
  expect(closeStore(service, 'redis')).toEqual({
    REDIS_URL: '',
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: '1',
    CACHE: '',
  })
  expect(lendStore(service, 'redis', 'redis://127.0.0.1:7000/2')).toEqual({
    REDIS_URL: 'redis://127.0.0.1:7000/2',
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: '7000',
    CACHE: 'redis://127.0.0.1:7000/2',
  })
})

it('tries without made-up secrets last, where there are any', () => {
  const bare = { nodeEnv: 'production', madeUp: false }
  const both = ['production', 'development'].map((nodeEnv) => ({ nodeEnv, madeUp: true }))
  const service = serviceOf({ env: [read('EDGE_MASTER_KEY')] })
  expect(modesOf(service, {})).toEqual([...both, bare])
  expect(modesOf(service, { env: { EDGE_MASTER_KEY: '' } })).toEqual(both)
  expect(modesOf(serviceOf({ env: [read('TOKEN_SECRET', 'dev')] }), {})).toEqual(both)
  const env = { wirings: [], places, ports: new Map(), closed: {}, base: {}, config: {} }
  expect(composeEnvironment({ ...env, service, mode: bare }).env).toEqual({ NODE_ENV: 'production' })
})
