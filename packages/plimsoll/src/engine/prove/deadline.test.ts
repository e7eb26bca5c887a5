import { once } from 'node:events'
import { expect, test } from 'vitest'
import { openDeadline } from './deadline.ts'

const never = () => new AbortController().signal

test('the end of the budget aborts, and says so', async () => {
  const deadline = openDeadline(0.01, never())
  await once(deadline.signal, 'abort')
  expect(deadline.ended()).toBe('budget')
  expect(deadline.signal.reason).toEqual(new Error('the budget ran out'))
})

test('the user aborts', () => {
  const user = new AbortController()
  const deadline = openDeadline(60, user.signal)
  expect(deadline.ended()).toBeNull()
  user.abort('SIGINT')
  expect([deadline.ended(), deadline.signal.aborted]).toEqual(['interrupted', true])
  deadline.close()
})

test('a user who was faster than us counts', () => {
  const deadline = openDeadline(60, AbortSignal.abort('SIGTERM'))
  expect([deadline.ended(), deadline.signal.aborted]).toEqual(['interrupted', true])
  deadline.close()
})

test('the first reason stays, and after closing none comes', async () => {
  const user = new AbortController()
  const early = openDeadline(0.001, user.signal)
  await once(early.signal, 'abort')
  user.abort('SIGINT')
  expect(early.ended()).toBe('budget')
  const closed = openDeadline(60, user.signal)
  closed.close()
  const quiet = new AbortController()
  const open = openDeadline(60, quiet.signal)
  open.close()
  quiet.abort('SIGINT')
  expect(open.ended()).toBeNull()
})

test('what is held is not paid from the budget', async () => {
  const deadline = openDeadline(0.01, never())
  deadline.hold()
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(deadline.ended()).toBeNull()
  deadline.resume()
  await once(deadline.signal, 'abort')
  expect(deadline.ended()).toBe('budget')
})
