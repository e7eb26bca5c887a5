import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

test('never more at once than there are slots', async () => {
  const slots = createSlots(2)
  let now = 0
  let most = 0
  const work = async () => {
    now += 1
    most = Math.max(most, now)
    await wait(1)
    now -= 1
  }
  await Promise.all(Array.from({ length: 12 }, (_, rank) => slots.use(rank, work)))
  expect([now, most]).toEqual([0, 2])
})

test('of those that wait the most important goes next, the earlier one among equals', async () => {
  const slots = createSlots(1)
  const order: string[] = []
  let free = () => {}
  const first = slots.use(
    9,
    () =>
      new Promise<void>((resolve) => {
        free = resolve
      }),
  )
  const rest = (
    [
      ['late', 5],
      ['early', 1],
      ['also late', 5],
    ] as const
  ).map(([name, rank]) =>
    slots.use(rank, async () => {
      order.push(name)
    }),
  )
  await wait(1)
  free()
  await Promise.all([first, ...rest])
  expect(order).toEqual(['early', 'late', 'also late'])
})

test('work that throws gives its slot back', async () => {
  const slots = createSlots(1)
  await expect(slots.use(0, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
  expect(await slots.use(0, async () => 'next')).toBe('next')
})
