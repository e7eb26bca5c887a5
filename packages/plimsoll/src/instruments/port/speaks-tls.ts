import { connect } from 'node:tls'

/** Whether what listens on a loopback port completes a TLS handshake; its certificate is not looked at. */
export const speaksTls = (host: string, port: number, timeoutMs = 2_000): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: timeoutMs })
    const end = (speaks: boolean) => {
      socket.destroy()
      resolve(speaks)
    }
    socket.once('secureConnect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.on('error', () => end(false))
  })
