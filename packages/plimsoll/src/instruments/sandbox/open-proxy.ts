import { lookup } from 'node:dns/promises'
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { isLoopback } from '../http/loopback.ts'
import { type Door, listenAt } from './open-door.ts'

type Target = { host: string; port: number }

/** A host that commands may reach: `registry.example.com` (ports 80 and 443), `localhost:4873`, `*.example.com`. */
const parse = (entry: string) => {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? []
  return { host, port: port === undefined ? null : Number(port) }
}

const isListed = (hosts: readonly string[], { host, port }: Target): boolean =>
  hosts.map(parse).some((entry) => {
    const isHost = entry.host.startsWith('*.') ? host.endsWith(entry.host.slice(1)) : host === entry.host
    return isHost && (entry.port === null ? port === 80 || port === 443 : port === entry.port)
  })

/** A listed name must not lead back to this machine, where the project's own stores may listen. */
const leadsHome = async (host: string): Promise<boolean> => {
  if (isLoopback(host)) return false
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.some(({ address }) => isLoopback(address) || address === '0.0.0.0' || address === '::')
}

const upstreamProxy = (): URL | null => {
  const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
  const value = names.map((name) => process.env[name]).find((each) => each !== undefined && each !== '')
  return value !== undefined && URL.canParse(value) ? new URL(value) : null
}

const tunnelThrough = (proxy: URL, { host, port }: Target): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const authorization =
      proxy.username === ''
        ? {}
        : {
            'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
          }
    const asked = sendRequest({
      host: proxy.hostname,
      port: Number(proxy.port || 80),
      method: 'CONNECT',
      path: `${host}:${port}`,
      headers: { host: `${host}:${port}`, ...authorization },
    })
    asked.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) resolve(socket)
      else reject(new Error(`the proxy answered ${answer.statusCode}`))
    })
    asked.once('error', reject)
    asked.end()
  })

const reach = (target: Target): Promise<Socket> => {
  const proxy = upstreamProxy()
  if (proxy !== null && !isLoopback(target.host)) return tunnelThrough(proxy, target)
  return new Promise((resolve, reject) => {
    const socket = connect(target)
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

const targetOf = (authority: string, standard: number): Target => {
  const url = URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`) : null
  return { host: url?.hostname ?? '', port: Number(url?.port || standard) }
}

const refusal = ({ host, port }: Target) =>
  `${host}:${port} is not a host that commands may reach here.
`

/**
 * The only way out of the sandbox: HTTP and CONNECT to the listed hosts.
 * @param onRefused told of each address that was not listed
 */
export const openProxy = (
  path: string,
  hosts: readonly string[],
  onRefused: (address: string) => void,
): Promise<Door> => {
  const isOpen = async (target: Target) => {
    if (isListed(hosts, target) && !(await leadsHome(target.host))) return true
    onRefused(`${target.host}:${target.port}`)
    return false
  }
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null
    const target = targetOf(url?.host ?? '', 80)
    if (url === null || !(await isOpen(target))) {
      response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end(refusal(target))
      return
    }
    const socket = await reach(target)
    const sent = sendRequest({
      createConnection: () => socket,
      method: request.method ?? 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { ...request.headers, host: url.host, connection: 'close' },
    })
    sent.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      pipeline(answer, response, () => sent.destroy())
    })
    response.once('close', () => sent.destroy())
    sent.once('error', () => response.destroy())
    request.pipe(sent)
  }
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy())
  })
  const tunnel = async (request: IncomingMessage, client: Socket, head: Buffer) => {
    const target = targetOf(request.url ?? '', 443)
    if (!(await isOpen(target))) {
      const text = refusal(target)
      client.end(
        `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
      )
      return
    }
    const upstream = await reach(target)
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) upstream.write(head)
    upstream.on('error', () => client.destroy())
    upstream.on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
    client.pipe(upstream).pipe(client)
  }
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    client.on('error', () => {})
    tunnel(request, client, head).catch(() =>
      client.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n'),
    )
  })
  return listenAt(path, server)
}
