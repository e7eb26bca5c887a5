import { expect, test } from 'vitest'
import { everyVerdict, sampleRun, sampleRuns } from '../../../../../test/support/sample-run/index.ts'
import { conclude } from './conclusion.ts'
import { curlLine } from './curl.ts'
import { detailOf } from './detail.ts'
import { figureLine } from './figure.ts'
import { readVerdicts } from './findings.ts'
import { describeReach } from './reach.ts'

test('defects come by category in priority order, then by severity', () => {
  const reading = readVerdicts(sampleRun({ verdicts: everyVerdict.toReversed() }))
  expect(reading.defects.map((it) => `${it.category} ${it.verdicts.map((one) => one.severity)}`)).toEqual([
    'reliability critical,high',
    'integrity critical',
    'security high,medium,low',
    'performance medium,medium',
    'api medium',
    'operability high',
  ])
})

test('every verdict is in exactly one place', () => {
  const { defects, ...others } = readVerdicts(sampleRun())
  const ids = [...defects.flatMap((it) => it.verdicts), ...Object.values(others).flat()].map((it) => it.id)
  expect(ids.toSorted()).toEqual(everyVerdict.map((it) => it.id).toSorted())
})

test('each way to end has its sentence', () => {
  const said = Object.values(sampleRuns).map((sample) => conclude(sample()))
  expect(said.map(({ mood, sentence }) => `${mood}: ${sentence}`)).toEqual([
    'bad: 10 defects proved',
    'good: Every promise that was tried held',
    'open: Interrupted, with 2 defects proved until then',
    'open: No defect found before the budget of 90 s ran out',
    'open: The app never got ready, so no experiment could run',
  ])
  const gentle = sampleRun({
    verdicts: everyVerdict.filter((it) => it.severity === 'low'),
    failOn: 'high',
    exitCode: 0,
  })
  expect(conclude(gentle)).toMatchObject({
    mood: 'good',
    sentence: '1 defect proved, none of them high or worse',
  })
  const open = sampleRun({ verdicts: everyVerdict.filter((it) => it.status !== 'refuted'), exitCode: 70 })
  expect(conclude(open)).toEqual({
    mood: 'open',
    sentence: 'Nothing refuted; 3 promises could not be decided',
    counts: ['0 refuted', '7 proven', '2 inconclusive', '1 errored'],
  })
})

test('a figure never stands without n, interval and method', () => {
  const figure = { n: 2_995, method: 'Clopper–Pearson 95 %', interval: [0, 0.00123] as [number, number] }
  expect(figureLine({ ...figure, name: 'P(error)', value: 0, unit: 'proportion' })).toBe(
    'P(error) 0 % (0 % – 0.123 %) · n = 2,995 · Clopper–Pearson 95 %',
  )
  expect(figureLine({ name: 'rate', value: 1_340, unit: 'requests/s', n: 4, method: 'median' })).toBe(
    'rate 1,340/s · n = 4 · median',
  )
  expect(figureLine({ name: 'exponent', value: 1.27, unit: '1', n: 30, method: 'least squares' })).toBe(
    'exponent 1.27 · n = 30 · least squares',
  )
})

test('facts name their route where nothing else does', () => {
  const said = { title: 'A read costs a fixed number of statements', detail: '1 statement for 5 rows' }
  expect(detailOf({ ...said, subject: 'GET /books' })).toBe('GET /books · 1 statement for 5 rows')
  expect(detailOf({ ...said, subject: 'postgres: recovery' })).toBe('1 statement for 5 rows')
  expect(detailOf({ ...said, subject: 'GET /books', title: 'GET /books is quick' })).toBe(said.detail)
})

test('a curl line survives a shell', () => {
  const exchange = {
    method: 'POST',
    path: '/a?b=$HOME&c="`x`"',
    requestHeaders: { Host: '127.0.0.1', 'x-note': "it's" },
    requestBody: `{"a":"it's"}`,
    status: 200,
    headers: {},
    body: '',
    atMs: 0,
    durationMs: 1,
  }
  expect(curlLine(exchange)).toBe(
    `curl -i -X POST "$BASE/a?b=\\$HOME&c=\\"\\\`x\\\`\\"" -H 'x-note: it'\\''s' --data-raw '{"a":"it'\\''s"}'`,
  )
})

test('says how much of the backend the verdicts speak for', () => {
  const lab = (statuses: (number | null)[]) => ({
    lab: {
      ...sampleRun().lab,
      reach: statuses.map((status, index) => ({
        route: `GET /${index}`,
        status,
        statements: 0,
        how: 'inferred',
      })),
    },
  })
  expect(describeReach(lab([]))).toBeNull()
  expect(describeReach(lab([200, 201, 204, 200, 404]))).toBe('4 of 5 routes answered with success')
  expect(describeReach(lab([200, 401, 401, 403]))).toContain('3 asked for a login: give "headers"')
  expect(describeReach(lab([200, null, 400, 404]))).toContain('"requests" in plimsoll.config.json')
})
