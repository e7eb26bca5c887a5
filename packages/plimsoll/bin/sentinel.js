/**
 * A worker thread that answers every HTTP/1.1 request without a body with the same few bytes, on connections that stay
 * open. Posts the port of 127.0.0.1 on which it does so.
 */
import { createServer } from 'node:net'
import { parentPort } from 'node:worker_threads'

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok'
const HEAD_END = '\r\n\r\n'

/** The end of a head may come in two pieces. */
const countRequests = () => {
  let rest = ''
  return (text) => {
    const parts = (rest + text).split(HEAD_END)
    rest = parts[parts.length - 1].slice(-(HEAD_END.length - 1))
    return parts.length - 1
  }
}

const server = createServer((socket) => {
  const count = countRequests()
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('error', () => {})
  socket.on('data', (text) => {
    const requests = count(text)
    if (requests > 0) socket.write(ANSWER.repeat(requests))
  })
})

server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
