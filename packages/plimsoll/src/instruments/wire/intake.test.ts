import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { adoptSocket, createIntake } from './intake.ts'

/** Stands for a socket: what arrives is put where the intake says, as the system would. */
const reading = (take: (chunk: Buffer) => boolean) => {
  const { buffer, callback } = createIntake(take)
  return (text: string): number => {
    const memory = typeof buffer === 'function' ? buffer() : buffer
    const bytes = Buffer.from(memory.buffer, memory.byteOffset, memory.length).write(text)
    callback(bytes, memory)
    return memory.byteOffset
  }
}

test('the same memory is read into again while nobody keeps a part of it, and it is not copied', () => {
  const seen: Buffer[] = []
  const read = reading((chunk) => {
    seen.push(chunk)
    return false
  })
  const places = ['one', 'three', 'two'].map(read)
  expect(new Set(places).size).toBe(1)
  expect(new Set(seen.map((chunk) => chunk.buffer)).size).toBe(1)
  expect(seen.map((chunk) => chunk.length)).toEqual([3, 5, 3])
})

test('what is kept stays as it was, through many reads', () => {
  const kept: { chunk: Buffer; text: string }[] = []
  let text = ''
  const read = reading((chunk) => {
    const keeps = chunk.length % 2 === 0
    if (keeps) kept.push({ chunk, text })
    return keeps
  })
  for (let n = 0; n < 2_000; n += 1) {
    text = `${n} `.repeat(1 + (n % 97))
    read(text)
  }
  expect(kept.length).toBeGreaterThan(500)
  expect(kept.every((one) => one.chunk.toString() === one.text)).toBe(true)
})

test('a socket whose handle cannot be moved stays as it is, and is read all the same', () => {
  const seen: string[] = []
  const accepted = new Socket()
  const intake = createIntake((chunk) => {
    seen.push(chunk.toString())
    return true
  })
  expect(adoptSocket(accepted, intake)).toBe(accepted)
  accepted.emit('data', Buffer.from('hello'))
  expect(seen).toEqual(['hello'])
})
