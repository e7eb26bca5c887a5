import { expect, test } from 'vitest'
import { errorResponse, readError } from './error-response.ts'

const body = (...fields: string[]) => Buffer.from(`${fields.map((one) => `${one}\0`).join('')}\0`)

test('the code, and the constraint that refused or else the column', () => {
  expect(readError(body('SERROR', 'C23514', 'Mno', 'torders', 'norders_quantity_check'))).toEqual({
    sqlstate: '23514',
    constraint: 'orders_quantity_check',
  })
  expect(readError(body('SERROR', 'C23502', 'torders', 'citem'))).toEqual({
    sqlstate: '23502',
    constraint: 'item',
  })
  expect(readError(body('SERROR', 'C22021'))).toEqual({ sqlstate: '22021' })
  expect(readError(Buffer.from([0]))).toEqual({ sqlstate: 'XX000' })
})

test('what we write ourselves is read back', () => {
  expect(readError(errorResponse('ERROR', '40001', 'again').subarray(5))).toEqual({ sqlstate: '40001' })
})
