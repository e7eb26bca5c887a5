// The least that pacing costs in Node: a timer that writes what is due and a read that counts, and nothing else.
// node bare-loop.js <port> <connections> <rate> <seconds>; prints how many answers came.
import { once } from 'node:events'
import { connect } from 'node:net'

const [port = 0, connections = 0, rate = 0, seconds = 0] = process.argv.slice(2).map(Number)
const request = Buffer.from('GET /fast HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
let sent = 0
let bytes = 0

const open = () =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.on('data', (chunk) => {
      bytes += chunk.length
    })
  })

const sockets = await Promise.all(Array.from({ length: connections }, open))
sockets[0].write(request)
await once(sockets[0], 'data')
const answerBytes = bytes
const startMs = performance.now()

const wake = () => {
  const atMs = performance.now() - startMs
  for (; sent < (rate * Math.min(atMs, seconds * 1000)) / 1000; sent += 1)
    sockets[sent % connections].write(request)
  if (atMs < seconds * 1000 + 100) setTimeout(wake, 1)
  else for (const socket of sockets) socket.destroy()
}

wake()
process.on('exit', () => console.log(`answered ${bytes / answerBytes - 1}`))
