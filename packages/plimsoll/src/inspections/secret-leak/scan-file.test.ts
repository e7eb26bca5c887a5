import { describe, expect, test } from 'vitest'
import { createRandom } from '../../base/random/random.ts'
import { scanFile } from './scan-file.ts'

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = UPPER.toLowerCase()
const DIGITS = '0123456789'
const HEX = `${DIGITS}abcdef`
const BASE62 = UPPER + LOWER + DIGITS
const random = createRandom(20260)

/** Generated here, so that no credential, real or not, stands in this file. */
const made = (length: number, alphabet = BASE62) =>
  Array.from({ length }, () => alphabet[random.integer(0, alphabet.length - 1)]).join('')

const kinds = (file: string, text: string) =>
  scanFile(file, text).map((leak) => `${leak.certain ? '' : 'perhaps '}${leak.kind}`)

const awsId = `AKIA${made(16, `${UPPER}234567`)}`
const awsSecret = made(40, `${BASE62}+`)
const github = `ghp_${made(36)}`
const stripe = `sk_${'live'}_${made(24)}`
const password = made(20)
const key = made(64 * 20, `${BASE62}+/`).replace(/.{64}/g, '$&\n')
const pem = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\n${key}-----END ${kind}PRIVATE KEY-----\n`

describe('credentials that their form gives away', () => {
  test.each([
    ['aws-access-key', `accessKeyId: '${awsId}',`],
    ['aws-secret-key', `AWS_SECRET_ACCESS_KEY=${awsSecret}`],
    ['aws-secret-key', `{ "secretAccessKey": "${awsSecret}" }`],
    ['azure-storage-key', `DefaultEndpointsProtocol=https;AccountKey=${made(86)}==;`],
    ['google-oauth-secret', `client_secret = "GOCSPX-${made(28)}"`],
    ['github-token', `git clone https://x:${github}@github.com/acme/api`],
    ['github-token', `token: github_pat_${made(22)}_${made(59)}`],
    ['gitlab-token', `CI_TOKEN=glpat-${made(20)}`],
    ['stripe-live-key', `const stripe = new Stripe('${stripe}')`],
    ['stripe-live-key', `STRIPE=rk_${'live'}_${made(24)}`],
    ['stripe-webhook-secret', `STRIPE_WEBHOOK=whsec_${made(32)}`],
    ['slack-token', `slack: xoxb-${made(12, '123456789')}-${made(12, '123456789')}-${made(24)}`],
    ['slack-webhook', `https://hooks.slack.com/services/T${made(10, UPPER)}/B${made(10, UPPER)}/${made(24)}`],
    ['npm-token', `//registry.npmjs.org/:_authToken=npm_${made(36)}`],
    ['pypi-token', `password = pypi-AgE${made(80)}`],
    ['sendgrid-key', `sendgrid.setApiKey('SG.${made(22)}.${made(43)}')`],
    ['mailchimp-key', `MAILCHIMP=${made(32, HEX)}-us14`],
    ['twilio-token', `TWILIO_AUTH_TOKEN=${made(32, HEX)}`],
    ['anthropic-key', `key: sk-ant-api03-${made(93)}`],
    ['openai-key', `OPENAI=sk-proj-${made(60)}`],
    ['openai-key', `OPENAI=sk-${made(20)}T3BlbkFJ${made(20)}`],
    ['huggingface-token', `HF=hf_${made(34)}`],
    ['digitalocean-token', `do: dop_v1_${made(64, HEX)}`],
    ['shopify-token', `SHOP=shpat_${made(32, HEX)}`],
    ['telegram-token', `BOT=${made(10, '123456789')}:AA${made(33)}`],
    ['vault-token', `VAULT=hvs.${made(95)}`],
    ['private-key', pem('RSA ')],
    ['private-key', pem('')],
    ['private-key', `"private_key": "${pem('').replaceAll('\n', '\\n')}"`],
    ['address-password', `DATABASE_URL=postgres://api:${password}@db.acme-bookings.io:5432/api`],
    ['address-password', `mongoose.connect('mongodb+srv://api:${password}@bookings.x1y2z.mongodb.net/api')`],
    ['address-password', `redis://:${password}@eu1-lively-cat-31337.upstash.io:6379`],
    ['address-password', `amqps://svc:${password}@52.18.44.7/vhost`],
  ])('%s', (kind, line) => {
    expect(kinds('src/config.txt', `first line\n${line}\n`)).toEqual([kind])
    expect(scanFile('src/config.txt', `first line\n${line}\n`)[0]?.place.line).toBe(2)
  })

  test.each([
    'test/payments.test.ts',
    'src/payments.spec.js',
    'fixtures/keys.json',
    'docs/setup.md',
    'README.md',
    'examples/pay.js',
  ])('is only a suspicion in %s', (file) => {
    expect(kinds(file, `pay('${stripe}')`)).toEqual(['perhaps stripe-live-key'])
  })

  test.each([
    ['perhaps gcp-api-key', `apiKey: 'AIza${made(35)}'`],
    ['perhaps stripe-test-key', `stripe('sk_test_${made(24)}')`],
  ])('is only a suspicion when public values share the form: %s', (kind, line) => {
    expect(kinds('src/config.txt', line)).toEqual([kind])
  })

  test('a template may hold placeholders, not a real one', () => {
    expect(kinds('.env.example', `STRIPE_KEY=${stripe}\nGITHUB_TOKEN=your-token`)).toEqual([
      'stripe-live-key',
    ])
  })
})

