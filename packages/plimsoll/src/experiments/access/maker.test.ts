import { expect, test } from 'vitest'
import { exchange } from '../../../../../test/support/exchange.ts'
import { knownRequest } from '../../../../../test/support/known-request.ts'
import { createRandom } from '../../base/random/random.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { createHarvest } from '../../lab/speak/harvest.ts'
import { isSpent, type Maker, sendForOthers } from './maker.ts'

const A = { name: 'A', role: 'user', headers: {} }
const booking = (): Maker => ({
  known: knownRequest('POST', '/bookings', { body: { eventId: 1, seatIds: [62] } }),
  ...{ manner: 2, others: null },
})

test('a seat that is taken is followed by the others of its event, each of them once', async () => {
  const harvest = createHarvest()
  harvest.keep('/events', '[{"id":1},{"id":2}]', '/events')
  harvest.keep('/events/:id/seats', '[{"id":62},{"id":63},{"id":64}]', '/events/1/seats')
  const taken = new Set([62])
  const sent: unknown[] = []
  const bench = {
    random: createRandom(1),
    goesOn: () => true,
    things: async () => harvest,
    async ask({ body }: RequestOptions) {
      sent.push(body)
      const seats = JSON.stringify(body).match(/\d+(?=\])/)
      const seat = Number(seats?.[0])
      if (!JSON.stringify(body).includes('"eventId":1,') || taken.has(seat)) return exchange({ status: 409 })
      taken.add(seat)
      return exchange({ status: 201 })
    },
  }
  const maker = booking()
  const made = [await sendForOthers(bench, maker, A), await sendForOthers(bench, maker, A)]
  expect(made.map((one) => one?.sent.body)).toEqual([
    { eventId: 1, seatIds: [63] },
    { eventId: 1, seatIds: [64] },
  ])
  expect(await sendForOthers(bench, maker, A)).toBeNull()
  expect(new Set(sent.map((body) => JSON.stringify(body))).size).toBe(sent.length)
})

test('a refusal of the account is no sign that something is used up', () => {
  expect(
    [409, 422, 400, 401, 403, 404, 429, 500, null].filter((status) => isSpent(booking(), status)),
  ).toEqual([409, 422, 400])
})
