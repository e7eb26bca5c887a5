import { expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { sampleRun } from '../../../../../test/support/sample-run/index.ts'
import { verdict } from '../../../../../test/support/sample-run/verdict.ts'
import { redactRun } from './redact-run.ts'

const ROOT = '/srv/ada/work/shop'
const said = { id: 'abcd', standard: 's.s', probe: 'p', subject: 's', title: 't' }

const redacted = (parts: Parameters<typeof exchange>[0], detail = 'd') => {
  const shown = exchange(parts)
  const evidence = [{ kind: 'exchange' as const, title: 'One', exchange: shown }]
  const run = redactRun(sampleRun({ verdicts: [verdict({ ...said, detail, status: 'proven', evidence })] }), {
    root: ROOT,
    secrets: ['s3cr3t-of-the-team'],
  })
  const [first] = run.verdicts[0]?.evidence ?? []
  return { detail: run.verdicts[0]?.detail, exchange: first?.kind === 'exchange' ? first.exchange : null }
}

test.each([
  ['authorization', 'Bearer abc.def.ghi', 'Bearer (redacted)'],
  ['Authorization', 'Basic YTpi', 'Basic (redacted)'],
  ['x-api-key', 'k', '(redacted)'],
  ['cookie', 'sid=abc; theme=dark', 'sid=(redacted); theme=(redacted)'],
])('request header %s', (name, value, clean) => {
  expect(redacted({ requestHeaders: { [name]: value } }).exchange?.requestHeaders[name]).toBe(clean)
})

test('of a cookie that is set, the name and the flags stay', () => {
  const set = 'sid=s%3Aabc.def; Path=/; HttpOnly\ntheme=dark; Secure'
  expect(redacted({ headers: { 'set-cookie': set } }).exchange?.headers['set-cookie']).toBe(
    'sid=(redacted); Path=/; HttpOnly\ntheme=(redacted); Secure',
  )
})

test('secrets in bodies go, the rest stays', () => {
  const parts = {
    requestBody: '{"email":"a@b.c","password":"hunter22"}',
    body: '{"token":"eyJhbGciOiJI.eyJzdWIiOiIx.c2ln","id":7}',
  }
  expect(redacted(parts).exchange).toMatchObject({
    requestBody: '{"email":"a@b.c","password":"(redacted)"}',
    body: '{"token":"(redacted)","id":7}',
  })
})

test.each([
  [`Error\n    at run (${ROOT}/src/db.ts:3:7)`, 'Error\n    at run (./src/db.ts:3:7)'],
  ['at run (/tmp/plimsoll-aB3x9Z/stage-1/src/db.ts:3:7)', 'at run (src/db.ts:3:7)'],
  ['at run (file:///tmp/plimsoll-aB3x9Z/stage-12/src/db.ts:3:7)', 'at run (src/db.ts:3:7)'],
  ['at q (/srv/ada/work/shop/node_modules/pg/lib/client.js:1:2)', 'at q (node_modules/pg/lib/client.js:1:2)'],
])('no path of this machine: %j', (detail, clean) => {
  expect(redacted({}, detail).detail).toBe(clean)
})

test('a value known to be secret goes, wherever the app printed it', () => {
  const parts = { body: 'connected with s3cr3t-of-the-team', headers: { 'x-debug': 's3cr3t-of-the-team' } }
  const { exchange: shown, detail } = redacted(parts, 'said s3cr3t-of-the-team')
  expect(JSON.stringify([shown, detail])).not.toContain('s3cr3t')
  expect(shown?.body).toBe('connected with (redacted)')
})

test('a Run without secrets is left as it is', () => {
  const run = sampleRun({ verdicts: [] })
  expect(redactRun(run, { root: ROOT, secrets: [] })).toEqual(run)
})
