import { expect, test } from 'vitest'
import { lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/security.transport-storage/index.ts'
import experiment, { type Seen } from './index.ts'

type Cookie = Seen['cookies'][number]['cookie']

const safe: Cookie = {
  name: 'sid',
  valueLength: 32,
  opaque: true,
  httpOnly: true,
  secure: true,
  sameSite: 'Lax',
  cleared: false,
}
const judge = (...cookies: Partial<Cookie>[]) => {
  const seen: Seen = {
    asked: 4,
    cookies: cookies.map((cookie) => ({ route: 'POST /login', cookie: { ...safe, ...cookie } })),
  }
  return experiment.judge(experiment.observes.parse(seen), standard)
}

test('a session cookie with every flag is proven in each', () => {
  expect(lines(judge({}))).toEqual(['proven sid: HttpOnly', 'proven sid: SameSite', 'proven sid: Secure'])
})

test('a bare session cookie is a defect and two suspicions', () => {
  const judged = judge({ httpOnly: false, secure: false, sameSite: null })
  expect(judged.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "sid of POST /login is set without HttpOnly",
        "severity": "medium",
        "status": "refuted",
        "subject": "sid: HttpOnly",
        "tier": "defect",
        "title": "Any script on the page can read the session cookie",
      },
      {
        "detail": "sid of POST /login has no SameSite; browsers differ in what they assume",
        "severity": "low",
        "status": "refuted",
        "subject": "sid: SameSite",
        "tier": "suspicion",
        "title": "The session cookie leaves SameSite to the browser",
      },
      {
        "detail": "sid of POST /login is set without Secure, also when X-Forwarded-Proto says https",
        "severity": "low",
        "status": "refuted",
        "subject": "sid: Secure",
        "tier": "suspicion",
        "title": "The session cookie also travels without TLS",
      },
    ]
  `)
  expect(judged[0]?.evidence).toEqual([
    { kind: 'text', title: 'Set-Cookie of POST /login', text: 'sid=(32 characters)' },
  ])
})

test('SameSite=None is a suspicion, and without Secure it says what browsers do', () => {
  expect(judge({ sameSite: 'None' })[1]).toMatchObject({ status: 'refuted', tier: 'suspicion' })
  expect(judge({ sameSite: 'none', secure: false })[1]?.detail).toMatchInlineSnapshot(
    `"sid of POST /login is SameSite=None without Secure: browsers refuse it"`,
  )
})

test('cookies that hold no session are left alone', () => {
  const none = judge(
    { name: 'theme' },
    { name: 'XSRF-TOKEN', httpOnly: false },
    { cleared: true },
    { opaque: false },
  )
  expect(none.map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "4 known requests set no cookie that looks like a session",
        "status": "not-applicable",
        "subject": "session cookies",
        "title": "Session cookies",
      },
    ]
  `)
})

test('a cookie that several routes set is judged once, as the first set it', () => {
  expect(lines(judge({ httpOnly: false }, { httpOnly: true }))).toEqual([
    'refuted defect sid: HttpOnly',
    'proven sid: SameSite',
    'proven sid: Secure',
  ])
})
