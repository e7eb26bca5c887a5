import { expect, test } from 'vitest'
import { exchange, lines, worded } from '../../../../../test/support/exchange.ts'
import securityInput from '../../standards/security.input/index.ts'
import standard from '../../standards/security.limits/index.ts'
import experiment from './index.ts'
import type { BodySeen, Cost, PatternSeen, Round, Seen, UploadSeen } from './seen.ts'

const judge = (parts: Partial<Seen>, all = [standard, securityInput]) =>
  experiment.judge(
    experiment.observes.parse({
      ...{ patternsRead: 3, patternsOpen: 0, patterns: [], bodies: [], uploads: [], uploadRoutes: 0 },
      ...parts,
    }),
    standard,
    all,
  )

const cost = (parts: Partial<Cost> = {}): Cost => ({
  ...{ tookMs: 5, cpuMs: 4, waitedMs: 2, memoryBeforeMb: 60, memoryPeakMb: 61, exited: false },
  ...parts,
})

const round = (long: Partial<Cost> = {}): Round => ({
  short: { ...cost({ cpuMs: 60 }), length: 23 },
  long: { ...cost({ cpuMs: 480, tookMs: 500, waitedMs: 450, ...long }), length: 26 },
  harmless: { ...cost(), length: 26 },
})

const pattern = (rounds: Round[]): PatternSeen => ({
  ...{
    pattern: '^(\\w+\\s?)*$',
    flags: 'i',
    complexity: 'exponential',
    tried: 4,
    endless: [],
    excerpt: 'const NAME = …',
  },
  place: { file: 'src/names.ts', line: 3 },
  reached: {
    ...{ operation: 'POST /users', input: 'name of the body', rounds },
    exchange: exchange({ method: 'POST', path: '/users', status: 400 }),
  },
})

test('a text that costs far more than its length is refuted, with its pattern', () => {
  const [one] = judge({ patterns: [pattern([round(), round()])] })
  expect(one && worded(one)).toMatchInlineSnapshot(`
    {
      "detail": "26 characters take 480 ms, 23 take 60 ms, 26 harmless ones 4 ms; another request waited 450 ms · /^(\\w+\\s?)*$/i",
      "severity": "high",
      "status": "refuted",
      "subject": "POST /users, name of the body: slow pattern",
      "tier": "defect",
      "title": "A short text keeps the service busy",
    }
  `)
  expect(one).toMatchObject({ cwe: 1333, places: [{ file: 'src/names.ts', line: 3 }] })
  expect(one?.evidence.map(({ kind }) => kind)).toEqual(['exchange', 'text', 'source'])
})

test.each([
  ['time that follows the length', [round({ cpuMs: 66 }), round({ cpuMs: 66 })], 'proven slow patterns'],
  ['a harmless text that takes as long', [{ ...round(), harmless: round().long }], 'proven slow patterns'],
  ['one round of two', [round(), round({ cpuMs: 9 })], 'proven slow patterns'],
  [
    'nobody who waits',
    [round({ waitedMs: 3 }), round({ waitedMs: 3 })],
    'refuted suspicion POST /users, name of the body: slow pattern',
  ],
])('%s', (_, rounds, first) => {
  expect(lines(judge({ patterns: [pattern(rounds)] }))[0]).toBe(first)
})

test('a slow pattern that no input reached is proven, and named as not covered', () => {
  const [one] = judge({ patterns: [{ ...pattern([]), reached: null }], patternsOpen: 1 })
  expect(one).toMatchObject({ status: 'proven' })
  expect(one?.notCovered).toMatchInlineSnapshot(`
    [
      "inputs that may reach the pattern at src/names.ts:3",
      "1 pattern that could not be analysed in time",
    ]
  `)
})

test('a text that got no answer at all passes nothing', () => {
  const [one] = judge({
    patterns: [{ ...pattern([]), reached: null, endless: ['PUT /me email of the body'] }],
  })
  expect(one && worded(one)).toMatchInlineSnapshot(`
    {
      "detail": "no answer within 20 s, so that nothing tells whether the pattern or the machine took them: PUT /me email of the body",
      "status": "inconclusive",
      "subject": "slow patterns",
      "title": "A text kept it busy for longer than could be measured",
    }
  `)
})

test('without a pattern there is nothing to judge', () => {
  expect(lines(judge({ patternsRead: 0 }))).toEqual(['not-applicable slow patterns'])
})

