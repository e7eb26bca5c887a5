import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { burst } from './burst.ts'

let server: Server | null = null

const serve = (listener: Parameters<typeof createServer>[1]): Promise<string> =>
  new Promise((resolve) => {
    const made = createServer(listener ?? (() => {}))
    server = made
    made.listen(0, '127.0.0.1', () => {
      const address = made.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
    })
  })

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const post = (value: number) => ({ method: 'POST', path: '/things', body: { value } })

test.each([true, false])('answers come in the order of the requests (last byte: %s)', async (lastByte) => {
  const origin = await serve((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => response.writeHead(201).end(text))
  })
  const answers = await burst([post(1), post(2), post(3)], { origin, lastByte })
  expect(answers).toEqual([1, 2, 3].map((value) => ({ status: 201, body: `{"value":${value}}` })))
})

test('with the last byte kept back, all requests have begun before any is complete', async () => {
  const order: string[] = []
  const origin = await serve((request, response) => {
    order.push('begun')
    request.resume().on('end', () => {
      order.push('complete')
      response.end()
    })
  })
  await burst([post(1), post(2), post(3), post(4)], { origin, lastByte: true })
  expect(order).toEqual([...Array(4).fill('begun'), ...Array(4).fill('complete')])
})

test('a request without a body is sent whole', async () => {
  const origin = await serve((request, response) => response.end(request.method))
  const answers = await burst([{ method: 'DELETE', path: '/things/1' }], { origin, lastByte: true })
  expect(answers).toEqual([{ status: 200, body: 'DELETE' }])
})

test('a server that hangs up is an answer', async () => {
  const origin = await serve((request) => request.socket.destroy())
  const [answer] = await burst([post(1)], { origin, lastByte: true })
  expect(answer).toMatchObject({ status: null, error: 'ECONNRESET' })
})