describe('what is no credential', () => {
  test.each([
    [
      'the documented AWS pair',
      `AKIA${'IOSFODNN7EXAMPLE'}\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY${'EXAMPLEKEY'}`,
    ],
    ['crosses', `ghp_${'x'.repeat(36)}\nsk_${'live'}_${'x'.repeat(24)}`],
    ['zeros', `AWS=AKIA${'0'.repeat(16)}\nhooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`],
    ['a counted one', `sk_${'live'}_${'1234567890abcdefghijklmn'}`],
    [
      'a key header in code that parses keys',
      "if (text.startsWith('-----BEGIN PRIVATE KEY-----')) return parse(text)",
    ],
    ['a key with dots for a body', '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----'],
    ['an encrypted key', `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${key}-----END ENCRYPTED PRIVATE KEY-----`],
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${key}-----END PUBLIC KEY-----`],
    [
      'a loopback address',
      `postgres://api:${password}@localhost:5432/api mysql://api:${password}@127.0.0.1/api`,
    ],
    ['a compose host', `DATABASE_URL: postgres://api:${password}@db:5432/api`],
    ['a cluster host', `redis://:${password}@cache.default.svc:6379`],
    ['an address from variables', ['postgres://$', '{user}:$', '{password}@db.acme.io/api'].join('')],
    [
      'an address with a placeholder',
      'postgres://user:password@db.acme.io/api mysql://u:<password>@db.acme.io',
    ],
    ['a documentation host', `postgres://api:${password}@db.example.com/api`],
    ['user as password', 'postgres://booking:booking@db.acme.io/booking'],
    [
      'a reference',
      "const apiKey = process.env.API_KEY ?? ''\nsecret: vault:kv/data/api#secret_key_01a2b3c4",
    ],
    [
      'names about secrets',
      `passwordHash: '${made(32)}', tokenUrl: 'a', secretName: 'prod-db-a1b2c3d4e5f6a7b8c9d0'`,
    ],
    ['words', "password: 'correct-horse-battery-staple', apiKeyHeader: 'x-api-key-for-version-2'"],
    ['public settings', `VITE_API_KEY='${made(32)}'\npublicApiKey: '${made(32)}'`],
    ['a hash of a file', `integrity: 'sha512-${made(86)}=='`],
    ['an id', "secretId: '7c9e6679-7425-40de-944b-e07fc1f90ae7'"],
    ['a message', "passwordError: 'Must have 8 characters'"],
  ])('%s', (_what, text) => {
    expect(scanFile('src/config.yaml', text)).toEqual([])
  })

  test.each(['package-lock.json', 'web/yarn.lock', 'dist/app.js.map', 'logo.svg'])(
    'nothing is read in %s',
    (file) => {
      expect(scanFile(file, `"token": "${github}"`)).toEqual([])
    },
  )
})

describe('values that only look like one', () => {
  test.each([
    ['src/mail.js', `const mailApiKey = '${made(32, HEX)}'`],
    ['src/mail.js', `client({ "client_secret": "${made(40)}" })`],
    ['.env', `SESSION_SECRET=${made(40)}`],
    ['config/prod.yml', `  password: ${made(24)}`],
  ])('%s: %s', (file, text) => {
    expect(kinds(file, text)).toEqual(['perhaps assignment'])
  })

  test.each(['.env.example', 'test/mail.test.js', 'docs/env.md'])('not in %s', (file) => {
    expect(scanFile(file, `SESSION_SECRET='${made(40)}'`)).toEqual([])
  })
})

describe('keys that Flask and Django sign with', () => {
  test.each([
    ["app.config['SECRET_KEY'] = 'sesame'", 'signing-secret'],
    ["    app.secret_key = 'sesame'", 'signing-secret'],
    ["SECRET_KEY = 'django-insecure-sesame'", 'perhaps signing-secret'],
  ])('%s', (text, kind) => {
    expect(kinds('shop/settings.py', `import os\n${text}\n`)).toEqual([kind])
  })

  test.each([
    "app.config['SECRET_KEY'] = os.environ['SECRET_KEY']",
    "# app.secret_key = 'sesame'",
    "SECRET_KEY = ''",
  ])('not %s', (text) => {
    expect(scanFile('shop/settings.py', text)).toEqual([])
  })
})

test('what is kept names the secret by its first characters', () => {
  const line = `connect('postgres://api:${password}@db.acme.io/api', { token: '${github}' })`
  const leaks = scanFile('src/db.js', line)
  expect(leaks.map((leak) => leak.redacted)).toEqual([`${password.slice(0, 4)}…`, 'ghp_…'])
  expect(JSON.stringify(leaks)).not.toContain(password.slice(4))
  expect(JSON.stringify(leaks)).not.toContain(github.slice(4))
})

test('of a private key only its header is kept, on one line or many', () => {
  for (const text of [pem('EC '), `key: "${pem('').replaceAll('\n', '\\n')}"`]) {
    const [leak] = scanFile('src/key.txt', text)
    expect(leak?.redacted).toMatch(/^-----BEGIN (EC )?PRIVATE KEY----- …$/)
    expect(JSON.stringify(leak)).not.toContain(key.slice(0, 20))
  }
})

test('a secret far to the right of a long line is shown with what stands around it', () => {
  const [leak] = scanFile('src/db.js', `${'a = 1; '.repeat(400)}key = '${github}'; ${'b = 2; '.repeat(400)}`)
  expect(leak?.excerpt).toContain("key = 'ghp_…'")
  expect(leak?.excerpt.length).toBeLessThanOrEqual(160)
})
