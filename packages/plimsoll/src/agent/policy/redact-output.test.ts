import { expect, it } from 'vitest'
import { knownSecrets } from '../../lab/environment/known-secrets.ts'
import { redactOutput } from './redact-output.ts'

const made = (length: number) => 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'.repeat(3).slice(0, length)

it.each([
  ['SESSION_SECRET=kq93-hwl2-vva0', 'SESSION_SECRET=(redacted)'],
  ['export API_KEY="kq93hwl2vva0"', 'export API_KEY="(redacted)"'],
  ['fatal: postgres://shop:h7Gq2x@db.internal/shop', 'fatal: postgres://shop:(redacted)@db.internal/shop'],
  ['redis://:h7Gq2x99@cache:6379', 'redis://:(redacted)@cache:6379'],
  [`Authorization: Bearer ${made(24)}`, 'Authorization: Bearer (redacted)'],
  [`token ghp_${made(36)}`, 'token (redacted)'],
  ['AKIAABCDEFGHIJKLMNOP', '(redacted)'],
  [`slack xoxb-1234-${made(20)}`, 'slack (redacted)'],
  [`stripe sk_live_${made(24)} end`, 'stripe (redacted) end'],
  ['-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----', '(redacted)'],
])('masks %j', (text, clean) => {
  expect(redactOutput(text, [])).toBe(clean)
})

it.each([
  'const token = request.headers.authorization',
  'password: z.string().min(8)',
  'basic authentication, token verification',
  'postgres://postgres:postgres@localhost:5432/shop',
  'postgres://$' + '{user}:$' + '{password}@$' + '{host}/x',
  'PORT=3000\nJWT_TTL=15minutes\nLOG_LEVEL=verbose',
])('leaves code as it is: %s', (text) => {
  expect(redactOutput(text, [])).toBe(text)
})

it('masks what the project is known to hold, however it is written', () => {
  const secrets = knownSecrets([
    ['DATABASE_URL', 'postgres://shop:p%40ss-of-9@db.example.com/shop'],
    ['STRIPE_KEY', 'live"value-123456'],
    ['NODE_ENV', 'production'],
    ['API_TOKEN', 'changeme'],
  ])
  const text = `p@ss-of-9 p%40ss-of-9 ${JSON.stringify('live"value-123456')} ${Buffer.from('live"value-123456').toString('base64')} production changeme`
  expect(redactOutput(text, secrets)).toBe(
    '(redacted) (redacted) "(redacted)" (redacted)= production changeme',
  )
})
