import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { resetSocket } from './sockets.ts'

const accepted = async (): Promise<{ socket: Socket; close(): void }> => {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const client = connect(port, '127.0.0.1').on('error', () => {})
  const [socket]: Socket[] = await once(server, 'connection')
  if (socket === undefined) throw new Error('nobody came')
  const close = () => {
    client.destroy()
    server.close()
  }
  return { socket, close }
}

test.each([
  ['as it is', () => {}],
  ['while its end is being sent', (socket: Socket) => socket.end()],
  ['with much unsent before its end', (socket: Socket) => socket.end(Buffer.alloc(8_000_000))],
])('a reset socket closes: %s', async (_name, before) => {
  const { socket, close } = await accepted()
  before(socket)
  const closed = once(socket, 'close')
  resetSocket(socket)
  await closed
  expect(socket.errored).toBeNull()
  close()
})
