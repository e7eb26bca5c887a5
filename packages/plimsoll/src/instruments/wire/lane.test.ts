import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLane } from './lane.ts'

let app: Socket
const server = createServer((socket) => socket.on('error', () => {}).resume())

beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  app = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  await once(app, 'connect')
})
afterEach(() => {
  app.destroy()
  server.close()
})

const lane = () =>
  createLane(
    app,
    () => performance.now(),
    () => {},
  )

test('the app is given the very chunk, and its memory is free at once', () => {
  const write = vi.spyOn(app, 'write')
  const chunk = Buffer.from('row')
  expect(lane().push(chunk, [])).toBe(false)
  expect(write.mock.calls[0]?.[0]).toBe(chunk)
})

test('a delayed chunk is kept, and what leaves later is the same memory', async () => {
  const write = vi.spyOn(app, 'write')
  const chunk = Buffer.from('row')
  const delayed = lane()
  expect(delayed.push(chunk, [{ leaveMs: (atMs) => atMs + 1 }])).toBe(true)
  await vi.waitFor(() => expect(write).toHaveBeenCalled(), { timeout: 20_000 })
  const given = write.mock.calls[0]?.[0]
  expect(given instanceof Uint8Array && given.buffer === chunk.buffer).toBe(true)
  expect(String(given)).toBe('row')
})

test('a chunk that the app does not take yet is kept', () => {
  const pushed = lane()
  app.cork()
  expect(pushed.push(Buffer.from('row'), [])).toBe(true)
})
