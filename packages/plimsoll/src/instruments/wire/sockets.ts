import type { Socket } from 'node:net'

/** A TCP reset; a unix socket knows no such thing and is closed. */
export const resetSocket = (socket: Socket): void => {
  if (socket.destroyed) return
  if (socket.remoteAddress === undefined) socket.destroy()
  else socket.resetAndDestroy()
}

/** Closes after what was written has gone out. */
export const closeSocket = (socket: Socket): void => {
  if (!socket.destroyed) socket.destroySoon()
}