const MB = 1_048_576
const body = (parts: Partial<BodySeen> = {}): BodySeen => ({
  ...{ operation: 'POST /events', way: 'compressed', sentBytes: 98_000, unpackedBytes: 96 * MB },
  ...{ small: exchange({ status: 201 }), big: exchange({ status: 201 }) },
  ...{ cost: cost({ memoryPeakMb: 380 }), control: cost() },
  ...parts,
})
const large = (parts: Partial<BodySeen> = {}) =>
  body({ way: 'large', sentBytes: 50 * MB, unpackedBytes: 50 * MB, control: null, cost: cost(), ...parts })
const ofBodies = (parts: Partial<Seen>) =>
  judge(parts).filter(({ subject }) => subject.endsWith('request bodies'))

test('memory that follows what a body unpacks to is refuted', () => {
  expect(ofBodies({ bodies: [body(), body({ operation: 'POST /b' })] }).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "POST /events, POST /b: 96 kB that unpack to 96 MB, answered 201, memory grew by 320 MB, another request waited 2 ms",
        "severity": "high",
        "status": "refuted",
        "subject": "compressed request bodies",
        "tier": "defect",
        "title": "A small compressed body fills the memory",
      },
    ]
  `)
})

test.each([
  [
    'refused from the start',
    { big: null, cost: null, control: null, small: exchange({ status: 415 }) },
    'proven',
  ],
  [
    'stopped while it is unpacked',
    { big: exchange({ status: 413 }), cost: cost({ memoryPeakMb: 63 }) },
    'proven',
  ],
  ['memory that grows with anything', { control: cost({ memoryPeakMb: 370 }) }, 'proven'],
  ['memory that cannot be seen', { cost: cost({ memoryPeakMb: null }) }, 'inconclusive'],
  [
    'the end of the process',
    { big: exchange({ status: null }), cost: cost({ exited: true }) },
    'refuted defect',
  ],
])('compressed: %s', (_, parts, expected) => {
  expect(lines(ofBodies({ bodies: [body(parts)] }))).toEqual([`${expected} compressed request bodies`])
})

test.each([
  ['refused', { big: null, cost: null, small: exchange({ status: 413 }) }, 'proven'],
  ['taken without harm', {}, 'refuted advice'],
  ['others wait because of it', { cost: cost({ waitedMs: 1_900, cpuMs: 1_800 }) }, 'refuted defect'],
  ['others wait for something else', { cost: cost({ waitedMs: 1_900, cpuMs: 20 }) }, 'refuted advice'],
  ['memory grows to a multiple', { cost: cost({ memoryPeakMb: 700 }) }, 'refuted defect'],
])('large: %s', (_, parts, expected) => {
  expect(lines(ofBodies({ bodies: [large(parts)] }))).toEqual([`${expected} large request bodies`])
})

const served = (headers: Record<string, string>) => exchange({ path: '/uploads/x.html', headers })
const upload = (parts: Partial<UploadSeen> = {}): UploadSeen => ({
  ...{ operation: 'POST /avatars', file: 'page.html as text/html', whole: true },
  ...{ upload: exchange({ method: 'POST', status: 201 }), served: served({ 'content-type': 'text/html' }) },
  place: { file: 'server.js', line: 20 },
  ...parts,
})
const ofUploads = (uploads: UploadSeen[], uploadRoutes = 1) =>
  judge({ uploads, uploadRoutes }).filter(({ standard: id }) => id === securityInput.id)

test('an uploaded page that comes back as one is refuted', () => {
  expect(ofUploads([upload()]).map(worded)).toMatchInlineSnapshot(`
    [
      {
        "detail": "page.html as text/html: came back as text/html, inline and whole",
        "severity": "high",
        "status": "refuted",
        "subject": "POST /avatars: files that run as pages",
        "tier": "defect",
        "title": "An uploaded file runs as a page of the service",
      },
    ]
  `)
})

test.each([
  [
    'an attachment',
    { served: served({ 'content-type': 'text/html', 'content-disposition': 'attachment' }) },
    'proven',
  ],
  ['bytes', { served: served({ 'content-type': 'application/octet-stream' }) }, 'proven'],
  [
    'without rights',
    { served: served({ 'content-type': 'image/svg+xml', 'content-security-policy': 'sandbox' }) },
    'proven',
  ],
  ['cleaned', { whole: false }, 'proven'],
  ['refused', { upload: exchange({ status: 400 }), served: null }, 'proven'],
  ['nowhere to be found', { served: null }, 'inconclusive'],
])('an upload that is %s', (_, parts, expected) => {
  expect(ofUploads([upload(parts)])[0]?.status).toBe(expected)
})

test('routes that took no file stay open, and a standard that was left out is not judged', () => {
  expect(lines(ofUploads([]))).toEqual(['inconclusive uploads'])
  expect(judge({ uploads: [upload()], uploadRoutes: 1 }, [standard]).map(({ subject }) => subject)).toEqual([
    'slow patterns',
  ])
})
