import { chmod } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A socket in the file system that a sandbox without a network can still reach. */
export type Door = { close(): void }

export const listenAt = async (path: string, server: Server): Promise<Door> => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  await chmod(path, 0o666)
  server.unref()
  return {
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Leads to one address of this machine, and nowhere else. */
export const openDoor = (path: string, to: { host: string; port: number }): Promise<Door> =>
  listenAt(
    path,
    createServer((client) => {
      const upstream = connect(to)
      upstream.on('error', () => client.destroy())
      upstream.on('close', () => client.destroy())
      client.on('close', () => upstream.destroy())
      client.pipe(upstream).pipe(client)
    }),
  )
