import { isIPv6 } from 'node:net'
import { isLoopback } from '../http/loopback.ts'

/** One entry of `outbound`: a host, `*.` and the rest of one, either with a port; or the path of a socket. */
export type Address = { host: string; port: number | null }

/** Reads `api.example.com`, `*.example.com`, `db:5432`, `[::1]:5432`, `/run/x.sock`, in lower case. */
export const parseAddress = (entry: string): Address => {
  if (entry.startsWith('/')) return { host: entry, port: null }
  const [, six, seven, rest = '', port] =
    /^(?:\[([\da-f:.]+)\](?::(\d+))?|(.*?)(?::(\d+))?)$/i.exec(isIPv6(entry) ? `[${entry}]` : entry) ?? []
  const found = six === undefined ? port : seven
  return {
    host: six === undefined && rest.includes('*') ? rest.toLowerCase() : normalHost(six ?? rest),
    port: found === undefined ? null : Number(found),
  }
}

const LOOPBACK_AS_SIX = /^::ffff:7f[\da-f]{2}:[\da-f]{1,4}$/

/** One spelling of a host: `2130706433`, `0x7f.1` and `127.1` are `127.0.0.1`, as a resolver takes them. */
export const normalHost = (host: string): string => {
  const bare = host.toLowerCase().replace(/%.*$/, '').replace(/\.$/, '')
  const url = `http://${bare.includes(':') ? `[${bare}]` : bare}/`
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : bare
}

/** Whether something sent to a host in its normal spelling stays on this machine; `0.0.0.0` is this machine when it is a destination. */
export const isHere = (host: string): boolean =>
  isLoopback(host) || LOOPBACK_AS_SIX.test(host) || host === '0.0.0.0' || host === '::'

/** `localhost`, `127.0.0.1` and `::1` are one place. */
const isSame = (entry: string, host: string) => entry === host || (isHere(entry) && isHere(host))

/** Whether one of the entries lets this through. */
export const isDeclared = (entries: readonly Address[], host: string, port: number | undefined): boolean =>
  entries.some((entry) => {
    const isHost = entry.host.startsWith('*.') ? host.endsWith(entry.host.slice(1)) : isSame(entry.host, host)
    return isHost && (entry.port === null || port === undefined || entry.port === port)
  })
