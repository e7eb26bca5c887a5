import { describe, expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/security.authentication/index.ts'
import limits from '../../standards/security.limits/index.ts'
import experiment, { Seen } from './index.ts'
import { wantedParts } from './parts.ts'

const no = exchange({ path: '/me', status: 401, body: '{"error":"log in first"}' })
const yes = exchange({ path: '/me', body: '{"id":1}' })
const gate = { operation: 'GET /me', good: yes, none: no, garbage: no }
const empty: Seen = {
  ...{ reason: '', carrier: 'bearer', gate, token: null, cookies: null, logout: null, passwordChange: null },
  ...{
    fixation: null,
    enumeration: [],
    throttle: null,
    exposures: [],
    recoveries: [],
    searched: 0,
    openings: [],
    guarded: 0,
  },
}
const judge = (parts: Partial<Seen>) =>
  experiment.judge(Seen.parse({ ...empty, ...parts }), standard, [standard, limits])
const found = (parts: Partial<Seen>) =>
  judge(parts)
    .filter(({ status }) => status === 'refuted')
    .map(worded)

const trial = (kind: string, accepted: boolean, asOther = false) => ({
  kind,
  what: `something about its ${kind}`,
  exchange: accepted ? yes : no,
  accepted,
  asOther,
})
const token = { algorithm: 'HS256', lifeSeconds: 900, steady: true, skipped: [], key: null }
const KINDS = ['signature', 'alg none', 'embedded key', 'expiry']

describe('tokens', () => {
  test('where every forgery is refused, each kind is proven', () => {
    const trials = KINDS.map((kind) => trial(kind, false))
    expect(lines(judge({ token: { ...token, trials } }))).toEqual([
      'proven forged token (signature)',
      'proven forged token (alg none)',
      'proven forged token (embedded key)',
      'proven forged token (expiry)',
    ])
  })

  test('an unchecked signature is one finding, with all that follows from it; expiry stays one of its own', () => {
    const trials = KINDS.map((kind) => trial(kind, true, kind === 'signature'))
    expect(
      found({ token: { ...token, trials } }).map(({ subject, severity }) => [subject, severity]),
    ).toEqual([
      ['forged token (signature)', 'critical'],
      ['forged token (expiry)', 'high'],
    ])
  })

  test('the finding says what was sent and what else is refused', () => {
    expect(found({ token: { ...token, trials: [trial('alg none', true)] } })).toMatchInlineSnapshot(`
      [
        {
          "detail": "GET /me answered 200 to a forged token (something about its alg none); it answers 401 to a garbled one",
          "severity": "critical",
          "status": "refuted",
          "subject": "forged token (alg none)",
          "tier": "defect",
          "title": "Tokens are accepted that say they need no signature",
        },
      ]
    `)
  })

  test('a gate that no longer tells good from bad decides nothing', () => {
    expect(lines(judge({ token: { ...token, steady: false, trials: [trial('signature', true)] } }))).toEqual([
      'inconclusive forged token (signature)',
    ])
  })

  test.each([
    ['source', 'src/auth.js:12', 'refuted defect forged token (signing key)'],
    ['guess', '', 'refuted defect forged token (signing key)'],
    ['fallback', 'JWT_SECRET', 'refuted suspicion forged token (signing key)'],
  ])('a key that is known (%s) is found where it makes tokens for others', (from, where, line) => {
    const seen = {
      token: { ...token, trials: [trial('signing key', true, true)], key: { from, where, weak: true } },
    }
    expect(lines(judge(seen))).toEqual([line])
    expect(judge(seen)[0]?.places).toEqual(
      from === 'source' ? [{ file: 'src/auth.js', line: 12 }] : undefined,
    )
  })

  test('the key that the lab itself gave is no finding', () => {
    const key = { from: 'environment', where: 'JWT_SECRET', weak: false }
    expect(judge({ token: { ...token, trials: [trial('signing key', true, true)], key } })).toEqual([])
  })

  test('tokens that never end are advice', () => {
    expect(lines(judge({ token: { ...token, lifeSeconds: null, trials: [] } }))).toEqual([
      'refuted advice tokens without an end',
    ])
  })
})

describe('cookies', () => {
  test('a cookie that anybody can write is a defect once it shows what is another account’s', () => {
    expect(lines(judge({ cookies: [trial('tampering', true, true)] }))).toEqual([
      'refuted defect forged cookie',
    ])
    expect(lines(judge({ cookies: [trial('tampering', true)] }))).toEqual(['refuted suspicion forged cookie'])
    expect(lines(judge({ cookies: [trial('tampering', false)] }))).toEqual(['proven forged cookie'])
    expect(lines(judge({ cookies: [] }))).toEqual(['proven forged cookie'])
  })
})

describe('sessions', () => {
  const ended = {
    ...{ operation: 'POST /logout', act: exchange({ status: 204 }), before: yes, after: yes, opens: true },
    ...{ isToken: false, tokenLifeSeconds: null },
  }
  test.each([
    ['a session of the server', {}, 'refuted defect POST /logout: logout'],
    ['a token that never ends', { isToken: true }, 'refuted suspicion POST /logout: logout'],
    [
      'a token of a day',
      { isToken: true, tokenLifeSeconds: 86_400 },
      'refuted suspicion POST /logout: logout',
    ],
    ['a token of an hour', { isToken: true, tokenLifeSeconds: 3_600 }, 'proven POST /logout: logout'],
    ['nothing', { opens: false, after: no }, 'proven POST /logout: logout'],
  ])('after a logout, %s stays open', (_name, parts, line) => {
    expect(lines(judge({ logout: { ...ended, ...parts } }))).toEqual([line])
  })

  test('other sessions after a password change are judged alike', () => {
    const passwordChange = { ...ended, operation: 'PUT /me/password' }
    expect(found({ passwordChange })).toMatchInlineSnapshot(`
      [
        {
          "detail": "PUT /me/password answered 204; the session was answered 200 afterwards",
          "severity": "medium",
          "status": "refuted",
          "subject": "PUT /me/password: password change",
          "tier": "defect",
          "title": "Changing the password leaves other sessions alive",
        },
      ]
    `)
  })

  test('a session id from before the login that opens afterwards is a defect', () => {
    const way = {
      operation: 'POST /login',
      how: 'that we made up',
      before: no,
      login: yes,
      after: no,
      fixed: false,
    }
    expect(lines(judge({ fixation: [way] }))).toEqual(['proven POST /login: session fixation'])
    expect(
      found({
        fixation: [way, { ...way, how: 'that the app gave before the login', after: yes, fixed: true }],
      }),
    ).toMatchInlineSnapshot(`
      [
        {
          "detail": "somebody logged in with a session id that the app gave before the login; the same id was answered 401 before and 200 afterwards",
          "severity": "high",
          "status": "refuted",
          "subject": "POST /login: session fixation",
          "tier": "defect",
          "title": "A login keeps the session id from before",
        },
      ]
    `)
    expect(judge({ fixation: [] })).toEqual([])
  })
})

describe('logins', () => {
  const compared = { operation: 'POST /login', existing: no, missing: no, differs: '' }
  test('answers that differ tell which accounts exist', () => {
    expect(lines(judge({ enumeration: [compared] }))).toEqual(['proven POST /login: enumeration'])
    expect(
      found({ enumeration: [{ ...compared, differs: 'the text of the answer' }] }),
    ).toMatchInlineSnapshot(`
      [
        {
          "detail": "the answers differ each time by the text of the answer",
          "severity": "low",
          "status": "refuted",
          "subject": "POST /login: enumeration",
          "tier": "defect",
          "title": "It tells which accounts exist",
        },
      ]
    `)
  })

  const throttle = {
    ...{ operation: 'POST /login', attempts: 30, limitedBy: '', wrong: no, right: yes, rightOpens: true },
    switches: [],
  }
  test.each([
    ['nothing stops it', {}, 'refuted defect POST /login: throttle'],
    ['it is stopped', { limitedBy: 'status 429' }, 'proven POST /login: throttle'],
    [
      'a variable may have turned it off',
      { switches: ['RATE_LIMIT_MAX'] },
      'inconclusive POST /login: throttle',
    ],
  ])('thirty wrong passwords: %s', (_name, parts, line) => {
    const judged = judge({ throttle: { ...throttle, ...parts } })
    expect(lines(judged)).toEqual([line])
    expect(judged[0]?.standard).toBe('security.limits')
  })

  test.each([
    ['nothing stops it', {}, ['refuted suspicion POST /forgot-password: throttle']],
    ['it is stopped', { limitedBy: 'status 429' }, ['proven POST /forgot-password: throttle']],
    ['a variable may have turned it off', { switches: ['RATE_LIMIT_MAX'] }, []],
  ])('thirty requests for a new password: %s', (_name, parts, said) => {
    const recovery = {
      operation: 'POST /forgot-password',
      attempts: 30,
      limitedBy: '',
      last: yes,
      switches: [],
    }
    expect(lines(judge({ recoveries: [{ ...recovery, ...parts }] }))).toEqual(said)
  })

  test('a standard that was left out is not judged', () => {
    expect(experiment.judge(Seen.parse({ ...empty, throttle }), standard, [standard])).toEqual([])
  })
})

describe('answers and operations', () => {
  test('a password or its hash in an answer is a defect', () => {
    const exposure = { operation: 'GET /users', what: 'hash' as const, anonymous: false, exchange: yes }
    expect(
      found({ exposures: [exposure, { ...exposure, what: 'password', anonymous: true }], searched: 2 }).map(
        ({ title, severity }) => [title, severity],
      ),
    ).toEqual([
      ['It shows the hash of a password', 'high'],
      ['It shows a password in plain text', 'critical'],
    ])
    expect(lines(judge({ searched: 3 }))).toEqual(['proven answers: passwords'])
  })

  test('a change without a session is a defect, a read of unclear intent a suspicion', () => {
    const opening = {
      ...{ operation: 'DELETE /notes/:id', because: 'POST /notes refuses whoever has none', before: yes },
      ...{ attempt: exchange({ status: 204 }), after: no, place: { file: 'notes.js', line: 3 }, sure: true },
    }
    expect(found({ openings: [opening], guarded: 3 })).toMatchInlineSnapshot(`
      [
        {
          "detail": "POST /notes refuses whoever has none; DELETE /notes/:id answered 204 without one, and the account sees the change",
          "severity": "high",
          "status": "refuted",
          "subject": "DELETE /notes/:id: open to anybody",
          "tier": "defect",
          "title": "It lets whoever has no session change things",
        },
      ]
    `)
    expect(lines(judge({ openings: [{ ...opening, after: null, sure: false }], guarded: 3 }))).toEqual([
      'refuted suspicion DELETE /notes/:id: open to anybody',
    ])
    expect(lines(judge({ guarded: 3 }))).toEqual(['proven operations: open to anybody'])
  })
})

test('where nobody can log in, it says so', () => {
  expect(judge({ gate: null, reason: 'no account could be made or logged in' }).map(worded)).toEqual([
    {
      status: 'inconclusive',
      subject: 'sessions',
      title: 'Sessions could not be looked at',
      detail: 'no account could be made or logged in',
    },
  ])
})

test('an execution repeats only what is in focus', () => {
  expect([...wantedParts(['forged token (alg none)', 'POST /login: throttle'])]).toEqual([
    'token',
    'throttle',
  ])
  expect(wantedParts(undefined).size).toBe(9)
})
