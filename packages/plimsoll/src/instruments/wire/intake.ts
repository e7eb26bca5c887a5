import { type OnReadOpts, Socket } from 'node:net'

const SLAB_BYTES = 64 * 1024

/** How much one socket may have waiting before its sender should stop. */
const WATER_BYTES = 256 * 1024

/** What every socket of the wire is made with. */
export const SOCKET_OPTIONS = { allowHalfOpen: true, highWaterMark: WATER_BYTES } as const

/**
 * Memory for the reads of one socket. While nobody keeps a part of a chunk the same place is read into again, so that
 * a statement costs no allocation; what is kept stays where it is, and reads go on behind it.
 *
 * @param take is given each chunk; tells whether any of its bytes are still needed afterwards
 */
export const createIntake = (take: (chunk: Buffer) => boolean): OnReadOpts => {
  let free = Buffer.allocUnsafeSlow(SLAB_BYTES)
  return {
    buffer: () => free,
    callback: (bytes, memory) => {
      const chunk = Buffer.from(memory.buffer, memory.byteOffset, bytes)
      if (take(chunk)) free = free.subarray(bytes)
      if (free.length < SLAB_BYTES / 2) free = Buffer.allocUnsafeSlow(SLAB_BYTES)
      return true
    },
  }
}

/**
 * Takes over an accepted socket, which must be paused, so that it reads through the intake. Node offers this only for
 * sockets that it dials, so the handle is moved; where there is none to move, the socket stays as it is.
 */
export const adoptSocket = (accepted: Socket, onread: OnReadOpts): Socket => {
  const handle: unknown = Reflect.get(accepted, '_handle')
  if (typeof handle !== 'object' || handle === null) {
    return accepted.on('data', (chunk: Buffer) => onread.callback(chunk.length, chunk)).resume()
  }
  Reflect.set(accepted, '_handle', null)
  accepted.destroy()
  const options = { ...SOCKET_OPTIONS, handle, onread }
  return new Socket(options)
}
