import type { Exchange } from '../evidence.ts'

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/**
 * The request as one shell line. The host is a variable, because a lab's port is gone with it:
 * `curl -i -X POST "$BASE/bookings" …`
 */
export const curlLine = (exchange: Exchange): string => {
  const path = exchange.path.replace(/["\\$`]/g, '\\$&')
  const headers = Object.entries(exchange.requestHeaders)
    .filter(([name]) => !AUTOMATIC.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
  const body = exchange.requestBody === undefined ? [] : [`--data-raw ${quote(exchange.requestBody)}`]
  const method = exchange.method === 'GET' ? [] : ['-X', exchange.method]
  return ['curl', '-i', ...method, `"$BASE${path}"`, ...headers, ...body].join(' ')
}

const AUTOMATIC = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])
