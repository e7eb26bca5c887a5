import { expect, test } from 'vitest'
import { drawMatrix } from './draw-matrix.ts'

test('a matrix shows what came of each cell, and leaves empty what was not tried', () => {
  const lines = drawMatrix(
    {
      principals: ['anonymous', 'A', 'B'],
      rows: [
        {
          operation: 'GET /notes/:id',
          object: "A's",
          cells: [
            { status: 401, outcome: 'refused' },
            { status: 200, outcome: 'allowed' },
            { status: 200, outcome: 'leak' },
          ],
        },
        {
          operation: 'GET /stats',
          object: 'none',
          cells: [null, { status: null, outcome: 'unclear' }, null],
        },
      ],
    },
    80,
  )
  expect(lines).toMatchInlineSnapshot(`
    [
      "                      anonymous  A       B",
      "GET /notes/:id · A's  – 401      ✓ 200   ✖ 200",
      "GET /stats                       ? none",
      "✓ allowed  – refused  ✖ proved to be wrong  ○ open to everybody  ? undecided",
    ]
  `)
})
