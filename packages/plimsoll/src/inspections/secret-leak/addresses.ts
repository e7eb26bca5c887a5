import { isPlaceholder } from './placeholders.ts'

const ADDRESS =
  /\b((?:postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|smtps?)(?:\+\w+)?:\/\/[^\s:/@"'`<>{}$]*):([^\s/@"'`]{4,200})@([A-Za-z0-9.-]+)/g

const RESERVED =
  /(?:^|\.)(?:localhost|local|localdomain|internal|lan|test|invalid|example|example\.(?:com|org|net)|docker|svc)$/i
const OWN_NETWORK = /^(?:127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/
const STAND_IN = /(?:^|[.-])(?:your|my|some|host|hostname|server|domain|cluster0?)(?:[.-]|$)/i

export type Address = { index: number; password: string; host: string }

/** A name that only a compose file, a cluster or a document resolves gives nobody access from outside. */
const isReachable = (host: string) =>
  host.includes('.') && !RESERVED.test(host) && !OWN_NETWORK.test(host) && !STAND_IN.test(host)

/** Addresses of stores and brokers on the open network that carry their password. */
export const findAddresses = (text: string): Address[] =>
  [...text.matchAll(ADDRESS)].flatMap((match) => {
    const [, login = '', password = '', host = ''] = match
    const user = login.slice(login.indexOf('://') + 3)
    if (password === user || isPlaceholder(password) || isPlaceholder(host) || !isReachable(host)) return []
    return [{ index: match.index + login.length + 1, password, host }]
  })
