import { describe, expect, it } from 'vitest'
import { OutboundAddress } from '../../model/outbound.ts'
import { isDeclared, isHere, normalHost, parseAddress } from './parse-address.ts'

const declares = (entry: string, host: string, port?: number) => isDeclared([parseAddress(entry)], host, port)

describe('an entry of "outbound"', () => {
  it.each([
    ['api.example.com', 'api.example.com', 443, true],
    ['api.example.com', 'other.example.com', 443, false],
    ['API.example.com:443', 'api.example.com', 443, true],
    ['api.example.com:443', 'api.example.com', 80, false],
    ['api.example.com:443', 'api.example.com', undefined, true],
    ['*.example.com', 'a.b.example.com', 443, true],
    ['*.example.com', 'example.com', 443, false],
    ['*.example.com', 'badexample.com', 443, false],
    ['127.0.0.1:6379', 'localhost', 6379, true],
    ['localhost:6379', '::1', 6379, true],
    ['[::1]:6379', '127.0.0.1', 6379, true],
    ['localhost:6379', '127.0.0.1', 5432, false],
    ['10.0.0.5', '10.0.0.5', 5432, true],
    ['[2001:db8::1]:443', '2001:db8::1', 443, true],
    ['2001:db8::1', '2001:db8::1', 443, true],
    ['/run/mysqld/mysqld.sock', '/run/mysqld/mysqld.sock', undefined, true],
    ['/run/mysqld/mysqld.sock', '/run/other.sock', undefined, false],
  ])('%s lets %s:%s through: %s', (entry, host, port, expected) => {
    expect(OutboundAddress.safeParse(entry).success).toBe(true)
    expect(declares(entry, host, port)).toBe(expected)
  })

  it.each([
    ['2130706433', true],
    ['0x7f.1', true],
    ['127.1', true],
    ['LOCALHOST.', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::ffff:127.0.0.1', true],
    ['0.0.0.0', true],
    ['::', true],
    ['::ffff:10.0.0.1', false],
    ['10.1', false],
    ['localhost.example.com', false],
  ])('%s is this machine: %s', (host, expected) => {
    expect(isHere(normalHost(host))).toBe(expected)
  })

  it.each(['https://api.example.com', 'api.example.com/v1', '*', 'a b', '', 'host:', '*.', ':443'])(
    '%j is none',
    (entry) => {
      expect(OutboundAddress.safeParse(entry).success).toBe(false)
    },
  )
})
