import { expect, test } from 'vitest'
import { exchange, lines, unanswered, worded } from '../../../../../test/support/exchange.ts'
import standard from '../../standards/security.transport-storage/index.ts'
import experiment, { FOREIGN_ORIGIN, type Seen } from './index.ts'

const JSON_SAFE = { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' }
const PAGE_SAFE = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'self'; frame-ancestors 'self'",
}
const answer = (headers: Record<string, string>, route = 'GET /books') => ({
  route,
  exchange: exchange({ headers }),
})
const judge = (answers: Seen['answers'], foreign: Seen['foreign'] = answers) =>
  experiment.judge(experiment.observes.parse({ answers, foreign }), standard)
const refutedOf = (answers: Seen['answers'], foreign: Seen['foreign'] = answers) =>
  judge(answers, foreign)
    .filter(({ status }) => status === 'refuted')
    .map(worded)

test('answers and pages with every header are proven', () => {
  const judged = judge([answer(JSON_SAFE), answer(PAGE_SAFE, 'GET /')])
  expect(lines(judged)).toEqual([
    'proven cross-origin reads',
    'proven HTML pages',
    'proven X-Content-Type-Options',
  ])
  expect(judged[0]?.notCovered.join()).toContain('Strict-Transport-Security')
})

test('a reflected origin with credentials is a defect; without, or for everybody, it is not', () => {
  const cors = (origin: string, credentials: string) =>
    answer({
      ...JSON_SAFE,
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': credentials,
    })
  const open = cors(FOREIGN_ORIGIN, 'true')
  const many = ['GET /a', 'GET /b', 'GET /c', 'GET /d'].map((route) => ({ ...open, route }))
  expect(refutedOf([answer(JSON_SAFE)], many)).toMatchInlineSnapshot(`
    [
      {
        "detail": "GET /a, GET /b, GET /c and 1 more: Origin https://plimsoll-foreign.example is reflected, with credentials allowed",
        "severity": "high",
        "status": "refuted",
        "subject": "cross-origin reads",
        "tier": "defect",
        "title": "Any website can read answers with the user's cookies",
      },
    ]
  `)
  expect(refutedOf([answer(JSON_SAFE)], [cors(FOREIGN_ORIGIN, 'false'), cors('*', 'true')])).toEqual([])
})

test('a bare page is a defect', () => {
  const { 'content-security-policy': _policy, ...bare } = PAGE_SAFE
  expect(refutedOf([answer(bare, 'GET /')])).toMatchInlineSnapshot(`
    [
      {
        "detail": "GET / without Content-Security-Policy and frame-ancestors or X-Frame-Options",
        "severity": "low",
        "status": "refuted",
        "subject": "HTML pages",
        "tier": "defect",
        "title": "Pages can be framed by any site, or load from anywhere",
      },
    ]
  `)
  const framed = { ...PAGE_SAFE, 'content-security-policy': "default-src 'self'" }
  expect(refutedOf([answer(framed, 'GET /')])[0]?.detail).toMatchInlineSnapshot(
    `"GET / without frame-ancestors or X-Frame-Options"`,
  )
  const old = { ...framed, 'x-frame-options': 'DENY' }
  expect(refutedOf([answer(old, 'GET /')])).toEqual([])
})

test('missing nosniff is advice on JSON and a defect on pages', () => {
  const { 'x-content-type-options': _json, ...json } = JSON_SAFE
  const { 'x-content-type-options': _page, ...page } = PAGE_SAFE
  expect(refutedOf([answer(json), answer(JSON_SAFE)])).toMatchInlineSnapshot(`
    [
      {
        "detail": "1 of 2 answers without X-Content-Type-Options: nosniff",
        "severity": "low",
        "status": "refuted",
        "subject": "X-Content-Type-Options",
        "tier": "advice",
        "title": "Browsers may guess content types",
      },
    ]
  `)
  expect(refutedOf([answer(page, 'GET /')])[0]?.tier).toBe('defect')
})

test('a server that names itself gets advice', () => {
  expect(refutedOf([answer({ ...JSON_SAFE, 'x-powered-by': 'Express' })])).toMatchInlineSnapshot(`
    [
      {
        "detail": "X-Powered-By: Express",
        "severity": "low",
        "status": "refuted",
        "subject": "X-Powered-By",
        "tier": "advice",
        "title": "Answers say what the server runs on",
      },
    ]
  `)
})

test('without answers nothing is known', () => {
  const none = { route: 'GET /books', exchange: unanswered('ECONNRESET') }
  expect(lines(judge([none]))).toEqual(['inconclusive headers'])
  expect(lines(judge([none, answer(JSON_SAFE)]))).toEqual([
    'proven cross-origin reads',
    'proven X-Content-Type-Options',
  ])
  expect(judge([]).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "no known read was answered",
        "status": "inconclusive",
        "subject": "headers",
        "title": "Headers could not be seen",
      },
    ]
  `)
})
