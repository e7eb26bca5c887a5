/**
 * Answers GET over HTTP/1.1, in a process of its own; prints its port. `/fast`: at once. `/begin/<shape>/<ms>`: from
 * the next request on the shape is realised. `/shaped`: as the shape has it. `/log`: what became of the answers.
 */
import { createServer, type Socket } from 'node:net'
import { nowMs, openHeldAnswers } from './hold-answers.ts'
import { type Shape, shapesOf } from './shapes.ts'
import type { Answer } from './truth.ts'

const END = '\r\n\r\n'
const answerOf = (body: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`
const CANNED = Buffer.from(answerOf('ok'))

type Realising = { shape: Shape; beganMs: number | null; seen: number; answers: Answer[] }
/** `lastDueMs`: answers of one connection stay in order */
type Connection = { socket: Socket; lastDueMs: number }

const held = openHeldAnswers()
let realising: Realising | null = null

const begin = (name: string, totalMs: number) => {
  const shape = shapesOf(totalMs).find((each) => each.name === name)
  if (shape === undefined) throw new Error(`no shape is called ${name}`)
  realising = { shape, beganMs: null, seen: 0, answers: [] }
}

const answerShaped = (connection: Connection, to: Realising) => {
  const seenMs = nowMs()
  to.beganMs ??= seenMs
  const { shape, beganMs, answers } = to
  const dueMs = Math.max(connection.lastDueMs, beganMs + shape.releaseMs(seenMs - beganMs, to.seen))
  to.seen += 1
  connection.lastDueMs = dueMs
  held.hold(dueMs, () => {
    connection.socket.write(CANNED)
    answers.push({ dueMs: dueMs - beganMs, sentMs: nowMs() - beganMs })
  })
}

const answer = (connection: Connection, path: string) => {
  const [, place = '', name = '', totalMs = ''] = path.split('/')
  if (place === 'shaped' && realising) return answerShaped(connection, realising)
  if (place === 'begin') begin(decodeURIComponent(name), Number(totalMs))
  connection.socket.write(place === 'log' ? answerOf(JSON.stringify(realising?.answers ?? [])) : CANNED)
}

const FAST = 'GET /fast '

const serve = (socket: Socket) => {
  const connection: Connection = { socket, lastDueMs: 0 }
  let rest = ''
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    const heads = (rest + chunk.toString('latin1')).split(END)
    rest = heads.pop() ?? ''
    for (const head of heads) {
      if (head.startsWith(FAST)) socket.write(CANNED)
      else answer(connection, head.split(' ')[1] ?? '')
    }
  })
}

const server = createServer(serve).listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address()
  console.log(`port ${typeof address === 'object' && address ? address.port : 0}`)
})
