import type { Socket } from 'node:net'

/** Its end is being sent: the system refuses to reset it then, and Node would never close it. */
const isEnding = ({ writableEnded, writableFinished }: Socket) => writableEnded && !writableFinished

/** A TCP reset; a unix socket knows no such thing and is closed, and so is one that is about to end. */
export const resetSocket = (socket: Socket): void => {
  if (socket.destroyed) return
  if (socket.remoteAddress === undefined || isEnding(socket)) socket.destroy()
  else socket.resetAndDestroy()
}

/** Closes after what was written has gone out. */
export const closeSocket = (socket: Socket): void => {
  if (!socket.destroyed) socket.destroySoon()
}
