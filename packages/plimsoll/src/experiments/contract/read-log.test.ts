import { expect, test } from 'vitest'
import type { Service } from '../../model/system.ts'
import { readFailure } from './read-log.ts'

const service: Pick<Service, 'entry' | 'routes'> = {
  entry: null,
  routes: [
    {
      ...({
        method: 'GET',
        path: '/a',
        framework: 'fastify',
        middlewares: [],
        guard: 'unknown',
        validator: 'unknown',
      } as const),
      ...{ place: { file: 'src/routes/a.js', line: 3 }, handler: { name: null, place: null } },
    },
  ],
}

test('a stack in plain text', () => {
  const lines = [
    "TypeError: Cannot read properties of null (reading 'trim')",
    '    at trim (file:///tmp/x/stage-1/src/words.js:12:8)',
    '    at handler (file:///tmp/x/stage-1/src/routes/a.js:5:3)',
    '    at run (/work/node_modules/fastify/lib/route.js:1:2)',
  ]
  expect(readFailure(lines, service)).toMatchObject({
    name: 'TypeError',
    message: "TypeError: Cannot read properties of null (reading 'trim')",
    places: [
      { file: 'src/words.js', line: 12 },
      { file: 'src/routes/a.js', line: 5 },
    ],
  })
})

test('a stack in a line of JSON', () => {
  const line = JSON.stringify({
    level: 50,
    err: { type: 'RangeError', stack: 'RangeError: too far\n    at f (/srv/app/src/routes/a.js:9:1)' },
  })
  expect(readFailure([line], service)).toMatchObject({
    name: 'RangeError',
    places: [{ file: 'src/routes/a.js', line: 9 }],
  })
})

test('a traceback', () => {
  const lines = [
    'Traceback (most recent call last):',
    '  File "/srv/app/src/routes/a.js", line 4, in f',
    "KeyError: 'id'",
  ]
  expect(readFailure(lines, service)).toMatchObject({
    name: 'KeyError',
    places: [{ file: 'src/routes/a.js', line: 4 }],
  })
})

test('places are named only where the root of the app can be told', () => {
  expect(readFailure(['Error: x', '    at f (/srv/other/main.js:1:1)'], service).places).toEqual([])
  expect(readFailure(['listening on 3000'], service)).toMatchObject({ name: null, message: null, places: [] })
})
